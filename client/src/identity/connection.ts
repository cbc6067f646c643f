import { z } from 'zod';
import { pinnedGatewaySchema, type Pins } from './pins.js';

/** `connection.json` of an exported identity (`yici-network identity export`); those of before say nothing of pins. */
export const connectionSchema = z.object({
  mspId: z.string().min(1),
  endpoint: z.string(),
  tlsHostname: z.string(),
  channel: z.string().min(1),
  chaincode: z.string().min(1),
  genesisHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .exactOptional(),
  endorsement: z.base64().exactOptional(),
  gateways: z.array(pinnedGatewaySchema).exactOptional(),
});

export type Connection = z.infer<typeof connectionSchema>;

/** The pins in the connection file; undefined for an older one. */
export function pinsOf({
  genesisHash,
  gateways = [],
  ...connection
}: Connection): Pins | undefined {
  return genesisHash === undefined ? undefined : { ...connection, genesisHash, gateways };
}
