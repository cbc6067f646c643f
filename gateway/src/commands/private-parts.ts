/** The confidential part of a pending transaction. */
interface PrivatePart {
  /** Canonical JSON of the command's private part. */
  readonly secret: string;
  /** The proposal to be signed, with it; the stored record has the proposal without it. */
  readonly proposal: Uint8Array;
}

/**
 * Confidential parts of commands until their endorsement, in memory only: after a restart of the gateway the caller has
 * to send the command again.
 */
export class PrivateParts {
  readonly #parts = new Map<string, { readonly part: PrivatePart; readonly until: number }>();

  /** Keeps a part until `until` at the latest, by the transaction's own id. */
  keep(id: string, part: PrivatePart, until: Date, now: Date): void {
    for (const [known, kept] of this.#parts) {
      if (kept.until <= now.getTime()) this.#parts.delete(known);
    }
    this.#parts.set(id, { part, until: until.getTime() });
  }

  find(id: string): PrivatePart | undefined {
    return this.#parts.get(id)?.part;
  }

  forget(id: string): void {
    this.#parts.delete(id);
  }
}
