import { createHash } from 'node:crypto';
import type { ChannelConfig } from '@yici/ledger';
import { z } from 'zod';
import { putJson, readJson } from '../store/json-values.js';
import type { AuditJournal } from './journal.js';
import { journalStoreKeys } from './keys.js';

const knownSchema = z.strictObject({
  sequence: z.int(),
  /** Organisation -> SHA-256 of its MSP definition. */
  organizations: z.record(z.string(), z.string()),
});
type Known = z.infer<typeof knownSchema>;

/**
 * Records the differences in membership between a channel config and the last recorded one: organisations added,
 * removed, or with other roots, intermediates or revocations. Configs that are already recorded, or older, are skipped.
 */
export async function noteConfig(
  journal: AuditJournal,
  { sequence, tree }: Pick<ChannelConfig, 'sequence' | 'tree'>,
): Promise<void> {
  const nothing: Known = { sequence: -1, organizations: {} };
  const before = readJson(journal, journalStoreKeys.config, knownSchema) ?? nothing;
  const now: Known = { sequence: Number(sequence), organizations: definitionsIn(tree) };
  if (now.sequence <= before.sequence) return;
  const names = { ...before.organizations, ...now.organizations };
  const organizations = Object.keys(names)
    .filter((name) => before.organizations[name] !== now.organizations[name])
    .sort();
  await journal.append({ kind: 'channel.config', sequence: now.sequence, organizations }, [
    putJson(journalStoreKeys.config, now),
  ]);
}

function definitionsIn({ groups }: ChannelConfig['tree']): Known['organizations'] {
  const organizations = groups.get('Application')?.groups ?? new Map<string, never>();
  return Object.fromEntries(
    [...organizations].map(([name, { values }]) => [
      name,
      sha256(values.get('MSP')?.value ?? new Uint8Array()),
    ]),
  );
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
