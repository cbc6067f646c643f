import type { BatchSettings } from '@yici/ledger';
import { NetworkError } from '../../errors.js';
import type { CommitResult } from '../ports.js';
import type { Admitted } from './admission.js';

export interface Waiting {
  readonly admitted: Admitted;
  readonly resolve: (result: CommitResult) => void;
  readonly reject: (reason: unknown) => void;
}

export type BatchLimits = Pick<BatchSettings, 'maxMessageCount' | 'preferredMaxBytes'>;

const MAX_ENVELOPES = 20_000;
const MAX_BYTES = 512 * 1024 * 1024;

/** Queue of envelopes before they are put into a block; when the bounds are exceeded, ORDERER_BUSY asks for a retry. */
export class WaitingEnvelopes {
  #queue: Waiting[] = [];
  #envelopes = 0;
  #bytes = 0;

  get size(): number {
    return this.#queue.length;
  }

  /** Reserves space for a new envelope. Throws ORDERER_BUSY. */
  reserve(bytes: number): void {
    if (this.#envelopes >= MAX_ENVELOPES || this.#bytes + bytes > MAX_BYTES) {
      const words = {
        zh: '等待排序的交易过多。稍后重试。',
        en: 'Too many envelopes are waiting; try again.',
      };
      throw new NetworkError('ORDERER_BUSY', words, {
        details: { envelopes: this.#envelopes, bytes: this.#bytes },
      });
    }
    this.#envelopes += 1;
    this.#bytes += bytes;
  }

  release(bytes: number): void {
    this.#envelopes -= 1;
    this.#bytes -= bytes;
  }

  push(waiting: Waiting): void {
    this.#queue.push(waiting);
  }

  /**
   * The envelopes of the next block: up to MaxMessageCount, and up to PreferredMaxBytes unless the first alone is
   * larger (orderer/common/blockcutter). A config update is alone in its block.
   */
  take({ maxMessageCount, preferredMaxBytes }: BatchLimits): Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const { admitted } of this.#queue) {
      bytes += admitted.envelope.length;
      const fits = count < maxMessageCount && bytes <= preferredMaxBytes;
      if (count > 0 && (!fits || admitted.isConfigUpdate)) break;
      count += 1;
      if (admitted.isConfigUpdate) break;
    }
    return this.#queue.splice(0, count);
  }

  drain(): Waiting[] {
    return this.#queue.splice(0);
  }
}
