import { z } from 'zod';
import type { Role } from '../kernel/roles';
import { listOf } from '../kernel/scalars';

/**
 * Roles that confidential values can be meant for. Each department has a private collection for each of them, which its
 * peers and the bearers of the role read and nobody else; the chaincode's definition has to name them (docs/adr/0010).
 */
export const readerRoles = ['clerk', 'head', 'service'] as const satisfies readonly Role[];
export const readerRole = z.enum(readerRoles);
export type ReaderRole = z.output<typeof readerRole>;

const readers = listOf(readerRole, readerRoles.length, (one) => one).min(1);
/** Who reads what is delivered under a grant, at each of its two departments. */
export const shareReaders = z.strictObject({ provider: readers, requester: readers });
export type ShareReaders = z.output<typeof shareReaders>;

/** Where a grant does not say: the officials of both, and no system. */
export const usualReaders: ShareReaders = {
  provider: ['clerk', 'head'],
  requester: ['clerk', 'head'],
};

/**
 * The collection of a department's role. Fabric's collection names have no dots (core/chaincode/lifecycle/scc.go); MSP ids
 * here have no underscores, so that two departments never share one.
 */
export function valuesCollection(mspId: string, role: ReaderRole): string {
  return `values-${mspId.replaceAll('.', '_')}-${role}`;
}

/**
 * Fabric's name for the collection that every organisation has without defining it. Values went there before; whoever reads
 * the channel gets what lies there from that organisation's peer.
 */
export function implicitCollection(mspId: string): string {
  return `_implicit_org_${mspId}`;
}
