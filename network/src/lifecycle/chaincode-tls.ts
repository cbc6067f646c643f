/** PEM texts: whom to take for the chaincode, and what the peer shows it when it asks. */
export interface ChaincodeTls {
  readonly rootCert: string;
  readonly clientCert?: string;
  readonly clientKey?: string;
  /** Name in the chaincode's certificate when it is not the host of the address. */
  readonly serverName?: string;
}
