import { GatewayError } from '../errors.js';
import type { DocumentRecord } from './model.js';

/** Limits per department: content bytes and number of documents; 0: no limit. */
export interface Quota {
  readonly bytes: number;
  readonly count: number;
}

interface Kept {
  bytes: number;
  count: number;
}

/** Current usage of the store per department, including uploads in progress. */
export class Usage {
  readonly #quota: Quota;
  readonly #kept = new Map<string, Kept>();

  constructor(quota: Quota) {
    this.#quota = quota;
  }

  /** Of all departments. */
  get bytes(): number {
    return [...this.#kept.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Whether any document of this department is stored or arriving. */
  counts(department: string): boolean {
    return (this.#kept.get(department)?.count ?? 0) > 0;
  }

  /** Counts a stored document. */
  add({ by, size }: DocumentRecord): void {
    const kept = this.#of(by.department);
    kept.bytes += size;
    kept.count += 1;
  }

  /** Subtracts a removed document. */
  remove({ by, size }: DocumentRecord): void {
    const kept = this.#of(by.department);
    kept.bytes -= size;
    kept.count -= 1;
  }

  /**
   * Counts the content of an upload as it arrives; `undo` when it fails.
   * @throws GatewayError DOCUMENT_QUOTA, at once or during the upload
   */
  begin(
    department: string,
    content: AsyncIterable<Uint8Array>,
  ): { readonly content: AsyncIterable<Uint8Array>; readonly undo: () => void } {
    const kept = this.#of(department);
    const { bytes } = kept;
    this.#check(department, 'count', kept.count, kept.count + 1);
    this.#check(department, 'bytes', bytes, bytes + 1);
    kept.count += 1;
    let taken = 0;
    const take = (piece: Uint8Array) => {
      this.#check(department, 'bytes', bytes, kept.bytes + piece.length);
      kept.bytes += piece.length;
      taken += piece.length;
    };
    const metered = async function* () {
      for await (const piece of content) {
        take(piece);
        yield piece;
      }
    };
    return {
      content: metered(),
      undo: () => {
        kept.count -= 1;
        kept.bytes -= taken;
      },
    };
  }

  #of(department: string): Kept {
    const kept = this.#kept.get(department) ?? { bytes: 0, count: 0 };
    this.#kept.set(department, kept);
    return kept;
  }

  #check(department: string, of: keyof Quota, used: number, wanted: number): void {
    const limit = this.#quota[of];
    if (limit === 0 || wanted <= limit) return;
    const message =
      'The department’s share of the document store is full; erase what need not be kept.';
    throw new GatewayError('DOCUMENT_QUOTA', message, {
      details: { department, of, limit, used },
    });
  }
}
