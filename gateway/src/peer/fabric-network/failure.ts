import { status } from '@grpc/grpc-js';
import { peerFailure, PeerFailureError } from '../failures.js';

/** Whether no node answered, or none in time. */
export const isUnreached = (error: unknown): boolean => statusOf(error) === unreached;
export const isOverdue = (error: unknown): boolean => statusOf(error) === overdue;

const unreached: number = status.UNAVAILABLE;
const overdue: number = status.DEADLINE_EXCEEDED;

/** The gRPC status of an error of a node or the SDK; UNKNOWN when it has none. */
export const statusOf = (error: unknown): number => peerFailure(error)?.code ?? status.UNKNOWN;

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** Decodes a message; a failure is INVALID_ARGUMENT. */
export function decoded<T>(what: string, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    throw new PeerFailureError(status.INVALID_ARGUMENT, `invalid ${what}: ${messageOf(error)}`);
  }
}

/** A mandatory part of a message. */
export function required<T>(what: string, value: T | undefined): T {
  if (value !== undefined) return value;
  throw new PeerFailureError(status.INVALID_ARGUMENT, `${what} is required`);
}
