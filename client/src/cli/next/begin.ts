import {
  commands,
  definesForm,
  fieldTypeWords,
  typedFields,
  type CommandName,
  type DatasetRecord,
  type FormField,
  type MatterRecord,
  type OneThingRecord,
  type Words,
} from '@yici/domain/model';
import type { Session } from '@yici/api';
import type { Say } from '@yici/terminal';
import { actLine } from './acts.js';
import type { Known } from './line.js';

/** How a case of the matter is filed, with what its applicant fills in and gives. */
export function filingLines(record: MatterRecord, session: Session, say: Say): readonly string[] {
  const { taskCode, content, status } = record;
  if (status !== 'published') return [];
  const own = content.materials.filter(({ required, source }) => required && source !== 'sharing');
  const materials = own.map(({ code }) => code);
  const form = fieldsToFill(content.formFields ?? [], say);
  return linesFor('case.submit', { taskCode, materials }, { session, say, form });
}

/** How a one thing is filed: one form, one set of materials. */
export function oneThingLines(
  { code, materials, status }: OneThingRecord,
  fields: readonly FormField[],
  { session, say }: Telling,
): readonly string[] {
  if (status !== 'published') return [];
  const own = materials.filter(({ required }) => required).map((one) => one.code);
  const form = fieldsToFill(fields, say);
  return linesFor('oneThing.submit', { code, materials: own }, { session, say, form });
}

/** How the data are asked for, with all fields there are. */
export function requestLines(record: DatasetRecord, session: Session, say: Say): readonly string[] {
  const { datasetId, fields, status, sourceDepartment } = record;
  if (status !== 'published' || session.department?.id === sourceDepartment) return [];
  const input = { datasetId, fields: fields.map(({ code }) => code) };
  return linesFor('sharing.request', input, { session, say });
}

/** Each field that must be filled in as it is typed; undefined where the form is a file. */
function fieldsToFill(fields: readonly FormField[], say: Say): string | undefined {
  if (!definesForm(fields)) return undefined;
  const own = typedFields(fields).filter(({ required }) => required === true);
  return ['--field', ...own.map((field) => `${field.code}=<${placeOf(field, say)}>`)].join(' ');
}

/** What is typed for a field: one of its choices; else what it is called, with how it is written where it is no text. */
function placeOf({ name, schema }: FormField, say: Say): string {
  const called = (how: Words): string =>
    say({ zh: `${name.zh}，${how.zh}`, en: `${name.en}, ${how.en}` });
  if (schema?.type === 'boolean') return [true, false].map((value) => say.yesNo(value)).join('|');
  if (schema?.type !== 'string')
    return schema === undefined ? say(name) : called(fieldTypeWords[schema.type]);
  if (schema.oneOf !== undefined) return schema.oneOf.map(({ title }) => say(title)).join('|');
  return schema.format === 'date' ? called({ zh: '年-月-日', en: 'yyyy-mm-dd' }) : say(name);
}

interface Telling {
  readonly session: Session;
  readonly say: Say;
}

const linesFor = (
  command: CommandName,
  input: Known,
  { session: { role }, say, form }: Telling & { readonly form?: string | undefined },
): readonly string[] =>
  commands[command].roles.some((one) => one === role)
    ? [actLine({ command, input, instead: form === undefined ? {} : { form } }, say)]
    : [];
