import type { Rule } from '../kernel/caller';
import { actorOf, eventOf, found, requireDepartment } from '../kernel/caller';
import { ContractError } from '../kernel/errors';
import {
  consulted,
  published,
  requireCosignable,
  requireStatus,
  retired,
  signedAt,
  superseded,
} from '../kernel/versioned';
import { requireConsultation } from '../matter/consultation';
import type { PartMatters } from './materials';
import type { OneThingHeadRecord, OneThingRecord } from './records';

interface OneThingState {
  readonly oneThing: OneThingRecord | undefined;
}

interface LedState extends OneThingState {
  /** Its lead or, where that has ended, who goes on for it. */
  readonly lead: string | undefined;
}

/**
 * A head of each department that must sign signs the content by its digest; the drafter does not. Joining a matter binds
 * its owner, so no template comes into force without it.
 * @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, WRONG_STATE, DIGEST_MISMATCH, MAKER_IS_CHECKER, ALREADY_CONFIRMED
 */
export const cosignOneThing: Rule<'oneThing.cosign', OneThingState, OneThingRecord> = (
  state,
  input,
  member,
) => {
  const { code, version, contentDigest } = input;
  const before = found(state.oneThing, { code, version });
  const { department } = member;
  if (!before.signers.includes(department)) {
    throw new ContractError('WRONG_DEPARTMENT', { department, expected: before.signers });
  }
  requireCosignable(before, contentDigest, member);
  if (before.cosignatures.some((known) => known.department === department)) {
    throw new ContractError('ALREADY_CONFIRMED', { department });
  }
  const at = signedAt(member, before);
  const cosignatures = [...before.cosignatures, { department, by: actorOf(member), at }];
  const complete = cosignatures.length === before.signers.length;
  return {
    main: { ...before, cosignatures, status: complete ? 'cosigned' : 'draft' },
    also: [],
    event: { ...eventOf('oneThing.cosign', member, at), code, version },
  };
};

/**
 * The lead records how its government made the draft public and heard experts and the public on it.
 * @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, WRONG_STATE, DIGEST_MISMATCH, VALIDITY_INVALID
 */
export const recordOneThingConsultation: Rule<
  'oneThing.recordConsultation',
  LedState,
  OneThingRecord
> = (state, { code, version, ...input }, member) => {
  const before = found(state.oneThing, { code, version });
  requireDepartment(member, state.lead ?? before.lead);
  const main = consulted(before, input, member);
  const { at } = main.consultation;
  return {
    main,
    also: [],
    event: { ...eventOf('oneThing.recordConsultation', member, at), code, version },
  };
};

export interface PublishOneThingState extends LedState {
  readonly head: OneThingHeadRecord | undefined;
  /** All versions; those that were published before end the day before the new one begins. */
  readonly versions: readonly OneThingRecord[];
  /** The matters of its parts. */
  readonly matters: PartMatters;
}

/**
 * The lead publishes a version that all have cosigned and, where a matter for the public is among its parts, that was
 * consulted on.
 * @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, WRONG_STATE, CONSULTATION_MISSING, VALIDITY_INVALID
 */
export const publishOneThing: Rule<'oneThing.publish', PublishOneThingState, OneThingRecord> = (
  state,
  input,
  member,
) => {
  const { code, version } = input;
  const before = found(state.oneThing, { code, version });
  const head = found(state.head, { code });
  requireDepartment(member, state.lead ?? before.lead);
  requireStatus(before, 'cosigned');
  requireConsultation(before, [...state.matters.values()]);
  const main = published(before, state.versions, member);
  return {
    main,
    also: [{ ...head, published: version }, ...superseded<OneThingRecord>(state.versions, main)],
    event: { ...eventOf('oneThing.publish', member, main.publishedAt), code, version },
  };
};

/**
 * The lead's head retires a published version; what was filed goes on.
 * @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, WRONG_STATE
 */
export const retireOneThing: Rule<'oneThing.retire', LedState, OneThingRecord> = (
  state,
  input,
  member,
) => {
  const { code, version, reasonCode } = input;
  const before = found(state.oneThing, { code, version });
  requireDepartment(member, state.lead ?? before.lead);
  const main = retired(before, member, reasonCode);
  return {
    main,
    also: [],
    event: { ...eventOf('oneThing.retire', member, main.retirement.at), code, version },
  };
};
