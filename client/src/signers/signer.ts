/** Signs SHA-256(message) with ECDSA P-256 and gives the signature as DER with low S, as Fabric demands. */
export type Signer = (message: Uint8Array) => Promise<Uint8Array>;
