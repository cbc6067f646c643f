import { z } from 'zod';

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** A gateway that an identity logs in at. */
export const pinnedGatewaySchema = z.object({
  /** What its logins name. */
  audience: z.string().min(1),
  /** Where it is reached, as origins: `https://ledger.hrss.example`. */
  addresses: z.array(z.url()).min(1),
  /** SHA-256 over the DER of the certificates it may show under https, hex; absent: what the system trusts. */
  certificates: z.array(sha256Hex).min(1).exactOptional(),
});
export type PinnedGateway = z.infer<typeof pinnedGatewaySchema>;

/**
 * What an identity knows of its channel from elsewhere than the gateway: from its `connection.json`, agreed on when the
 * identity was handed out.
 */
export interface Pins {
  readonly channel: string;
  readonly chaincode: string;
  /** SHA-256 of the genesis block's header, hex. */
  readonly genesisHash: string;
  /** The chaincode's own endorsement policy, `peer.ApplicationPolicy` bytes in base64; absent: the channel's. */
  readonly endorsement?: string;
  /** With none the identity can check what is on the ledger, but logs in nowhere. */
  readonly gateways: readonly PinnedGateway[];
}

/** How addresses are compared: `http://127.0.0.1:8080`, whatever path or slash follows. */
export const originOf = (url: string): string => new URL(url).origin;
