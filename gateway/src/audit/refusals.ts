import type { Who } from '../callers/who.js';
import type { AuditJournal } from './journal.js';

interface RefusedRequest {
  readonly by: Who | null;
  readonly route: string;
  readonly code: string;
}

const flushEvery = 60_000;
/** Different refusals in a minute; what comes beyond is told without who and where. */
const mostTold = 100;

/** Who may not: no or no good session (401), not the caller's to do (403), and floods (429). States of a case (409) are no matter of rights. */
const told: ReadonlySet<number> = new Set([401, 403, 429]);

/** Counts refusals of a kind, so that a flood of them is a line a minute and not a flood of lines. */
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
    if (!told.has(status)) return;
    const room = this.#counts.size < mostTold || this.#counts.has(keyOf(refused));
    const one = room ? refused : { by: null, route: 'other', code: refused.code };
    const known = this.#counts.get(keyOf(one));
    if (known === undefined) this.#counts.set(keyOf(one), { ...one, count: 1 });
    else known.count += 1;
  }

  /** Writes what was counted since the last time. Never rejects. */
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
