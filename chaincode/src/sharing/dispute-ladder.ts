import type { DepartmentRecord } from '../department/records';
import { exerciseLevels } from '../kernel/codes';
import { ContractError } from '../kernel/errors';
import type { DisputeRecord, DisputeStage } from './dispute-records';

/** Who a dispute can be taken to: the two sides as they are registered, and who holds the offices of the ladder. */
export interface Ladder {
  readonly provider: DepartmentRecord | undefined;
  readonly requester: DepartmentRecord | undefined;
  /** Who coordinates the dispute already, or would among departments of one level and place. */
  readonly coordinator: DepartmentRecord | undefined;
  /** Lead authorities on the channel: its own, and that of the level above. */
  readonly leads: readonly DepartmentRecord[];
  /** Offices of governments on the channel: its own, and that of the level above. */
  readonly governments: readonly DepartmentRecord[];
}

/** How many digits of a region's code (GB/T 2260) tell the places of a level apart. */
const placeDigits: Readonly<Record<DepartmentRecord['level'], number>> = {
  national: 0,
  province: 2,
  city: 4,
  county: 6,
  township: 9,
  village: 12,
};

type Placed = Pick<DepartmentRecord, 'level' | 'regionCode'>;

/** Whether the place of `other` lies within that of `upper`, at its level or below. */
function reaches(upper: Placed, other: Placed): boolean {
  const place = upper.regionCode.slice(0, placeDigits[upper.level]);
  return (
    exerciseLevels[upper.level] <= exerciseLevels[other.level] && other.regionCode.startsWith(place)
  );
}

/** Of one level and one place (同级): each reaches the other. */
export function samePlace(one: Placed, other: Placed): boolean {
  return reaches(one, other) && reaches(other, one);
}

/**
 * Who coordinates (Order 809 art 28): between departments of one level and place their lead authority, which is that of
 * the share; across levels or places (跨层级、跨地域) the nearest lead authority that reaches both.
 * @throws ContractError NOT_FOUND, FUNCTION_VACANT
 */
export function coordinatorOf(ladder: Ladder, lead: string): string {
  const { provider, requester } = ladder;
  if (provider === undefined || requester === undefined) {
    throw new ContractError('NOT_FOUND', { provider: provider?.id, requester: requester?.id });
  }
  if (samePlace(provider, requester)) return lead;
  const nearest = ladder.leads
    .filter((office) => reaches(office, provider) && reaches(office, requester))
    .sort((a, b) => Number(exerciseLevels[b.level]) - Number(exerciseLevels[a.level]))[0];
  if (nearest !== undefined) return nearest.id;
  throw new ContractError('FUNCTION_VACANT', {
    function: 'superiorLead',
    above: [provider, requester].map(({ id, level, regionCode }) => ({ id, level, regionCode })),
  });
}

/** Where a dispute stands next: its rung, and who coordinates it. */
export interface NextRung {
  readonly stage: DisputeStage;
  readonly coordinator: string;
}

/**
 * One rung up: from negotiation to coordination, from there to the government once the coordination is on record and did not
 * bring agreement (art 28). Where whoever would coordinate is itself a side, the government is next: a rule of this system.
 * @throws ContractError DISPUTE_LADDER, NOT_FOUND, FUNCTION_VACANT
 */
export function nextRung(dispute: DisputeRecord, ladder: Ladder, department: string): NextRung {
  const { disputeId, stage, status, lead, provider, requester } = dispute;
  if (stage === 'coordination') {
    requireNoAgreement(dispute, department);
    return { stage: 'government', coordinator: coordinating(dispute) };
  }
  if (stage === 'government' || status === 'decided') {
    throw new ContractError('DISPUTE_LADDER', { disputeId, stage, status });
  }
  const coordinator = coordinatorOf(ladder, lead);
  const side = coordinator === provider || coordinator === requester;
  return { stage: side ? 'government' : 'coordination', coordinator };
}

/**
 * A side goes on once one of the two has disagreed; the coordinator, who proposed, records that there is no agreement by
 * reporting up. Decided alone by a coordinator, as it was possible before, it was not agreed to by the sides.
 */
function requireNoAgreement(dispute: DisputeRecord, department: string): void {
  const { disputeId, stage, status, proposal } = dispute;
  const ofBefore = status === 'decided' && proposal === undefined;
  const disagreed = proposal?.answers.some(({ order }) => order !== proposal.order) ?? false;
  const office = coordinating(dispute);
  const reported = proposal !== undefined && department === office;
  if (ofBefore || (status === 'open' && (disagreed || reported))) return;
  const problem = proposal === undefined ? 'notCoordinated' : 'notAnswered';
  throw new ContractError('DISPUTE_LADDER', { disputeId, stage, status, office, problem });
}

/** Who coordinates a dispute that was taken beyond negotiation. */
export function coordinating({ coordinator, lead }: DisputeRecord): string {
  return coordinator ?? lead;
}

/** The government of whoever coordinates, of that level and place; undefined while no office holds that function. */
export function governmentOf(
  coordinator: string,
  { leads, governments, ...ladder }: Ladder,
): DepartmentRecord | undefined {
  const offices = [ladder.coordinator, ...leads, ladder.provider, ladder.requester];
  const known = offices.find((office) => office?.id === coordinator);
  return known && governments.find((office) => samePlace(office, known));
}
