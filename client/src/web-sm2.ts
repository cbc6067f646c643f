/** SM2 keys in a browser: apart from the rest, so that they are loaded only where somebody has one. */
export {
  createSm2Signer,
  newSm2Key,
  parseSm2Key,
  type AppSigner,
  type Sm2Key,
} from './signers/sm2.js';
