import type { Words } from '@yici/domain/model';
import { told, written } from '@yici/terminal/issues';
import { z } from 'zod';

const file = z.string().min(1);

const node = {
  /** grpcs://host:port; plain text is not supported. */
  url: written(/^grpcs:\/\/[^\s/:]+:\d{1,5}$/, {
    zh: '须写作 grpcs://主机:端口',
    en: 'must be grpcs://host:port',
  }),
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
    const report = (at: string, words: Words) => {
      context.addIssue({ code: 'custom', path: [at], ...told(words) });
    };
    const departments = new Set(engine.peers.map((peer) => peer.mspId));
    if (!departments.has(engine.mspId)) {
      report('peers', {
        zh: `其中没有 ${engine.mspId} 的节点`,
        en: `names no peer of ${engine.mspId}`,
      });
    }
    if ((engine.endorsements ?? 1) > departments.size) {
      const count = String(departments.size);
      report('endorsements', {
        zh: `多于有节点的部门数 ${count}`,
        en: `is more than the ${count} departments with a peer`,
      });
    }
  });
export type FabricNetworkEngine = z.output<typeof fabricNetworkSchema>;
