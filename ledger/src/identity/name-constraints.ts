import { DER, DerReader } from '../crypto/der.js';
import { LedgerError } from '../errors.js';

/** `permittedSubtrees [0]` and `excludedSubtrees [1]`. */
const subtreeTags: readonly number[] = [0xa0, 0xa1];
/**
 * `dNSName [2]` and `iPAddress [7]`: forms that Go's x509 supports; a critical extension with any other form is unknown to it.
 */
const knownForms: readonly number[] = [0x82, 0x87];

/** Whether name constraints (RFC 5280 4.2.1.10) are limited to host names and addresses. */
export function constrainsHostsOnly(value: Uint8Array): boolean {
  try {
    const lists = new DerReader(new DerReader(value).read(DER.sequence).content);
    let subtrees = 0;
    while (!lists.done) {
      const { tag, content } = lists.read();
      if (!subtreeTags.includes(tag)) return false;
      const list = new DerReader(content);
      for (; !list.done; subtrees += 1) {
        const base = new DerReader(list.read(DER.sequence).content);
        if (!knownForms.includes(base.read().tag)) return false;
      }
    }
    return subtrees > 0;
  } catch (error) {
    if (error instanceof LedgerError) return false;
    throw error;
  }
}
