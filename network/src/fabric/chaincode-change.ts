import { z } from 'zod';
import { NetworkError } from '../errors.js';
import { parseTopology } from '../topology/load.js';
import type { Topology } from '../topology/schema.js';

/** The fields of a topology's chaincode section that an upgrade may change; values are checked by the topology's schema. */
export const chaincodeChange = z.strictObject({
  version: z.string().exactOptional(),
  label: z.string().exactOptional(),
  path: z.string().exactOptional(),
  policy: z.string().exactOptional(),
  collections: z.string().exactOptional(),
  initRequired: z.boolean().exactOptional(),
  /** Default: the next one. */
  sequence: z.int().exactOptional(),
});
export type ChaincodeChange = z.output<typeof chaincodeChange>;

/**
 * The topology after an upgrade of the committed definition.
 * @throws NetworkError TOPOLOGY_INVALID, also when the sequence is not the next one
 */
export function upgraded(topology: Topology, change: ChaincodeChange, committed: number): Topology {
  const sequence = change.sequence ?? committed + 1;
  if (sequence !== committed + 1) {
    const message = `is ${sequence}; the channel has ${committed}, so the next is ${committed + 1}`;
    throw new NetworkError(
      'TOPOLOGY_INVALID',
      `The upgrade is not valid: chaincode.sequence ${message}.`,
      { details: { issues: [{ path: 'chaincode.sequence', message }] } },
    );
  }
  return parseTopology({
    ...topology,
    chaincode: { ...topology.chaincode, ...change, sequence },
  });
}
