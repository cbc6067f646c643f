// For programs of others: log in, command, read, follow events; and whom they sign as.
export { YiciClient, type ClientOptions } from './api/client.js';
export { ClientError } from './errors.js';
export { readIdentityFolder } from './identity/folder.js';
export { createPemSigner } from './signers/pem.js';

// For the gateway: what a login signs, what an identity pins, files written whole, several things at a time.
export { loginMessage } from './api/login.js';
export { connectionSchema } from './identity/connection.js';
export { inLanes } from './api/lanes.js';
export { writeAtomically } from './write-atomically.js';

// A case for the archive.
export { caseJson, caseXml, packCase } from './export/package.js';
export { referencesOf, type CaseSources } from './export/sources.js';
