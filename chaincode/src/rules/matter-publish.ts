import type { CommandInput, MatterHeadRecord, MatterRecord } from '../model';
import { ContractError } from '../model';
import type { Member, Outcome } from './caller';
import { actorOf, eventOf, found, requireDepartment } from './caller';
import { later, shiftDate } from './days';

export interface PublishMatterState {
  readonly matter: MatterRecord | undefined;
  readonly head: MatterHeadRecord | undefined;
  /** The version published before, which ends the day before the new one begins. */
  readonly published: MatterRecord | undefined;
}

/**
 * The owner publishes a version that both have cosigned (Zhejiang regulation art 4).
 * @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, WRONG_STATE
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
    also: [{ ...head, published: version }, ...before],
    event: { ...eventOf('matter.publish', member, at), taskCode, version },
  };
}

function superseded(matter: MatterRecord, by: number, from: string): MatterRecord {
  const last = shiftDate(from, -1);
  const { effectiveTo = last } = matter;
  return { ...matter, effectiveTo: effectiveTo < last ? effectiveTo : last, supersededBy: by };
}
