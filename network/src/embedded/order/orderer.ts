import { randomBytes } from 'node:crypto';
import { ledgerClosed, NetworkError } from '../../errors.js';
import type { CommittedBlock, Committer, Ordered } from '../commit/committer.js';
import type { OrdererIdentity } from '../commit/seal.js';
import type { SignatureCache } from '../commit/signature-cache.js';
import type { CommitResult } from '../ports.js';
import { admit, refusal, broadcastStatus, type Admitted } from './admission.js';
import { wrapConfigUpdate } from './config-update.js';
import { WaitingEnvelopes, type BatchLimits, type Waiting } from './waiting.js';

interface OrdererParts {
  readonly committer: Committer;
  readonly signatures: SignatureCache;
  readonly identity: OrdererIdentity;
  readonly clock: () => Date;
  /** Called for every block once it is durable. */
  readonly onBlock: (block: CommittedBlock) => void;
}

/** Batch limits for a channel config without an orderer section. */
const ONE_BY_ONE: BatchLimits = { maxMessageCount: 1, preferredMaxBytes: 0 };

/**
 * The embedded network's only orderer. Group commit: a block is cut from the waiting envelopes as soon as the previous block is
 * durable. An idle ledger therefore has minimal latency, and a busy one shares each sync among many transactions.
 */
export class Orderer {
  readonly #parts: OrdererParts;
  readonly #waiting = new WaitingEnvelopes();
  #running: Promise<void> | undefined;
  #stopped: NetworkError | undefined;

  constructor(parts: OrdererParts) {
    this.#parts = parts;
  }

  /** See ChannelLedger.order. */
  async order(envelope: Uint8Array): Promise<CommitResult> {
    this.#checkOpen();
    this.#waiting.reserve(envelope.length);
    try {
      // A copy: the ordered bytes must be the checked ones, even if the caller changes its buffer.
      const admitted = await this.#admit(new Uint8Array(envelope));
      this.#checkOpen();
      return await new Promise<CommitResult>((resolve, reject) => {
        this.#waiting.push({ admitted, resolve, reject });
        this.#running ??= this.#run();
      });
    } finally {
      this.#waiting.release(envelope.length);
    }
  }

  /** Refuses waiting and new envelopes, and waits for the block being written. */
  async close(): Promise<void> {
    this.#stop(ledgerClosed());
    await this.#running;
  }

  #admit(envelope: Uint8Array): Promise<Admitted> {
    const { committer, signatures, clock } = this.#parts;
    return admit(envelope, committer.config, signatures, clock());
  }

  #checkOpen(): void {
    if (this.#stopped !== undefined) throw this.#stopped;
  }

  #stop(reason: NetworkError): void {
    this.#stopped ??= reason;
    for (const { reject } of this.#waiting.drain()) reject(this.#stopped);
  }

  async #run(): Promise<void> {
    // Wait one turn of the event loop: envelopes admitted in the same turn go into the same block.
    await new Promise(setImmediate);
    try {
      while (this.#waiting.size > 0) await this.#next();
    } finally {
      this.#running = undefined;
    }
  }

  /** Commits one block or drops one envelope. Every envelope taken gets a result. */
  async #next(): Promise<void> {
    const { committer } = this.#parts;
    const taken = this.#waiting.take(committer.config.orderer?.batch ?? ONE_BY_ONE);
    const ready: Waiting[] = [];
    try {
      for (const each of taken) if (await this.#isStillGood(each)) ready.push(each);
      if (ready.length > 0) await this.#commit(ready);
    } catch (cause) {
      const failure = asFailure(cause);
      for (const { reject } of taken) reject(failure);
      this.#stop(failure);
    } finally {
      for (const { admitted } of taken) this.#parts.signatures.forget(admitted.signatures);
    }
  }

  /** The config may have changed since admission: then the envelope is checked again. */
  async #isStillGood(waiting: Waiting): Promise<boolean> {
    const { admitted, reject } = waiting;
    if (admitted.sequence === this.#parts.committer.config.sequence) return true;
    try {
      await this.#admit(admitted.envelope);
      return true;
    } catch (error) {
      reject(error);
      return false;
    }
  }

  async #commit(ready: readonly Waiting[]): Promise<void> {
    const { committer, onBlock } = this.#parts;
    let left = ready;
    while (left.length > 0) {
      const ordered = await this.#orderedFrom(left);
      if (ordered === undefined) return;
      const outcome = await committer.commit(ordered);
      if ('bytes' in outcome) {
        onBlock(outcome);
        answer(left, outcome);
        return;
      }
      // A peer would stop at this one for ever, so it must not get into the chain.
      left[outcome.position]?.reject(refusal(broadcastStatus.badRequest, outcome.reason));
      left = left.filter((_, position) => position !== outcome.position);
    }
  }

  /** A config update becomes a config transaction, alone in its block; undefined when it is refused. */
  async #orderedFrom(waiting: readonly Waiting[]): Promise<readonly Ordered[] | undefined> {
    const [first] = waiting;
    if (first?.admitted.isConfigUpdate !== true) return waiting.map(({ admitted }) => admitted);
    const { committer, identity, clock } = this.#parts;
    try {
      const wrapping = { orderer: identity, nonce: randomBytes(24), now: clock() };
      const envelope = await wrapConfigUpdate(committer.config, first.admitted.envelope, wrapping);
      return [{ envelope, reading: undefined }];
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      first.reject(error);
      return undefined;
    }
  }
}

function answer(waiting: readonly Waiting[], { number, transactions }: CommittedBlock): void {
  for (const [position, { resolve, reject }] of waiting.entries()) {
    const transaction = transactions[position];
    if (transaction === undefined) {
      const words = {
        zh: '区块缺少其中的一笔交易。查看日志，重新启动后再试。',
        en: 'The block lacks a transaction it was made of.',
      };
      reject(new NetworkError('LEDGER_FAILED', words));
    } else resolve({ txId: transaction.txId, block: number, code: transaction.code });
  }
}

function asFailure(cause: unknown): NetworkError {
  if (cause instanceof NetworkError) return cause;
  return new NetworkError(
    'LEDGER_FAILED',
    {
      zh: '区块无法写入；重新打开之前，账本不再接受交易。核对磁盘空间，重新启动。',
      en: 'A block could not be written; the ledger takes no more transactions until it is opened anew.',
    },
    { cause },
  );
}
