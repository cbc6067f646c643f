export { KeyError, keyErrorCodes } from './errors.js';
export { askPinWith, pinOf } from './pin.js';
export { asideSignerOf, openPrivateKey, signerOf } from './private-key.js';
export { makeTokenKey, type PrivateKey } from './token-key.js';
export { isTokenUri, parseTokenUri } from './uri.js';
