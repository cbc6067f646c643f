import { periodOf } from '@yici/domain/model';
import type { Applied, IndexFeed } from '../index-store/feed.js';
import type { IndexReader } from '../index-store/reader.js';
import { validCode } from '../index-store/validation-codes.js';

interface BeaconSources {
  readonly index: Pick<IndexReader, 'record' | 'block' | 'checkpoint'>;
  readonly feed: Pick<IndexFeed, 'subscribe'>;
  readonly now: () => Date;
}

const none = -1;

/**
 * Determines when the ledger's beacon is due: the ledger has an act of a newer period than the beacon shows, and the
 * clock has reached a newer period. Without acts no beacon is due, so the chain does not grow.
 */
export class BeaconWatch {
  readonly #sources: BeaconSources;
  #newest = none;

  /** `heard` is called after each block that makes a beacon due. */
  constructor(sources: BeaconSources, heard: () => void) {
    this.#sources = sources;
    const last = sources.index.checkpoint()?.block;
    const at = last === undefined ? undefined : sources.index.block(last)?.at;
    if (at !== undefined && at !== null) this.#newest = periodOf(at);
    sources.feed.subscribe((applied) => {
      this.#hear(applied);
      if (this.due) heard();
    });
  }

  get due(): boolean {
    const { index, now } = this.#sources;
    const shown = index.record('beacon', 'newest')?.from;
    const period = shown === undefined ? none : periodOf(shown);
    return this.#newest > period && periodOf(now().toISOString()) > period;
  }

  #hear({ transactions }: Applied): void {
    for (const { at, code } of transactions) {
      if (at !== null && code.number === validCode) {
        this.#newest = Math.max(this.#newest, periodOf(at));
      }
    }
  }
}
