import type { ChannelConfig } from '../config/channel.js';
import type { Verify } from '../policy/signers.js';
import type { TxRwSet } from '../rwset/model.js';
import type { StateReader, StateUpdates } from '../state/model.js';
import { validationCode, type ValidationCodeName } from './codes.js';

/** What a block is judged against: all as of the block before it. */
export interface ValidationContext {
  readonly config: ChannelConfig;
  readonly state: StateReader;
  /** Checks signatures; by default at once and on this thread (`verifySignature`). */
  readonly verify?: Verify | undefined;
}

/** What a committing peer makes of one transaction. */
export interface TransactionVerdict {
  /** Fabric's TxValidationCode. */
  readonly code: number;
  /** Why it is not valid, in a sentence; '' when it is. */
  readonly reason: string;
  /** From the header, or computed when the header has none, as Fabric indexes it; '' when unreadable. */
  readonly txId: string;
  /** common.HeaderType; -1 when unreadable. */
  readonly type: number;
  /** What it read and wrote, when it is valid and an endorser transaction. */
  readonly rwset: TxRwSet | undefined;
}

/** At which transaction, and why, a Fabric peer would stop processing the channel instead of giving a code. */
export interface Halt {
  readonly position: number;
  readonly reason: string;
}

/** The judgement on a block. */
export interface BlockVerdict {
  /** By position in the block. */
  readonly transactions: readonly TransactionVerdict[];
  /** What the valid transactions change, in their order. */
  readonly updates: StateUpdates;
  /** The new config when a valid config transaction brought one. */
  readonly config: ChannelConfig | undefined;
  /** Set when Fabric gives no codes because its peers stop here; a committer must not commit such a block. */
  readonly halt: Halt | undefined;
}

/** Why a transaction is not valid. */
export interface Finding {
  readonly code: number;
  readonly reason: string;
  /** Fabric's peers stop at this instead of writing a code. */
  readonly halts: boolean;
}

export function finding(code: ValidationCodeName, reason: string): Finding {
  return { code: validationCode[code], reason, halts: false };
}

export function halting(code: ValidationCodeName, reason: string): Finding {
  return { code: validationCode[code], reason, halts: true };
}

export function isFinding(value: object): value is Finding {
  return 'halts' in value;
}

/** Runs a decoder; what it throws becomes a finding. */
export function attempt<T extends object>(code: ValidationCodeName, read: () => T): T | Finding {
  try {
    return read();
  } catch (error) {
    return finding(code, `it cannot be read: ${why(error)}`);
  }
}

/** The message of anything thrown, for a reason. */
export function why(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
