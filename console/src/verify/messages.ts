import type { AuditRunReport } from '@yici/client/web';
import type { Words } from '@yici/domain/model';

/** A block as it came; the worker takes its bytes over. */
export interface GivenBlock {
  readonly number: number;
  readonly bytes: Uint8Array;
}

/** What the page asks the worker. Blocks come in ascending order, and each batch is answered with `taken`. */
export type VerifyAsked =
  | { readonly kind: 'begin'; readonly pin: string }
  | { readonly kind: 'blocks'; readonly blocks: readonly GivenBlock[] }
  | { readonly kind: 'report' };

export interface VerifyFinding {
  readonly code: string;
  readonly block: number | null;
  readonly tx: number | null;
  readonly detail: Words;
}

/** What is told while it goes on. */
export interface VerifyProgress {
  /** One more than the highest block's number. */
  readonly height: number;
  readonly transactions: number;
  readonly signatures: number;
}

/** As `yici audit verify --json` has it, with what was looked at. */
export interface VerifyReport {
  readonly verdict: 'VERIFIED' | 'FAILED' | 'INCOMPLETE' | 'UNVERIFIABLE';
  readonly height: number;
  readonly transactions: number;
  /** Transactions by recomputed validation code. */
  readonly codes: Readonly<Record<string, number>>;
  readonly findings: readonly VerifyFinding[];
  readonly signatures: number;
  readonly channel: string | undefined;
  /** Of the last block's header, hex. */
  readonly headerHash: string | undefined;
  /** To be archived and recorded, as `yici audit verify --report` writes it; undefined when no block says which channel it is. */
  readonly run: AuditRunReport | undefined;
}

/** What the worker answers. */
export type VerifySaid =
  | ({ readonly kind: 'progress' } & VerifyProgress)
  | ({ readonly kind: 'taken' } & VerifyProgress)
  | { readonly kind: 'report'; readonly report: VerifyReport };
