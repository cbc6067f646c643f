import type { GatewayErrorCode } from '../errors.js';
import { acts } from './acts.js';
import { process } from './process.js';
import { requests } from './requests.js';
import { signoff } from './signoff.js';
import type { ErrorMeaning } from './words.js';

/** What each of the gateway's own codes means; the documents' tables are written from it. */
export const gatewayErrorWords: Readonly<Record<GatewayErrorCode, ErrorMeaning>> = {
  ...requests,
  ...acts,
  ...signoff,
  ...process,
};
