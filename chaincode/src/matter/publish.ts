import type { DutyRecord } from '../duty/records';
import { endedLink, type LinkedMatter } from '../duty/review';
import { eventOf, found, requireOwner, type Rule } from '../kernel/caller';
import { ContractError } from '../kernel/errors';
import type { LedgerRecord } from '../kernel/records';
import { published, requireStatus, superseded } from '../kernel/versioned';
import { requireConsultation } from './consultation';
import { checkCoverage, type Coverage } from './material-coverage';
import type { MatterHeadRecord, MatterRecord } from './records';

export interface PublishMatterState {
  readonly matter: MatterRecord | undefined;
  readonly head: MatterHeadRecord | undefined;
  /** All versions; those that were published before end the day before the new one begins. */
  readonly versions: readonly MatterRecord[];
  /** The duty the content names. */
  readonly duty: DutyRecord | undefined;
  /** The link of the version published before, with its open review. */
  readonly linked: LinkedMatter | undefined;
  /** Data sets that came to cover its materials since the draft. */
  readonly coverage: Coverage;
}

/**
 * The owner publishes a version that both have cosigned (Zhejiang regulation art 4). The duty it rests on must be the one
 * they read, and the draft of a list for the public was consulted on; from now on its changes reach the matter by the link that is written here. A review that was open on the
 * version before ends.
 * @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, WRONG_STATE, DUTY_CHANGED, MATERIAL_COVERED,
 *   CONSULTATION_MISSING, VALIDITY_INVALID
 */
export const publishMatter: Rule<'matter.publish', PublishMatterState, MatterRecord> = (
  state,
  input,
  member,
) => {
  const { taskCode, version } = input;
  const matter = found(state.matter, { taskCode, version });
  const head = found(state.head, { taskCode });
  requireOwner(matter, member);
  requireStatus(matter, 'cosigned');
  checkDuty(matter, state.duty);
  checkCoverage(matter.content.materials, state.coverage);
  requireConsultation(matter, [matter]);
  const main = published(matter, state.versions, member);
  const { publishedAt: at } = main;
  const before = superseded<MatterRecord>(state.versions, main);
  return {
    main,
    also: [{ ...head, published: version }, ...before, ...links(matter, state, at)],
    event: { ...eventOf('matter.publish', member, at), taskCode, version },
  };
};

function checkDuty(matter: MatterRecord, duty: DutyRecord | undefined): void {
  const { content, dutyVersion, taskCode, version } = matter;
  if (content.dutyCode === undefined || duty?.version === dutyVersion) return;
  const now = duty?.version ?? 0;
  throw new ContractError('DUTY_CHANGED', { taskCode, version, drafted: dutyVersion ?? 0, now });
}

/** A link of the same duty is written over; a link of another one ends. */
function links(matter: MatterRecord, state: PublishMatterState, at: string): LedgerRecord[] {
  const { duty, linked } = state;
  const ended = linked === undefined ? [] : endedLink(linked, 'superseded', at);
  if (duty === undefined) return ended;
  const { department, code, version } = duty;
  const kept = ended.filter((record) => record.kind !== 'matterOfDuty' || record.code !== code);
  const { taskCode, cosigner } = matter;
  return [
    ...kept,
    {
      kind: 'matterOfDuty',
      v: 1,
      department,
      code,
      taskCode,
      matterVersion: matter.version,
      cosigner,
      dutyVersion: version,
    },
  ];
}
