import { z } from 'zod';

const file = z.string().min(1);

const node = {
  /** grpcs://host:port; plain text is not supported. */
  url: z.string().regex(/^grpcs:\/\/[^\s/:]+:\d{1,5}$/, 'must be grpcs://host:port'),
  /** PEM of the TLS root of the node's department. */
  tlsCaFile: file,
  /** Host name in the node's TLS certificate, if it differs from the host of the url. */
  hostnameOverride: z.string().min(1).exactOptional(),
};

/** Access to a Raft network whose peers have no gateway service (`engine:` of the configuration file). */
export const fabricNetworkSchema = z
  .strictObject({
    kind: z.literal('fabric-network'),
    channel: z.string().min(1),
    chaincode: z.string().min(1).default('yici'),
    /** The gateway's own department and identity. */
    mspId: z.string().min(1),
    certificate: file,
    key: file,
    /** Peers for endorsement; the first of the own department delivers blocks and answers queries. */
    peers: z.array(z.strictObject({ mspId: z.string().min(1), ...node })).min(1),
    /** Tried in order until one accepts the envelope. */
    orderers: z.array(z.strictObject(node)).min(1),
    /** Number of departments whose endorsements must agree; default: more than half of those with a configured peer. */
    endorsements: z.int().min(1).exactOptional(),
    /** Certificate and key if the nodes require mutual TLS. */
    tlsClient: z.strictObject({ certificate: file, key: file }).exactOptional(),
  })
  .superRefine((engine, context) => {
    const departments = new Set(engine.peers.map((peer) => peer.mspId));
    if (!departments.has(engine.mspId)) {
      const message = `names no peer of ${engine.mspId}`;
      context.addIssue({ code: 'custom', path: ['peers'], message });
    }
    if ((engine.endorsements ?? 1) > departments.size) {
      const message = `is more than the ${String(departments.size)} departments with a peer`;
      context.addIssue({ code: 'custom', path: ['endorsements'], message });
    }
  });
export type FabricNetworkEngine = z.output<typeof fabricNetworkSchema>;
