import { z } from 'zod';
import { GatewayError } from '../errors.js';
import { blockRowSchema, transactionRowSchema } from '../index-store/model.js';
import { schedulerObstacles } from '../scheduler/scheduler.js';
import { without } from '../without.js';
import type { AppDependencies } from './context.js';
import { readRoute, type AnyReadRoute } from './read-route.js';
import { noParams, pageOfItems, pageQuery } from './read-shapes.js';

const name = z.strictObject({ zh: z.string(), en: z.string() });

export const networkView = z.strictObject({
  channel: z.string(),
  chaincode: z.string(),
  audience: z.string().describe('What a login names; compare it with what you expect.'),
  engine: z.enum(['embedded', 'fabric']),
  onePointOfTrust: z.boolean().describe('The embedded engine is one machine.'),
  genesisHash: z.string().describe('Hex of the genesis block’s header hash.'),
  height: z.number().int().describe('Number of blocks in the index.'),
  indexed: z.number().int().describe('Newest block in the index; -1 before the first.'),
  scheduler: z
    .strictObject({
      on: z.boolean().describe('This gateway proposes what time makes due.'),
      obstacle: z.enum(schedulerObstacles).nullable().describe('Why it does not.'),
    })
    .describe('Any member can call the same commands, whether or not a gateway does.'),
  departments: z.array(z.strictObject({ id: z.string(), mspId: z.string(), name })),
});

/** A transaction as every member may see it. */
export const committedTransaction = transactionRowSchema
  .omit({ parties: true })
  .extend({ event: z.strictObject({ name: z.string(), payload: z.unknown() }).optional() });

const blockNumber = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** Blocks and transactions: headers, who and what, never contents. */
export const chainRoutes: readonly AnyReadRoute[] = [
  readRoute({
    path: '/v1/blocks',
    summary: { zh: '区块，最新在前', en: 'Blocks, newest first' },
    params: noParams,
    query: z.strictObject(pageQuery),
    response: pageOfItems(blockRowSchema),
    handle: ({ deps, query }) => deps.index.blocks(query),
  }),
  readRoute({
    path: '/v1/blocks/{number}',
    summary: { zh: '一个区块及其交易', en: 'One block with its transactions' },
    params: z.strictObject({ number: blockNumber }),
    query: z.strictObject({}),
    response: blockRowSchema.extend({
      items: z.array(transactionRowSchema.omit({ parties: true })),
    }),
    handle: async ({ deps, params }) => {
      const block = deps.index.block(params.number);
      if (block === undefined) {
        throw new GatewayError('RECORD_NOT_FOUND', 'There is no such block in the index.', {
          details: { block: params.number },
        });
      }
      const rows = await deps.index.transactionsOf(params.number);
      return { ...block, items: rows.map((row) => without(row, 'parties')) };
    },
  }),
];

/** What anybody may know, so that a client can check whom it talks to before it logs in. */
export async function networkDocument(deps: AppDependencies): Promise<z.infer<typeof networkView>> {
  const checkpoint = deps.index.checkpoint();
  const departments = await deps.index.records('department', [], { limit: 200 });
  return {
    ...deps.facts,
    onePointOfTrust: deps.facts.engine === 'embedded',
    genesisHash: checkpoint?.genesis ?? '',
    height: checkpoint === undefined ? 0 : checkpoint.block + 1,
    indexed: checkpoint?.block ?? -1,
    scheduler: {
      on: deps.scheduler.obstacle === undefined,
      obstacle: deps.scheduler.obstacle ?? null,
    },
    departments: departments.items.map(({ id, mspId, name }) => ({ id, mspId, name })),
  };
}
