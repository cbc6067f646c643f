import { viewerOf, type Viewer } from './access.js';
import type { IndexFeed } from '../index-store/feed.js';
import type { IndexReader } from '../index-store/reader.js';
import type { Caller } from '../callers/caller.js';

const mostKept = 10_000;

/** Cache of callers' permissions, valid until a department or a function changes on the ledger. */
export class Viewers {
  readonly #index: IndexReader;
  readonly #known = new Map<string, Viewer>();

  constructor(index: IndexReader, feed: IndexFeed) {
    this.#index = index;
    feed.subscribe(({ events }) => {
      if (events.some((event) => event.name.startsWith('department.'))) this.#known.clear();
    });
  }

  of(caller: Caller): Viewer {
    const known = this.#known.get(caller.fingerprint);
    if (known !== undefined) return known;
    const viewer = viewerOf(caller, this.#index);
    if (this.#known.size >= mostKept) this.#known.clear();
    this.#known.set(caller.fingerprint, viewer);
    return viewer;
  }
}
