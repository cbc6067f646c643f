import { z } from 'zod';

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** A gateway to which an identity may log in. */
export const pinnedGatewaySchema = z.object({
  /** The audience named in its logins. */
  audience: z.string().min(1),
  /** Its addresses, as origins: `https://ledger.hrss.example`. */
  addresses: z.array(z.url()).min(1),
  /** SHA-256 over the DER of the certificates accepted for https, hex; absent: those the system trusts. */
  certificates: z.array(sha256Hex).min(1).exactOptional(),
});
export type PinnedGateway = z.infer<typeof pinnedGatewaySchema>;

/**
 * Trust anchors of an identity's channel, obtained independently of the gateway: from `connection.json`, agreed when
 * the identity was issued.
 */
export interface Pins {
  readonly channel: string;
  readonly chaincode: string;
  /** SHA-256 of the genesis block's header, hex. */
  readonly genesisHash: string;
  /** The chaincode's own endorsement policy, `peer.ApplicationPolicy` bytes in base64; absent: the channel's. */
  readonly endorsement?: string;
  /** Empty: the identity can verify the ledger, but logs in nowhere. */
  readonly gateways: readonly PinnedGateway[];
}

/** The form in which addresses are compared: `http://127.0.0.1:8080`, without path or slash. */
export const originOf = (url: string): string => new URL(url).origin;
