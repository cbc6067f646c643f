/** The confidential half of a transaction under way. */
interface PrivatePart {
  /** Canonical JSON of the command's private part. */
  readonly secret: string;
  /** The proposal with it, as it is to be signed; the stored record has the proposal without it. */
  readonly proposal: Uint8Array;
}

/**
 * Confidential parts of commands between their arrival and their endorsement. They are in this process's memory and
 * nowhere else: a gateway that stops has lost them, and the caller sends the command again.
 */
export class PrivateParts {
  readonly #parts = new Map<string, { readonly part: PrivatePart; readonly until: number }>();

  /** Keeps a part until `until` at the longest, by the transaction's own id. */
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
