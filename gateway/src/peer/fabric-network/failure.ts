import { status } from '@grpc/grpc-js';
import { peerFailure } from '../failures.js';
import type { PeerFailure, PeerFailureDetail } from '../port.js';

/** A failure in the form that a peer's gateway service would have given it. */
export class AdapterFailure extends Error implements PeerFailure {
  readonly code: number;
  readonly details: readonly PeerFailureDetail[];

  constructor(code: number, message: string, details: readonly PeerFailureDetail[] = []) {
    super(message);
    this.name = 'AdapterFailure';
    this.code = code;
    this.details = details;
  }
}

/** Whether nobody answered at all, or nobody in time. */
export const isUnreached = (error: unknown): boolean => statusOf(error) === unreached;
export const isOverdue = (error: unknown): boolean => statusOf(error) === overdue;

const unreached: number = status.UNAVAILABLE;
const overdue: number = status.DEADLINE_EXCEEDED;

/** The gRPC status of whatever a node or the SDK failed with; UNKNOWN when it says none. */
export const statusOf = (error: unknown): number => peerFailure(error)?.code ?? status.UNKNOWN;

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** The bytes of a message read, or INVALID_ARGUMENT. */
export function decoded<T>(what: string, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    throw new AdapterFailure(status.INVALID_ARGUMENT, `invalid ${what}: ${messageOf(error)}`);
  }
}

/** A part that a message must have. */
export function required<T>(what: string, value: T | undefined): T {
  if (value !== undefined) return value;
  throw new AdapterFailure(status.INVALID_ARGUMENT, `${what} is required`);
}
