import { YiciClient } from '@yici/client/web';
import { followLanguage } from '../words/language.js';
import { identityOf, type Approve, type HeldIdentity } from '../identity/keys.js';

/** A file of its own: client, ledger and rules are loaded once somebody enters, and not with the first page. */
export function openClient(held: HeldIdentity, approve: Approve): YiciClient {
  const client = new YiciClient({ baseUrl: location.origin, identity: identityOf(held, approve) });
  // What the gateway words is in the page's language, which need not be the browser's.
  followLanguage((language) => {
    client.language = language;
  });
  return client;
}
