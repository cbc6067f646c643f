import {
  commands,
  type CommandName,
  type DatasetRecord,
  type MatterRecord,
} from '@yici/domain/model';
import type { Session } from '@yici/api';
import type { Say } from '@yici/terminal';
import { actLine } from './acts.js';
import type { Known } from './line.js';

/** How a case of the matter is filed, with the materials that its applicant gives. */
export function filingLines(record: MatterRecord, session: Session, say: Say): readonly string[] {
  const { taskCode, content, status } = record;
  if (status !== 'published') return [];
  const own = content.materials.filter(({ required, source }) => required && source !== 'sharing');
  const materials = own.map(({ code }) => code);
  return linesFor('case.submit', { taskCode, materials }, session, say);
}

/** How the data are asked for, with all fields there are. */
export function requestLines(record: DatasetRecord, session: Session, say: Say): readonly string[] {
  const { datasetId, fields, status, sourceDepartment } = record;
  if (status !== 'published' || session.department?.id === sourceDepartment) return [];
  const input = { datasetId, fields: fields.map(({ code }) => code) };
  return linesFor('sharing.request', input, session, say);
}

const linesFor = (
  command: CommandName,
  input: Known,
  { role }: Session,
  say: Say,
): readonly string[] =>
  commands[command].roles.some((one) => one === role) ? [actLine({ command, input }, say)] : [];
