import { publishedDataset, requireFields } from '../dataset/entry';
import type { DatasetRecord } from '../dataset/records';
import type { DepartmentRecord, FunctionHolderRecord } from '../department/records';
import { absent, actorOf, found, holderOf, type Member } from '../kernel/caller';
import { actOf, nowFor } from '../kernel/chain';
import { exerciseLevels } from '../kernel/codes';
import { ContractError } from '../kernel/errors';
import { shareLimits } from '../kernel/share-limits';
import { recordShareAct, type ShareBody, type ShareRule } from './chain';
import type { ShareRecord, ShareRequest } from './records';

export interface RequestShareState {
  readonly existing: ShareRecord | undefined;
  readonly dataset: DatasetRecord | undefined;
  readonly requester: DepartmentRecord | undefined;
  readonly provider: DepartmentRecord | undefined;
  readonly leadAuthority: FunctionHolderRecord | undefined;
  /** Entries of the named source of the data set's topics, if a source is named (Order 809 art 19). */
  readonly ofSource: readonly DatasetRecord[];
}

/**
 * A department asks for a share of a published data set, saying basis, scenario, scope, method and term (Order 809
 * art 20). It counts as filed only with its head's consent. A return flow asks a higher level for data of the lower
 * level's own, without conditions (art 24).
 * @throws ContractError ALREADY_EXISTS, DATASET_UNKNOWN, DATASET_NOT_PUBLISHED, SHARE_CLASS_REFUSED, WRONG_DEPARTMENT,
 *   SOURCE_DEPARTMENT_NAMED, DEPARTMENT_UNKNOWN, FUNCTION_VACANT, RETURN_FLOW_REFUSED, FIELD_UNKNOWN, SHARE_METHOD_REFUSED, VALIDITY_INVALID
 */
export const requestShare: ShareRule<'sharing.request', RequestShareState> = (
  state,
  input,
  member,
) => {
  const { shareId, datasetId, returnFlow = false, basis, scenario, fields, method, term } = input;
  absent(state.existing, { shareId });
  const dataset = shareable(state.dataset, datasetId, member);
  requireSourceEntry(dataset, state.ofSource);
  const request = { basis, scenario, fields, method, term };
  const now = nowFor(member);
  checkRequest(dataset, request, now.today);
  const requester = found(state.requester, { department: member.department });
  const provider = found(state.provider, { department: dataset.sourceDepartment });
  if (returnFlow) requireLowerLevel(requester, provider);
  const lead = holderOf('leadAuthority', state.leadAuthority).department;
  const body: ShareBody = {
    kind: 'share',
    v: 1,
    shareId,
    datasetId,
    datasetVersion: dataset.version,
    shareClass: dataset.shareClass,
    provider: provider.id,
    providerMsp: provider.mspId,
    requester: requester.id,
    requesterMsp: requester.mspId,
    lead,
    parties: [...new Set([provider.id, requester.id, lead])].sort(),
    returnFlow,
    conditions: returnFlow ? [] : (dataset.conditions?.terms ?? []).map(({ code }) => code),
    limits: limitsOf(dataset),
    state: 'REQUESTED',
    request,
    requestedBy: actorOf(member),
    requestedAt: now.at,
    ...unused,
  };
  return recordShareAct({ share: undefined }, actOf('sharing.request', input, member), body);
};

/** What a share counts and notes of its use, before there is any. */
const unused = {
  deliveries: 0,
  receipts: { count: 0, outside: 0 },
  openChallenges: 0,
  bound: false,
  calendars: [],
};

/**
 * What a request must fit, also after a supplement.
 * @throws ContractError FIELD_UNKNOWN, SHARE_METHOD_REFUSED, VALIDITY_INVALID
 */
export function checkRequest(dataset: DatasetRecord, request: ShareRequest, today: string): void {
  requireFields(dataset, request.fields);
  if (!dataset.methods.includes(request.method)) {
    const { method } = request;
    throw new ContractError('SHARE_METHOD_REFUSED', { method, offered: dataset.methods });
  }
  const { from, to } = request.term;
  if (to < from || to < today) throw new ContractError('VALIDITY_INVALID', { from, to, today });
}

function shareable(
  record: DatasetRecord | undefined,
  datasetId: string,
  member: Member,
): DatasetRecord {
  const dataset = publishedDataset(record, datasetId);
  if (dataset.shareClass === 'notShared') {
    const { exclusion } = dataset;
    throw new ContractError('SHARE_CLASS_REFUSED', { datasetId, reason: exclusion?.reason });
  }
  if (dataset.sourceDepartment === member.department) {
    throw new ContractError('WRONG_DEPARTMENT', { datasetId, problem: 'ownDataset' });
  }
  return dataset;
}

/** Where the source of these data has an entry of its own, they are asked for there. */
function requireSourceEntry(
  { datasetId, sourceDepartment }: DatasetRecord,
  entries: readonly DatasetRecord[],
) {
  const own = entries.find(({ status }) => status === 'published');
  if (own === undefined || own.sourceDepartment === sourceDepartment) return;
  throw new ContractError('SOURCE_DEPARTMENT_NAMED', {
    datasetId,
    source: own.sourceDepartment,
    instead: own.datasetId,
  });
}

function requireLowerLevel(requester: DepartmentRecord, provider: DepartmentRecord): void {
  if (exerciseLevels[requester.level] > exerciseLevels[provider.level]) return;
  throw new ContractError('RETURN_FLOW_REFUSED', {
    requester: requester.level,
    provider: provider.level,
  });
}

function limitsOf({ shareClass, promised }: DatasetRecord): ShareRecord['limits'] {
  const lawful =
    shareLimits.reply[shareClass === 'unconditional' ? 'unconditional' : 'conditional'];
  return {
    reply: promised?.reply?.value ?? lawful,
    deliver: promised?.deliver?.value ?? shareLimits.deliver,
  };
}
