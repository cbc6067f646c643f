/** PEM texts: the chaincode's root, and the peer's client certificate and key. */
export interface ChaincodeTls {
  readonly rootCert: string;
  readonly clientCert?: string;
  readonly clientKey?: string;
  /** Host name in the chaincode's certificate, if it differs from the host of the address. */
  readonly serverName?: string;
}
