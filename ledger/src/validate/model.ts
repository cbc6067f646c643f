import type { ChannelConfig } from '../config/channel.js';
import type { Verify } from '../policy/signers.js';
import type { TxRwSet } from '../rwset/model.js';
import type { StateReader, StateUpdates } from '../state/model.js';
import { validationCode, type ValidationCodeName } from './codes.js';

/** What a block is validated against, all as of the previous block. */
export interface ValidationContext {
  readonly config: ChannelConfig;
  readonly state: StateReader;
  /** Verifies signatures; the default is synchronous on this thread (`verifySignature`). */
  readonly verify?: Verify | undefined;
}

/** The validation result for one transaction. */
export interface TransactionVerdict {
  /** Fabric's TxValidationCode. */
  readonly code: number;
  /** Why it is invalid, in a sentence; '' when it is valid. */
  readonly reason: string;
  /** From the header, or computed when the header has none, as Fabric indexes it; '' when it cannot be decoded. */
  readonly txId: string;
  /** common.HeaderType; -1 when it cannot be decoded. */
  readonly type: number;
  /** The read-write set of a valid endorser transaction. */
  readonly rwset: TxRwSet | undefined;
}

/** The transaction at which a Fabric peer would stop processing the channel instead of giving a code, and why. */
export interface Halt {
  readonly position: number;
  readonly reason: string;
}

/** The validation result for a block. */
export interface BlockVerdict {
  /** By position in the block. */
  readonly transactions: readonly TransactionVerdict[];
  /** The changes of the valid transactions, in order. */
  readonly updates: StateUpdates;
  /** The new config, when a valid config transaction brought one. */
  readonly config: ChannelConfig | undefined;
  /** Set when Fabric's peers stop at this block without giving codes; a committer must not commit it. */
  readonly halt: Halt | undefined;
}

/** Why a transaction is invalid. */
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

/** Runs a decoder and turns what it throws into a finding. */
export function attempt<T extends object>(code: ValidationCodeName, read: () => T): T | Finding {
  try {
    return read();
  } catch (error) {
    return finding(code, `it cannot be read: ${messageOf(error)}`);
  }
}

/** The message of a thrown value, for a reason. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
