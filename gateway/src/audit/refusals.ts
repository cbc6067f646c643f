import type { Actor } from '@yici/api';
import type { AuditJournal } from './journal.js';

interface RefusedRequest {
  readonly by: Actor | null;
  readonly route: string;
  readonly code: string;
}

const flushEvery = 60_000;
/** Maximum number of distinct refusals per minute; further ones are counted without caller and route. */
const maxRefusals = 100;

/**
 * Refusals for lack of rights: no valid session (401), not permitted (403), rate limits (429). Conflicts with a case's
 * state (409) are not recorded.
 */
const recordedStatuses: ReadonlySet<number> = new Set([401, 403, 429]);

/** Counts equal refusals, so that a flood of them gives one line per minute. */
export class RefusalNotes {
  readonly #journal: AuditJournal;
  readonly #onLost: (error: unknown) => void;
  readonly #counts = new Map<string, RefusedRequest & { count: number }>();
  readonly #timer: NodeJS.Timeout;

  constructor(journal: AuditJournal, onLost: (error: unknown) => void) {
    this.#journal = journal;
    this.#onLost = onLost;
    this.#timer = setInterval(() => void this.flush(), flushEvery);
    this.#timer.unref();
  }

  note(status: number, refused: RefusedRequest): void {
    if (!recordedStatuses.has(status)) return;
    const room = this.#counts.size < maxRefusals || this.#counts.has(keyOf(refused));
    const one = room ? refused : { by: null, route: 'other', code: refused.code };
    const known = this.#counts.get(keyOf(one));
    if (known === undefined) this.#counts.set(keyOf(one), { ...one, count: 1 });
    else known.count += 1;
  }

  /** Writes the counts since the last call. Never rejects. */
  async flush(): Promise<void> {
    const counted = [...this.#counts.values()];
    this.#counts.clear();
    const lines = counted.map((one) => this.#journal.append({ kind: 'request.refused', ...one }));
    for (const { status, ...rest } of await Promise.allSettled(lines)) {
      if (status === 'rejected' && 'reason' in rest) this.#onLost(rest.reason);
    }
  }

  close(): Promise<void> {
    clearInterval(this.#timer);
    return this.flush();
  }
}

const keyOf = ({ by, route, code }: RefusedRequest): string =>
  [by?.department, by?.role, by?.user, route, code].join('\u0000');
