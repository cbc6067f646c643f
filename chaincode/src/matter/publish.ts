import type { CommandInput } from '../kernel/commands';
import type { DutyRecord } from '../duty/records';
import type { LinkedMatter } from '../duty/review';
import { endedLink } from '../duty/review';
import type { Member, Outcome } from '../kernel/caller';
import { actorOf, eventOf, found, requireDepartment } from '../kernel/caller';
import { later, shiftDate } from '../kernel/days';
import { ContractError } from '../kernel/errors';
import type { LedgerRecord } from '../kernel/records';
import type { Coverage } from './material-coverage';
import { checkCoverage } from './material-coverage';
import type { MatterHeadRecord, MatterRecord } from './records';

export interface PublishMatterState {
  readonly matter: MatterRecord | undefined;
  readonly head: MatterHeadRecord | undefined;
  /** The version published before, which ends the day before the new one begins. */
  readonly published: MatterRecord | undefined;
  /** The duty the content names. */
  readonly duty: DutyRecord | undefined;
  /** The link of the version published before, with its open review. */
  readonly linked: LinkedMatter | undefined;
  /** Data sets that came to cover its materials since the draft. */
  readonly coverage: Coverage;
}

/**
 * The owner publishes a version that both have cosigned (Zhejiang regulation art 4). The duty it rests on must be the one
 * they read; from now on its changes reach the matter by the link that is written here. A review that was open on the
 * version before ends.
 * @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, WRONG_STATE, DUTY_CHANGED, MATERIAL_COVERED
 */
export function publishMatter(
  state: PublishMatterState,
  input: CommandInput<'matter.publish'>,
  member: Member,
): Outcome<MatterRecord> {
  const { taskCode, version } = input;
  const matter = found(state.matter, { taskCode, version });
  const head = found(state.head, { taskCode });
  requireDepartment(member, matter.owner);
  if (matter.status !== 'cosigned') {
    throw new ContractError('WRONG_STATE', { state: matter.status, allowed: ['cosigned'] });
  }
  checkDuty(matter, state.duty);
  checkCoverage(matter.content.materials, state.coverage);
  const at = later(member.at, matter.cosignatures.at(-1)?.at ?? matter.draftedAt);
  const { effectiveFrom, effectiveTo } = matter.content;
  const before =
    state.published?.status === 'published'
      ? [superseded(state.published, version, effectiveFrom)]
      : [];
  return {
    main: {
      ...matter,
      status: 'published',
      publishedBy: actorOf(member),
      publishedAt: at,
      ...(effectiveTo === undefined ? {} : { effectiveTo }),
    },
    also: [{ ...head, published: version }, ...before, ...links(matter, state, at)],
    event: { ...eventOf('matter.publish', member, at), taskCode, version },
  };
}

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

function superseded(matter: MatterRecord, by: number, from: string): MatterRecord {
  const last = shiftDate(from, -1);
  const { effectiveTo = last } = matter;
  return { ...matter, effectiveTo: effectiveTo < last ? effectiveTo : last, supersededBy: by };
}
