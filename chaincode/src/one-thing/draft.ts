import type { CommandInput } from '../kernel/commands';
import type { FunctionHolderRecord } from '../department/records';
import { eventOf, requireDepartment, type Rule } from '../kernel/caller';
import { ContractError } from '../kernel/errors';
import { drafted, nextVersion } from '../kernel/versioned';
import { cosigningOffice } from '../matter/draft';
import { checkGraph } from '../matter/flow';
import { checkPreviousLimit } from '../matter/previous-limit';
import { mergeMaterials, type PartMatters } from './materials';
import type { OneThingHeadRecord, OneThingRecord } from './records';

export interface DraftOneThingState {
  readonly head: OneThingHeadRecord | undefined;
  /** The head's lead or, where that has ended, who goes on for it. */
  readonly lead: string | undefined;
  readonly latest: OneThingRecord | undefined;
  readonly published: OneThingRecord | undefined;
  /** The matter version of each part that the ledger has. */
  readonly matters: PartMatters;
  readonly establishment: FunctionHolderRecord | undefined;
  readonly leadAuthority: FunctionHolderRecord | undefined;
}

/**
 * A lead department joins published matters into a one thing (Zhejiang regulation art 2). The parts form a graph without
 * cycles, their materials one set, and the promise for the whole is no shorter than the longest way through the parts' own
 * promises. While the newest version is a draft, the new content replaces it and its cosignatures are dropped.
 * @throws ContractError WRONG_DEPARTMENT, FUNCTION_VACANT, NOT_FOUND, MATTER_NOT_PUBLISHED, FLOW_INVALID,
 *   VALIDITY_INVALID, PREVIOUS_LIMIT_INVALID, MATERIAL_UNKNOWN, MATERIAL_SHARED, MATERIAL_LIST_INVALID
 */
export const draftOneThing: Rule<'oneThing.draft', DraftOneThingState, OneThingRecord> = (
  state,
  input,
  member,
) => {
  if (state.lead !== undefined) requireDepartment(member, state.lead);
  checkParts(input, state.matters);
  checkPreviousLimit(input, state.published?.content);
  const office = cosigningOffice(state, member);
  const version = nextVersion(state.head, state.latest);
  const begun = drafted(input, state.latest, member);
  const matters = [...state.matters.values()];
  const owners = matters.map(({ owner }) => owner);
  const lead = member.department;
  const { code } = input;
  const main: OneThingRecord = {
    kind: 'oneThing',
    v: 1,
    code,
    version,
    lead,
    signers: sorted([lead, office.department, ...owners]),
    departments: sorted([lead, ...owners, ...matters.flatMap((matter) => matter.participants)]),
    content: input,
    ...mergeMaterials(input, state.matters),
    ...begun,
  };
  return {
    main,
    also: [{ kind: 'oneThingHead', v: 1, code, ...state.head, lead, latest: version }],
    event: { ...eventOf('oneThing.draft', member, begun.draftedAt), code, version },
    endorsements: [{ record: main, mspIds: [member.mspId, office.mspId] }],
  };
};

const sorted = (departments: readonly string[]): string[] => [...new Set(departments)].sort();

/** Every part is a published matter, no matter stands twice, and the graph fits the promise. */
function checkParts(content: CommandInput<'oneThing.draft'>, matters: PartMatters): void {
  const { effectiveFrom, effectiveTo, nodes, promisedLimit } = content;
  if (effectiveTo !== undefined && effectiveTo < effectiveFrom) {
    throw new ContractError('VALIDITY_INVALID', { effectiveFrom, effectiveTo });
  }
  const tasks = new Set<string>();
  const graph = nodes.map(({ id, taskCode, matterVersion: version, after }) => {
    const matter = matters.get(id);
    if (matter === undefined) throw new ContractError('NOT_FOUND', { taskCode, version });
    if (matter.status !== 'published') {
      throw new ContractError('MATTER_NOT_PUBLISHED', { taskCode, version, state: matter.status });
    }
    if (tasks.has(taskCode)) {
      throw new ContractError('FLOW_INVALID', { problem: 'matterTwice', step: id });
    }
    tasks.add(taskCode);
    return { id, after, limit: matter.content.promisedLimit };
  });
  checkGraph(graph, promisedLimit.value);
}
