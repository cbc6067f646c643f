import {
  connectionSchema,
  createWebCryptoSigner,
  pinsOf,
  type Connection,
  type Identity,
} from '@yici/client/web';

/** An identity whose private key this page can use and nobody can take out of it. */
export interface HeldIdentity {
  readonly certificate: string;
  readonly connection: Connection;
  readonly key: CryptoKey;
  /** The text of its SM2 key, which WebCrypto does not have: a page can only hold it as it is, until the identity is locked. */
  readonly sm2?: string;
}

/** @throws Error when the text is no `connection.json` */
export function readConnection(text: string): Connection {
  return connectionSchema.parse(JSON.parse(text));
}

/** Asked before each signature; refuses by throwing. */
export type Approve = (bytes: Uint8Array) => Promise<void>;

/** The identity as the client signs with it. */
export function identityOf(
  { certificate, connection, key }: HeldIdentity,
  approve: Approve,
): Identity {
  const sign = createWebCryptoSigner(key);
  const pins = pinsOf(connection);
  return {
    ...{ mspId: connection.mspId, certificate, pins },
    sign: async (message) => {
      await approve(message);
      return sign(message);
    },
  };
}
