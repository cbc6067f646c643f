import type { webcrypto } from 'node:crypto';

// age-encryption names types as browsers do; here they are Node's own, and those of WebAuthn are not used.
declare global {
  type CryptoKey = webcrypto.CryptoKey;
  type AuthenticationExtensionsPRFValues = unknown;
}
