import { z } from 'zod';
import { issueAt } from '@yici/terminal/issues';
import { parseTopology, topologyInvalid } from '../topology/load.js';
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
    throw topologyInvalid([
      issueAt('chaincode.sequence', {
        zh: `为 ${sequence}；通道现为 ${committed}，下一个须为 ${committed + 1}`,
        en: `is ${sequence}; the channel has ${committed}, so the next is ${committed + 1}`,
      }),
    ]);
  }
  return parseTopology({
    ...topology,
    chaincode: { ...topology.chaincode, ...change, sequence },
  });
}
