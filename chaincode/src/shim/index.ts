import { rememberCertificates } from './known-certificates';
import { listenForBatchSizes } from './peer-batches';
import { askLevelFirst } from './quiet-loggers';

/** What fabric-shim 2.5.8 lacks for many transactions at once. Changes no result; call once, before the server starts. */
export function extendShim(): void {
  listenForBatchSizes();
  askLevelFirst();
  rememberCertificates();
}
