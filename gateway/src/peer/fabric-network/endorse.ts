import { status } from '@grpc/grpc-js';
import { decodeIdentity, type Endorsement } from '@yici/ledger';
import { PeerFailureError, type PeerFailureDetail } from '../failures.js';
import { statusOf } from './failure.js';
import { firstReached, type Node } from './node.js';
import { processProposal, refusalOf, type ProposalResponse } from './propose.js';
import type { SdkEndorser, SdkSignedProposal } from './sdk.js';

/** Required endorsers and time limits. */
export interface EndorsementPlan {
  /** Peers by department, in the order of trying. */
  readonly departments: ReadonlyMap<string, readonly Node<SdkEndorser>[]>;
  /** Number of departments that must give the same payload. */
  readonly required: number;
  /** Time limit for one peer's answer, in milliseconds. */
  readonly deadline: number;
  /** How long the others are awaited once enough have answered, in milliseconds: a key's own policy may require them. */
  readonly settle: number;
}

interface Signed {
  readonly kind: 'signed';
  readonly payload: Uint8Array;
  readonly endorsement: Endorsement;
}

interface Failed {
  readonly kind: 'failed';
  readonly code: number;
  readonly details: readonly PeerFailureDetail[];
}

type Answer = Signed | Failed;

/**
 * Asks one peer of every department concurrently. Without the peers' gateway service it is unknown which departments a
 * key's own policy requires, so all endorsements of the agreed payload are kept; additional ones are harmless.
 * @throws PeerFailureError ABORTED (refused, or payloads differ), UNAVAILABLE, DEADLINE_EXCEEDED
 */
export async function collectEndorsements(signed: SdkSignedProposal, plan: EndorsementPlan) {
  const answers: Answer[] = [];
  await enough(
    plan,
    answers,
    [...plan.departments].map(([, nodes]) => ask(nodes, signed, plan)),
  );
  const agreed = largestGroup(answers);
  if (agreed.length < plan.required) throw shortfall(plan, answers);
  const [first] = agreed;
  return {
    payload: first?.payload ?? new Uint8Array(),
    endorsements: agreed.map(({ endorsement }) => endorsement),
  };
}

/** Resolves when all have answered, when too many have failed, or shortly after enough agree. */
function enough(
  plan: EndorsementPlan,
  answers: Answer[],
  asked: readonly Promise<Answer>[],
): Promise<void> {
  return new Promise((resolve) => {
    let settling: NodeJS.Timeout | undefined;
    const take = (answer: Answer) => {
      answers.push(answer);
      const left = asked.length - answers.length;
      const agreed = largestGroup(answers).length;
      if (left === 0 || agreed + left < plan.required) {
        clearTimeout(settling);
        resolve();
      } else if (agreed >= plan.required) {
        settling ??= setTimeout(resolve, plan.settle);
      }
    };
    for (const answer of asked) void answer.then(take);
  });
}

function largestGroup(answers: readonly Answer[]): readonly Signed[] {
  const groups = new Map<string, Signed[]>();
  for (const answer of answers) {
    if (answer.kind !== 'signed') continue;
    const key = Buffer.from(answer.payload).toString('base64');
    groups.set(key, [...(groups.get(key) ?? []), answer]);
  }
  return [...groups.values()].reduce((most, one) => (one.length > most.length ? one : most), []);
}

function ask(
  nodes: readonly Node<SdkEndorser>[],
  signed: SdkSignedProposal,
  plan: EndorsementPlan,
): Promise<Answer> {
  return firstReached(nodes, (node) => endorsed(node, signed, plan.deadline)).catch(
    (error: unknown): Failed => ({
      kind: 'failed',
      code: statusOf(error),
      details: error instanceof PeerFailureError ? error.details : [],
    }),
  );
}

async function endorsed(
  node: Node<SdkEndorser>,
  signed: SdkSignedProposal,
  deadline: number,
): Promise<Signed> {
  const answer = await processProposal(node, signed, deadline);
  const given = endorsementOf(answer, node.mspId);
  if (typeof given === 'string') {
    throw new PeerFailureError(status.ABORTED, given, [node.detail(given)]);
  }
  return { kind: 'signed', payload: answer.payload, endorsement: given };
}

/** The endorsement, or the reason why it does not count. */
function endorsementOf(answer: ProposalResponse, expected: string): Endorsement | string {
  const refused = refusalOf(answer);
  if (refused !== undefined) return refused;
  if (!answer.endorsement) return 'the peer endorsed nothing';
  const { mspId } = decodeIdentity(answer.endorsement.endorser);
  return mspId === expected
    ? answer.endorsement
    : `the peer belongs to ${mspId}, not to ${expected}`;
}

function shortfall(plan: EndorsementPlan, answers: readonly Answer[]): PeerFailureError {
  const failed = answers.filter((answer) => answer.kind === 'failed');
  const details = failed.flatMap((answer) => answer.details);
  const agreed = largestGroup(answers).length;
  if (answers.length - failed.length > agreed) {
    return new PeerFailureError(status.ABORTED, 'ProposalResponsePayloads do not match', details);
  }
  const text = `${String(agreed)} of ${String(plan.departments.size)} departments endorsed, ${String(plan.required)} must, see attached details for more info`;
  return new PeerFailureError(worst(failed.map((answer) => answer.code)), text, details);
}

/** A refusal outweighs a missing answer: a retry would not help. */
function worst(codes: readonly number[]): number {
  const silent: readonly number[] = [status.UNAVAILABLE, status.DEADLINE_EXCEEDED];
  if (codes.some((code) => !silent.includes(code))) return status.ABORTED;
  return codes.includes(status.UNAVAILABLE) ? status.UNAVAILABLE : status.DEADLINE_EXCEEDED;
}
