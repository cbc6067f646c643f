import type { CommandInput } from '@yici/domain/model';
import { testChannel } from './channel.js';

/** A verification of blocks 0 to 40 that found nothing. */
export const auditRun: CommandInput<'audit.record'> = {
  report: 'a1'.repeat(32),
  channel: testChannel,
  genesisHash: 'b2'.repeat(32),
  fromBlock: 0,
  toBlock: 40,
  headerHash: 'c3'.repeat(32),
  verifier: { name: 'yici-audit', version: '0.1.0' },
  startedAt: '2026-04-20T00:58:00.000Z',
  finishedAt: '2026-04-20T00:59:00.000Z',
  checked: { blocks: 41, transactions: 60, signatures: 200 },
  verdict: 'verified',
  findings: [],
};
