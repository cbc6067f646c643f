import type { FunctionHolderRecord } from '../department/records';
import { eventOf, holderOf, requireOwner, type Member, type Rule } from '../kernel/caller';
import { ContractError } from '../kernel/errors';
import { drafted, nextVersion } from '../kernel/versioned';
import { checkMatterContent, type MatterReferences } from './content';
import { checkPreviousLimit } from './previous-limit';
import type { MatterHeadRecord, MatterRecord } from './records';

export interface DraftMatterState {
  readonly head: MatterHeadRecord | undefined;
  readonly latest: MatterRecord | undefined;
  readonly published: MatterRecord | undefined;
  readonly establishment: FunctionHolderRecord | undefined;
  readonly leadAuthority: FunctionHolderRecord | undefined;
  readonly references: MatterReferences;
}

/**
 * The owner drafts the next version of its matter; while the newest version is still a draft, the new content replaces it
 * and its cosignatures are dropped. From the first draft on, the key is endorsed by the owner and the cosigning office.
 * @throws ContractError WRONG_DEPARTMENT, FUNCTION_VACANT, PREVIOUS_LIMIT_INVALID and those of {@link checkMatterContent}
 */
export const draftMatter: Rule<'matter.draft', DraftMatterState, MatterRecord> = (
  state,
  input,
  member,
) => {
  if (state.head !== undefined) requireOwner(state.head, member);
  checkMatterContent(input, state.references);
  checkPreviousLimit(input, state.published?.content);
  const cosigner = cosigningOffice(state, member);
  const version = nextVersion(state.head, state.latest);
  const begun = drafted(input, state.latest, member);
  const { taskCode } = input;
  const owner = member.department;
  const main: MatterRecord = {
    kind: 'matter',
    v: 1,
    taskCode,
    version,
    owner,
    cosigner: cosigner.department,
    participants: [...new Set(input.flow.map((step) => step.department))].sort(),
    content: input,
    ...dutyVersionOf(state.references),
    ...begun,
  };
  return {
    main,
    also: [{ kind: 'matterHead', v: 1, taskCode, owner, ...state.head, latest: version }],
    event: { ...eventOf('matter.draft', member, begun.draftedAt), taskCode, version },
    endorsements: [{ record: main, mspIds: [member.mspId, cosigner.mspId] }],
  };
};

function dutyVersionOf({ duty }: MatterReferences): Pick<MatterRecord, 'dutyVersion'> {
  return duty === undefined ? {} : { dutyVersion: duty.version };
}

/** Nobody approves its own list: for the Establishment Office's own matters the lead authority cosigns. */
export function cosigningOffice(
  state: Pick<DraftMatterState, 'establishment' | 'leadAuthority'>,
  member: Pick<Member, 'department'>,
): FunctionHolderRecord {
  const establishment = holderOf('establishment', state.establishment);
  if (establishment.department !== member.department) return establishment;
  const lead = holderOf('leadAuthority', state.leadAuthority);
  if (lead.department !== member.department) return lead;
  throw new ContractError('FUNCTION_VACANT', {
    function: 'leadAuthority',
    owner: member.department,
  });
}
