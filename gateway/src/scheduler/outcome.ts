import { parseContractError } from '@yici/domain/model';
import { isConflictCode } from '@yici/ledger';
import { z } from 'zod';
import { ContractError, GatewayError } from '../errors.js';
import type { ScheduledCommand } from './proposal.js';

/**
 * Result of a proposal. `alreadyDone`: another gateway or member was first, which is equivalent. `lookAgain`: it
 * conflicted with another act (a conflict, or peers ahead of this gateway's own), and the index shows whether anything
 * remains to do. `unknown`: its block has not arrived in time.
 */
export type DueOutcome =
  | { readonly kind: 'committed' | 'unknown' }
  | {
      readonly kind: 'alreadyDone' | 'lookAgain' | 'refused' | 'failed';
      readonly code: string;
    };

/** Commands that a gateway proposes itself: due acts and its own anchor. */
export type ProposedCommand = ScheduledCommand | 'journal.anchor';

/** Refusals by which the contract reports that the act is done, or its subject has moved on. */
const doneCodes: Readonly<Record<ProposedCommand, readonly string[]>> = {
  'case.deemAccepted': ['WRONG_STATE', 'CASE_CLOSED'],
  'case.deemWithdrawn': ['WRONG_STATE', 'CASE_CLOSED'],
  'case.lapseStep': ['ALREADY_ANSWERED', 'ALREADY_ESCALATED', 'WRONG_STATE', 'CASE_CLOSED'],
  'case.recount': ['RECOUNT_NOTHING', 'CASE_CLOSED'],
  'case.succeed': ['REFORM_NOTHING'],
  'reform.takeName': ['REFORM_NOTHING'],
  'reform.moveDuty': ['REFORM_NOTHING'],
  'reform.moveMatter': ['REFORM_NOTHING'],
  'reform.moveDataset': ['REFORM_NOTHING'],
  'sharing.succeed': ['REFORM_NOTHING', 'WRONG_STATE'],
  'card.raise': ['ALREADY_EXISTS'],
  'card.raiseOther': ['ALREADY_EXISTS'],
  'oneThing.advance': ['ONE_THING_NOTHING_DUE'],
  'matter.markForReview': ['REVIEW_NOT_DUE', 'NOT_FOUND'],
  'sharing.end': ['WRONG_STATE'],
  'sharing.purgeExpired': ['WRONG_STATE'],
  'time.beacon': ['BEACON_NOT_DUE'],
  'journal.anchor': ['ALREADY_EXISTS'],
};

/** A one thing's next parts were opened, or their numbers used, in the meantime. */
const againCodes: Readonly<Partial<Record<ProposedCommand, readonly string[]>>> = {
  'oneThing.advance': ['ONE_THING_PARTS_WRONG', 'ALREADY_EXISTS'],
};

const validation = z.object({ validation: z.object({ number: z.number(), name: z.string() }) });

/** The outcome for an error of proposing a command. */
export function outcomeOf(command: ProposedCommand, error: unknown): DueOutcome {
  if (error instanceof ContractError) return refused(command, error.code);
  if (!(error instanceof GatewayError)) return { kind: 'failed', code: 'INTERNAL' };
  if (error.code === 'CONTRACT_REFUSED') return { kind: 'refused', code: error.code };
  const ahead = saidByOthers(command, error);
  if (ahead !== undefined) return { kind: 'lookAgain', code: ahead };
  const invalid = validation.safeParse(error.details).data?.validation;
  if (invalid === undefined) return { kind: 'failed', code: error.code };
  return isConflictCode(invalid.number)
    ? { kind: 'lookAgain', code: invalid.name }
    : { kind: 'failed', code: invalid.name };
}

const said = z.object({ peers: z.array(z.object({ message: z.string() })) });

/**
 * The code by which other departments' peers report that the act is done although the own peer endorsed: they have a
 * block that it does not have yet, because another gateway proposed the same first.
 */
function saidByOthers(
  command: ProposedCommand,
  { code, details }: GatewayError,
): string | undefined {
  if (code !== 'ENDORSEMENT_FAILED') return undefined;
  const codes = (said.safeParse(details).data?.peers ?? []).flatMap(
    ({ message }) => parseContractError(message)?.code ?? [],
  );
  return codes.find((each) => refused(command, each).kind !== 'refused');
}

function refused(command: ProposedCommand, code: string): DueOutcome {
  if (doneCodes[command].includes(code)) return { kind: 'alreadyDone', code };
  const again = againCodes[command]?.includes(code) ?? false;
  return { kind: again ? 'lookAgain' : 'refused', code };
}

/** Nothing can be submitted now: the rest of a round would fail too. */
const awayCodes: ReadonlySet<string> = new Set([
  'PEER_UNAVAILABLE',
  'ORDERERS_UNAVAILABLE',
  'NOT_READY',
]);

export const isAway = (outcome: DueOutcome): boolean =>
  outcome.kind === 'failed' && awayCodes.has(outcome.code);
