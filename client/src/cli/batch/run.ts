import { canonicalDigest, commands, type CommandName } from '@yici/domain/model';
import type { YiciClient } from '../../api/client.js';
import { inLanes } from '../../api/lanes.js';
import { refusalCode } from '../../contract-refusal.js';
import { ClientError } from '../../errors.js';
import { exitCodeOf } from '../exit.js';
import type { ActResult, Results } from './results.js';

/** One command of a batch. */
export interface Act {
  /** Where it stands in its file. */
  readonly line: number;
  readonly command: CommandName;
  /** Whole: nothing is filled in or sealed, so that a rerun is about the same. */
  readonly input: Readonly<Record<string, unknown>>;
}

interface BatchOptions {
  readonly gateway: string;
  readonly results: Results;
  /** One after the other, and none after one that was not done. */
  readonly stopOnFirst: boolean;
  readonly signal: AbortSignal;
  readonly now?: (() => Date) | undefined;
  readonly onResult: (result: ActResult) => void;
}

/** Commands in progress. */
const width = 4;

/**
 * Runs commands, each its own transaction with its own signature. A rerun with the same results goes on where it ended:
 * what is done is not sent, what was refused is sent anew unless a transaction of it was signed, and what is open is asked for
 * under its first key.
 */
export async function runActs(
  client: YiciClient,
  acts: readonly Act[],
  options: BatchOptions,
): Promise<ActResult[]> {
  const keyed = withKeys(acts, options);
  const ended = new Map<string, ActResult>();
  let stopped = false;
  await inLanes(keyed, laneOf, options.stopOnFirst ? 1 : width, async ({ act, start }) => {
    const begins = !stopped && !options.signal.aborted;
    const result = begins ? await runAct(client, act, start, options) : notSent(start, options);
    if (result.state !== 'done' && options.stopOnFirst) stopped = true;
    ended.set(start.key, result);
    options.onResult(result);
  });
  return keyed.flatMap(({ start }) => ended.get(start.key) ?? []);
}

interface Keyed {
  readonly act: Act;
  readonly start: ActResult;
}

/** The key follows from the command itself and how often it stands before: other lines may come and go. */
function withKeys(acts: readonly Act[], { gateway }: BatchOptions): Keyed[] {
  const counts = new Map<string, number>();
  return acts.map((act) => {
    const { line, command, input } = act;
    const digest = canonicalDigest({ command, input }).slice(0, 40);
    const count = (counts.get(digest) ?? 0) + 1;
    counts.set(digest, count);
    const key = `batch-${digest}-${count}`;
    const about = input[commands[command].of.key];
    const subject = typeof about === 'string' || typeof about === 'number' ? String(about) : '';
    return { act, start: { key, state: 'open', line, command, subject, attempt: 1, gateway } };
  });
}

const laneOf = ({ start: { subject, key } }: Keyed): string => (subject === '' ? key : subject);

const notSent = (start: ActResult, { results }: BatchOptions): ActResult =>
  results.of(start.key) ?? { ...start, code: 'NOT_SENT' };

async function runAct(
  client: YiciClient,
  act: Act,
  start: ActResult,
  options: BatchOptions,
): Promise<ActResult> {
  const before = options.results.of(start.key);
  if (before === undefined) return send(client, act, options.results.put(start), options);
  const now = { ...before, line: start.line };
  if (before.state === 'done') return now;
  if (before.state === 'refused') {
    // What was signed may still be held by somebody: it is never signed a second time.
    if (before.txId !== undefined) return now;
    const anew = { ...start, attempt: before.attempt + 1 };
    return send(client, act, options.results.put(anew), options);
  }
  if (before.gateway !== start.gateway) {
    const detail = `It goes on at ${before.gateway}, which knows what became of it.`;
    return { ...now, code: 'OTHER_GATEWAY', detail };
  }
  return send(client, act, now, options);
}

async function send(
  client: YiciClient,
  act: Act,
  start: ActResult,
  { results, now }: BatchOptions,
): Promise<ActResult> {
  const { key, line, command, subject, attempt, gateway, txId: signedBefore } = start;
  const current = { key, line, command, subject, attempt, gateway, state: start.state };
  let signed = signedBefore;
  try {
    const { txId, block } = await client.execute(act.command, act.input, {
      idempotencyKey: `${key}-${attempt}`,
      now,
      ...(signedBefore !== undefined && { signedBefore }),
      onState: ({ state, txId }) => {
        // Another is only offered to be signed once it is proved that the one before had no effect.
        if (state === 'proposed' && txId !== signed) signed = undefined;
      },
      onSign: (txId) => {
        signed = txId;
        results.put({ ...current, txId });
      },
    });
    return results.put({ ...current, state: 'done', txId, block });
  } catch (error) {
    const own = signed === undefined ? {} : { txId: signed };
    return results.put({ ...current, ...own, ...endOf(error, signed) });
  }
}

/** What an error says of the command: refused only if it certainly had no effect. */
function endOf(
  error: unknown,
  signed: string | undefined,
): Pick<ActResult, 'state' | 'code' | 'detail'> {
  if (!(error instanceof ClientError)) throw error;
  const isExpired = error.details['state'] === 'expired';
  const code = isExpired ? 'TRANSACTION_EXPIRED' : (refusalCode(error) ?? error.code);
  const exitCode = exitCodeOf(error);
  const final = signed === undefined || error.code === 'TRANSACTION_INVALID';
  const refused = final && !isExpired && (exitCode === 1 || exitCode === 2);
  return { state: refused ? 'refused' : 'open', code, detail: error.message };
}
