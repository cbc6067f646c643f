/** Signs SHA-256(message) with ECDSA P-256; the signature is DER with low S, as Fabric requires. */
export type Signer = (message: Uint8Array) => Promise<Uint8Array>;
