import { YiciClient } from '@yici/client/web';
import { identityOf, type Approve, type HeldIdentity } from '../identity/keys.js';

/** A file of its own: client, ledger and rules are loaded once somebody enters, and not with the first page. */
export function openClient(held: HeldIdentity, approve: Approve): YiciClient {
  return new YiciClient({ baseUrl: location.origin, identity: identityOf(held, approve) });
}
