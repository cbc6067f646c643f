import type { CaseMaterial, CommandWarning } from '@yici/api';
import { closedStates, padded, type CaseRecord, type MatterRecord } from '@yici/domain/model';
import { maySee, type Viewer } from '../../access/access.js';
import type { CommandCall } from '../../commands/transitions.js';
import { checkFiledForm } from '../../documents/filed-form.js';
import { acceptances, firstReader } from '../../documents/opened.js';
import { recordNotFound } from '../../errors.js';
import type { AppDependencies } from '../context.js';
import { documentsWith, viewOfDocument } from './document.js';

/**
 * What a case was filed with, and where the viewer finds it.
 * @throws GatewayError RECORD_NOT_FOUND also when the viewer may not see the case
 */
export async function materialsOf(
  deps: AppDependencies,
  viewer: Viewer,
  caseNo: string,
): Promise<CaseMaterial[]> {
  const record = deps.index.record('case', caseNo);
  if (record === undefined || !maySee(viewer, record.parties)) {
    throw recordNotFound('case', [caseNo]);
  }
  const { taskCode, matterVersion } = record;
  const matter = deps.index.record('matter', taskCode, padded(matterVersion));
  const listed = matter?.content.materials ?? [];
  const asked = new Map(listed.map((one) => [one.code, one]));
  const held = await Promise.all(
    record.materials.map((one) => materialOf(deps, viewer, one, asked.get(one.code))),
  );
  return [...held, ...toCome(deps, record, listed)];
}

/** Required materials that nobody has handed in yet, and who will; none of a case that is at its end. */
function toCome(
  { index }: AppDependencies,
  { materials, state, applicant }: CaseRecord,
  listed: MatterRecord['content']['materials'],
): CaseMaterial[] {
  if (closedStates.includes(state)) return [];
  const held = new Set(materials.map(({ code }) => code));
  const none = { required: true, at: null, document: null, opened: null } as const;
  return listed
    .filter(({ code, required }) => required && !held.has(code))
    .map(({ code, name, datasetId, source }) => {
      const shared = source === 'sharing' ? index.record('dataset', datasetId ?? '') : undefined;
      return shared === undefined
        ? { ...none, code, name, kind: 'toHandIn', department: applicant }
        : { ...none, code, name, kind: 'bySharing', department: shared.sourceDepartment };
    });
}

async function materialOf(
  deps: AppDependencies,
  viewer: Viewer,
  { code, evidence, by, at }: CaseRecord['materials'][number],
  asked: MatterRecord['content']['materials'][number] | undefined,
): Promise<CaseMaterial> {
  const { name = null, required = false } = asked ?? {};
  const told = { code, name, required, kind: evidence.kind, department: by, at };
  if (evidence.kind === 'attestation') {
    const { attestationId } = evidence;
    return { ...told, attestationId, document: null, opened: null };
  }
  const { digest } = evidence.document;
  const found = await documentsWith(deps, viewer, digest);
  const document = found.find(({ department }) => department === by) ?? found[0];
  if (document === undefined) return { ...told, digest, document: null, opened: null };
  return {
    ...{ ...told, digest, document: await viewOfDocument(deps, viewer, document.record) },
    opened: await firstReader(deps.audit, document.record.id, viewer.department),
  };
}

/**
 * What is looked at before an act: the form that it files, and what its caller is to be told beside.
 * @throws GatewayError VALIDATION_FAILED for a form that is not filled in as it has to be
 */
export async function beforeAct(
  deps: AppDependencies,
  call: CommandCall,
): Promise<readonly CommandWarning[]> {
  await checkFiledForm(deps, call, deps.viewers.of(call.caller).department);
  return warningsOf(deps, call);
}

/**
 * Required materials that a department is about to accept unread. They keep nobody from accepting: paper may lie on the desk,
 * or the document at the gateway of whoever filed it.
 */
async function warningsOf(
  deps: AppDependencies,
  { caller, route, input }: Pick<CommandCall, 'caller' | 'route' | 'input'>,
): Promise<readonly CommandWarning[]> {
  const { caseNo } = input;
  if (!acceptances.includes(route.name) || typeof caseNo !== 'string') return [];
  const viewer = deps.viewers.of(caller);
  const record = deps.index.record('case', caseNo);
  if (record === undefined || !maySee(viewer, record.parties)) return [];
  const materials = await materialsOf(deps, viewer, caseNo);
  return materials
    .filter(({ required, digest, opened }) => required && digest !== undefined && opened === null)
    .map(({ code, name, document }) => ({
      code: document === null ? 'MATERIAL_NOT_HERE' : 'MATERIAL_NOT_OPENED',
      ...{ material: code, name },
    }));
}
