import { isConflictCode } from '@yici/ledger';
import { z } from 'zod';
import { maySee, type Viewer } from '../access/access.js';
import { GatewayError } from '../errors.js';
import type { TransactionRow } from '../index-store/model.js';
import type { WholeBlock } from '../peer/whole-blocks.js';
import { isRecorded } from './recorded-reads.js';
import type { Caller } from '../callers/caller.js';
import { readRoute, type AnyReadRoute } from './read-route.js';

const wholeBlock = z.strictObject({
  number: z.number().int(),
  block: z.base64().describe('common.Block as the peer keeps it.'),
});

/** Most blocks that are shown at once with a transaction in conflict. */
const mostBefore = 16;

/**
 * What a client needs to check alone, from the genesis hash it was given, that its transaction is on the ledger: the
 * channel's config blocks, and the block that holds the transaction. Blocks come as the peer keeps them.
 */
export const receiptRoutes: readonly AnyReadRoute[] = [
  readRoute({
    path: '/v1/config-blocks',
    summary: {
      zh: '通道配置区块，从创世区块起',
      en: 'The channel’s config blocks, from the genesis block on',
    },
    params: z.strictObject({}),
    query: z.strictObject({
      after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
    }),
    response: z.strictObject({ items: z.array(wholeBlock) }),
    handle: async ({ deps, query: { after } }) => {
      const newest = deps.index.checkpoint()?.configBlock ?? -1;
      return { items: (await deps.blocks.configs(after ?? -1, newest)).map(shown) };
    },
  }),
  readRoute({
    path: '/v1/transactions/{txId}/receipt',
    summary: {
      zh: '交易回执：所在区块及排序节点签名',
      en: 'A transaction’s receipt: its block with the orderers’ signatures',
    },
    params: z.strictObject({ txId: z.string().regex(/^[0-9a-f]{64}$/) }),
    query: z.strictObject({
      before: z.coerce
        .number()
        .int()
        .min(0)
        .max(mostBefore)
        .default(0)
        .describe('How many blocks before it are shown too, which prove a conflict.'),
      until: z.coerce
        .number()
        .int()
        .min(0)
        .max(Number.MAX_SAFE_INTEGER)
        .optional()
        .describe('Those before this block: by default before its own.'),
    }),
    response: z.strictObject({
      txId: z.string(),
      number: z.number().int(),
      block: z.base64(),
      before: z.array(wholeBlock),
    }),
    handle: async ({ deps, caller, viewer, params: { txId }, query }) => {
      const row = deps.index.transaction(txId);
      if (row === undefined || !mayHave(caller, viewer, row)) throw unknown(txId);
      const [own] = await deps.blocks.range(row.block, row.block);
      if (own === undefined) throw unknown(txId);
      const until = Math.min(query.until ?? row.block, row.block);
      const first = Math.max(0, until - (isOwnConflict(caller, row) ? query.before : 0));
      const before = first < until ? await deps.blocks.range(first, until - 1) : [];
      return { txId, ...shown(own), before: before.map(shown) };
    },
  }),
];

const shown = ({ number, bytes }: WholeBlock) => ({
  number,
  block: Buffer.from(bytes).toString('base64'),
});

/**
 * A block shows its other transactions too, so it is for the department that made this one and for those it concerns.
 * Supervisors, whose reads are recorded by record, verify exported blocks.
 */
function mayHave(caller: Caller, viewer: Viewer, row: TransactionRow): boolean {
  if (row.creator?.mspId === caller.mspId) return true;
  return !isRecorded(caller) && maySee(viewer, row.parties);
}

/** Only whoever is asked to sign again has to see what came between. */
const isOwnConflict = (caller: Caller, row: TransactionRow): boolean =>
  isConflictCode(row.code.number) && row.creator?.mspId === caller.mspId;

const unknown = (txId: string): GatewayError =>
  new GatewayError('TRANSACTION_NOT_FOUND', 'There is no such transaction.', {
    details: { id: txId },
  });
