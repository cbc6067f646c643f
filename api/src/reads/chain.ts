import { caseNo, departmentId } from '@yici/domain/model';
import { z } from 'zod';
import { list, read } from '../definition.js';
import { blockRowSchema, ledgerEventSchema, transactionRowSchema } from '../rows.js';
import { offered, words } from '../shapes.js';
import { commandLine, sessionView, transactionView } from '../writes.js';

/** Why a gateway does not propose what time makes due. */
export const schedulerObstacles = [
  'disabled',
  'roleMissing',
  'certificateRefused',
  'departmentUnknown',
  'notReady',
  'timeRefused',
] as const;

/** What anybody may know, so that a client can check whom it talks to before it logs in. */
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
  departments: z.array(z.strictObject({ id: z.string(), mspId: z.string(), name: words })),
});
export type NetworkView = z.output<typeof networkView>;

/** A transaction as every member may see it, and its event for those it concerns. */
export const committedTransaction = transactionRowSchema.extend({
  event: z.strictObject({ name: z.string(), payload: z.unknown() }).optional(),
});
export type CommittedTransaction = z.output<typeof committedTransaction>;

const wholeBlock = z.strictObject({
  number: z.number().int(),
  block: z.base64().describe('common.Block as the peer keeps it.'),
});

/** Most blocks before its own that are shown with a transaction in conflict. */
export const mostBefore = 16;
/** Longest time that an answer waits for a block, in seconds. */
export const longestWait = 60;

const blockNumber = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
export const eventId = z.string().regex(/^\d{1,15}-\d{1,7}$/, '<block>-<transaction>');

/** The chain: headers, who and what, never contents; and what proves it from the genesis hash alone. */
export const chainReads = {
  'blocks.list': list({
    path: '/v1/blocks',
    summary: { zh: '区块，最新在前', en: 'Blocks, newest first' },
    item: blockRowSchema,
    concerns: 'members',
  }),
  'blocks.get': read({
    path: '/v1/blocks/{number}',
    summary: { zh: '一个区块及其交易', en: 'One block with its transactions' },
    params: { number: blockNumber },
    answer: blockRowSchema.extend({ items: z.array(transactionRowSchema) }),
    concerns: 'members',
  }),
  /** A height that another department's peer gives comes by way of the gateway's own peer: its word, not that department's. */
  'network.heights': read({
    path: '/v1/network/heights',
    summary: {
      zh: '各部门节点的区块数（经本网关的节点询问）',
      en: 'The number of blocks that each department’s peer has, as this gateway’s peer was told',
    },
    answer: z.strictObject({
      items: z.array(
        z.strictObject({
          department: departmentId,
          mspId: z.string(),
          height: z.number().int().nullable().describe('null: its peers did not answer.'),
        }),
      ),
    }),
    concerns: 'members',
  }),
  /** From the genesis block on; blocks come as the peer keeps them. */
  'configBlocks.list': read({
    path: '/v1/config-blocks',
    summary: {
      zh: '通道配置区块，从创世区块起',
      en: 'The channel’s config blocks, from the genesis block on',
    },
    query: { after: blockNumber.optional() },
    answer: z.strictObject({ items: z.array(wholeBlock) }),
    concerns: 'members',
  }),
  /**
   * What a supervisor's verifier needs of the chain, range by range. It shows every department's acts, so the journal has a
   * line for each range: about every department, since it names no thing.
   */
  'blocks.whole': read({
    path: '/v1/whole-blocks',
    summary: {
      zh: '区块原文，供督查人员独立核验，查阅留痕',
      en: 'Blocks as the peer keeps them, for a supervisor to verify; recorded',
    },
    query: {
      from: blockNumber.default(0),
      to: blockNumber.optional().describe('The last one wanted.'),
    },
    answer: z.looseObject({}),
    produces: {
      types: ['application/octet-stream'],
      what: 'common.Block messages from `from` on, each behind its length (four bytes, big-endian): at least one, then as many as fit into 4 MiB; none when `from` is not written yet.',
    },
    concerns: 'concerned',
    journal: { about: 'case' },
  }),
  /** For the department that made it and those it concerns; supervisors, whose reads are noted by record, verify whole blocks. */
  'transactions.receipt': read({
    path: '/v1/transactions/{txId}/receipt',
    summary: {
      zh: '交易回执：所在区块及排序节点签名',
      en: 'A transaction’s receipt: its block with the orderers’ signatures',
    },
    params: { txId: z.string().regex(/^[0-9a-f]{64}$/) },
    query: {
      before: z.coerce
        .number()
        .int()
        .min(0)
        .max(mostBefore)
        .default(0)
        .describe(
          'How many other blocks are shown too, which prove a conflict or whose a number is.',
        ),
      until: z.coerce
        .number()
        .int()
        .min(0)
        .max(Number.MAX_SAFE_INTEGER)
        .optional()
        .describe('Those before this block: by default before its own.'),
    },
    answer: z.strictObject({
      txId: z.string(),
      number: z.number().int(),
      block: z.base64(),
      before: z.array(wholeBlock),
    }),
    concerns: 'concerned',
    journal: 'nothing',
  }),
};

/** Reads that are no reads of records: who somebody is, how a write stands, what there is to talk to, and the stream. */
export const otherReads = {
  'sessions.current': read({
    path: '/v1/sessions/current',
    summary: { zh: '当前会话', en: 'This session' },
    answer: sessionView,
    concerns: 'caller',
  }),
  'transactions.get': read({
    path: '/v1/transactions/{id}',
    summary: { zh: '交易状态', en: 'How a transaction stands' },
    params: { id: z.string() },
    query: { wait: z.coerce.number().min(0).max(longestWait).default(0) },
    answer: z.union([transactionView, committedTransaction]),
    concerns: 'caller',
  }),
  'network.get': read({
    path: '/v1/network',
    summary: { zh: '网络概况', en: 'The channel, its departments and height' },
    answer: networkView,
    concerns: 'anybody',
  }),
  'commands.list': read({
    path: '/v1/commands',
    summary: { zh: '命令一览', en: 'How each command is reached' },
    answer: z.strictObject({ items: z.array(commandLine) }),
    concerns: 'anybody',
  }),
  'events.follow': read({
    path: '/v1/events',
    summary: { zh: '事件流', en: 'Events as they are committed' },
    query: {
      after: offered(
        eventId
          .optional()
          .describe('Begin after this event; the Last-Event-ID header does the same and wins.'),
        '--after <id>',
        { zh: '自此事件之后，事件编号为“区块-序号”', en: 'behind this event id, <block>-<tx>' },
      ),
      name: offered(
        z.string().max(64).optional().describe('Only events whose name begins so, e.g. `case.`'),
        '--name <prefix>',
        { zh: '事件名前缀，例如 case.', en: 'prefix of event names, e.g. case.' },
      ),
      caseNo: offered(caseNo.optional(), '--case <caseNo>', { zh: '办件编号', en: 'of one case' }),
    },
    answer: ledgerEventSchema,
    produces: { types: ['text/event-stream'], what: 'Server-sent events.' },
    concerns: 'concerned',
    journal: { about: 'case' },
  }),
};
