import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { AccountFile } from '../custody/account-files.js';
import { putJson, readJson } from '../store/json-values.js';
import type { AuditJournal } from './journal.js';
import { journalStoreKeys } from './keys.js';
import type { JournalEntry } from '@yici/api';

const knownSchema = z.record(
  z.string(),
  z.strictObject({
    ...{ mspId: z.string(), certificate: z.string(), apiKey: z.string() },
    seal: z.string(),
  }),
);
type Known = z.infer<typeof knownSchema>;

/**
 * Records which custodial accounts were added, removed or changed (certificate, API key, seal) since the last check. It
 * compares the stored accounts, so it does not matter which command made the change.
 */
export async function noteAccounts(
  journal: AuditJournal,
  files: readonly AccountFile[],
): Promise<void> {
  const before = readJson(journal, journalStoreKeys.accounts, knownSchema) ?? {};
  const now: Known = Object.fromEntries(files.map((file) => [file.account, printOf(file)]));
  const entries = changesOf(before, now);
  const changes = [putJson(journalStoreKeys.accounts, now)];
  const lines = entries.map((entry, index) =>
    journal.append(entry, index === entries.length - 1 ? changes : []),
  );
  await Promise.all(lines);
}

const printOf = ({ mspId, certificatePem, apiKeyHash, key }: AccountFile): Known[string] => ({
  mspId,
  certificate: sha256(certificatePem),
  // A revoked account has no key.
  apiKey: apiKeyHash === null ? '' : sha256(apiKeyHash),
  seal: sha256(JSON.stringify(key)),
});

function changesOf(before: Known, now: Known): JournalEntry[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
  return names.flatMap((account): JournalEntry[] => {
    const [was, is] = [before[account], now[account]];
    if (is === undefined) return [{ kind: 'account.remove', account, mspId: was?.mspId ?? '' }];
    if (was === undefined) return [{ kind: 'account.add', account, mspId: is.mspId }];
    const what = (['certificate', 'apiKey', 'seal'] as const).filter(
      (part) => was[part] !== is[part],
    );
    return what.length === 0
      ? []
      : [{ kind: 'account.change', account, mspId: is.mspId, what: [...what] }];
  });
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
