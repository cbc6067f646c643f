import type { CommandInput } from '../kernel/commands';
import type { Member, Outcome } from '../kernel/caller';
import { actorOf, eventOf, found, requireDepartment, requireOtherPerson } from '../kernel/caller';
import { later, shiftDate } from '../kernel/days';
import { ContractError } from '../kernel/errors';
import type { OneThingHeadRecord, OneThingRecord } from './records';

interface OneThingState {
  readonly oneThing: OneThingRecord | undefined;
}

/**
 * A head of each department that must sign signs the content by its digest; the drafter does not. Joining a matter binds
 * its owner, so no template comes into force without it.
 * @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, WRONG_STATE, DIGEST_MISMATCH, MAKER_IS_CHECKER, ALREADY_CONFIRMED
 */
export function cosignOneThing(
  state: OneThingState,
  input: CommandInput<'oneThing.cosign'>,
  member: Member,
): Outcome<OneThingRecord> {
  const { code, version, contentDigest } = input;
  const before = found(state.oneThing, { code, version });
  const { department } = member;
  if (!before.signers.includes(department)) {
    throw new ContractError('WRONG_DEPARTMENT', { department, expected: before.signers });
  }
  requireStatus(before, 'draft');
  if (before.contentDigest !== contentDigest) {
    throw new ContractError('DIGEST_MISMATCH', { expected: before.contentDigest });
  }
  requireOtherPerson(before.draftedBy, member);
  if (before.cosignatures.some((known) => known.department === department)) {
    throw new ContractError('ALREADY_CONFIRMED', { department });
  }
  const at = later(member.at, before.cosignatures.at(-1)?.at ?? before.draftedAt);
  const cosignatures = [...before.cosignatures, { department, by: actorOf(member), at }];
  const complete = cosignatures.length === before.signers.length;
  return {
    main: { ...before, cosignatures, status: complete ? 'cosigned' : 'draft' },
    also: [],
    event: { ...eventOf('oneThing.cosign', member, at), code, version },
  };
}

export interface PublishOneThingState extends OneThingState {
  readonly head: OneThingHeadRecord | undefined;
  /** The version published before, which ends the day before the new one begins. */
  readonly published: OneThingRecord | undefined;
}

/**
 * The lead publishes a version that all have cosigned.
 * @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, WRONG_STATE
 */
export function publishOneThing(
  state: PublishOneThingState,
  input: CommandInput<'oneThing.publish'>,
  member: Member,
): Outcome<OneThingRecord> {
  const { code, version } = input;
  const before = found(state.oneThing, { code, version });
  const head = found(state.head, { code });
  requireDepartment(member, before.lead);
  requireStatus(before, 'cosigned');
  const at = later(member.at, before.cosignatures.at(-1)?.at ?? before.draftedAt);
  const { effectiveFrom, effectiveTo } = before.content;
  const earlier =
    state.published?.status === 'published'
      ? [superseded(state.published, version, effectiveFrom)]
      : [];
  return {
    main: {
      ...before,
      status: 'published',
      publishedBy: actorOf(member),
      publishedAt: at,
      ...(effectiveTo === undefined ? {} : { effectiveTo }),
    },
    also: [{ ...head, published: version }, ...earlier],
    event: { ...eventOf('oneThing.publish', member, at), code, version },
  };
}

function superseded(before: OneThingRecord, by: number, from: string): OneThingRecord {
  const last = shiftDate(from, -1);
  const { effectiveTo = last } = before;
  return { ...before, effectiveTo: effectiveTo < last ? effectiveTo : last, supersededBy: by };
}

/**
 * The lead's head retires a published version; what was filed goes on.
 * @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, WRONG_STATE
 */
export function retireOneThing(
  state: OneThingState,
  input: CommandInput<'oneThing.retire'>,
  member: Member,
): Outcome<OneThingRecord> {
  const { code, version, reasonCode } = input;
  const before = found(state.oneThing, { code, version });
  requireDepartment(member, before.lead);
  requireStatus(before, 'published');
  const at = later(member.at, before.publishedAt ?? before.draftedAt);
  return {
    main: { ...before, status: 'retired', retirement: { by: actorOf(member), at, reasonCode } },
    also: [],
    event: { ...eventOf('oneThing.retire', member, at), code, version },
  };
}

function requireStatus({ status }: OneThingRecord, allowed: OneThingRecord['status']): void {
  if (status !== allowed) {
    throw new ContractError('WRONG_STATE', { state: status, allowed: [allowed] });
  }
}
