import { framed, type chainReads } from '@yici/api';
import { isConflictCode } from '@yici/ledger';
import { maySee, type Viewer } from '../../access/access.js';
import type { Caller } from '../../callers/caller.js';
import { GatewayError } from '../../errors.js';
import type { TransactionRow } from '../../index-store/model.js';
import type { WholeBlock } from '../../peer/whole-blocks.js';
import { without } from '../../without.js';
import type { AppDependencies } from '../context.js';
import { Attachment, type Handlers } from './read-route.js';
import { isRecorded } from './recorded-reads.js';

/** Blocks, transactions, and what a client needs to verify them itself, given only the genesis hash. */
export const chainHandlers: Handlers<typeof chainReads> = {
  'blocks.list': ({ deps, query }) => deps.index.blocks(query),
  'blocks.get': async ({ deps, params: { number } }) => {
    const block = deps.index.block(number);
    if (block === undefined) {
      throw new GatewayError('RECORD_NOT_FOUND', 'There is no such block in the index.', {
        details: { block: number },
      });
    }
    const rows = await deps.index.transactionsOf(number);
    return { ...block, items: rows.map((row) => without(row, 'parties')) };
  },
  'network.heights': async ({ deps: { index, ledger } }) => {
    const { items } = await index.records('department', [], { limit: 200 });
    const told = items.map(async ({ id, mspId }) => {
      const height = await ledger.height(mspId).catch(() => null);
      return { department: id, mspId, height };
    });
    return { items: await Promise.all(told) };
  },
  'configBlocks.list': async ({ deps, query: { after } }) => {
    const newest = deps.index.checkpoint()?.configBlock ?? -1;
    return { items: (await deps.blocks.configs(after ?? -1, newest)).map(shown) };
  },
  'blocks.whole': async ({ deps, caller: { role }, viewer, query: { from, to = Infinity } }) => {
    if (!viewer.seesAll) throw notForAll(role);
    const last = Math.min(to, deps.index.checkpoint()?.block ?? -1);
    const blocks = await deps.blocks.within(from, last, rangeBytes);
    return new Attachment('application/octet-stream', `${from}.blocks`, framed(blocks));
  },
  'transactions.receipt': async ({ deps, caller, viewer, params: { txId }, query }) => {
    const row = deps.index.transaction(txId);
    if (row === undefined || !mayHave(caller, viewer, row)) throw noSuchTransaction(txId);
    const [own] = await deps.blocks.range(row.block, row.block);
    if (own === undefined) throw noSuchTransaction(txId);
    const before = isOwnConflict(caller, row) ? await blocksBefore(deps, row, query) : [];
    return { txId, ...shown(own), before: before.map(shown) };
  },
};

/** Blocks in one answer: what a verifier reads at once, and what a gateway holds for each that reads. */
const rangeBytes = 4 * 1024 * 1024;

const notForAll = (role: string | null): GatewayError =>
  new GatewayError('ROLE_REFUSED', 'Whole blocks show every department’s acts: for supervisors.', {
    details: { role },
  });

const shown = ({ number, bytes }: WholeBlock) => ({
  number,
  block: Buffer.from(bytes).toString('base64'),
});

/**
 * A block discloses all of its transactions, so only the department that submitted this one and those that it concerns
 * get it. Supervisors do not, because their reads are recorded for each record; they have whole blocks.
 */
function mayHave(caller: Caller, viewer: Viewer, row: TransactionRow): boolean {
  if (row.creator?.mspId === caller.mspId) return true;
  return !isRecorded(caller) && maySee(viewer, row.parties);
}

/** Also later ones than its own: a number that was kept after a conflict may be taken in one of those. */
function blocksBefore(
  { blocks, index }: Pick<AppDependencies, 'blocks' | 'index'>,
  row: TransactionRow,
  { before, until = row.block }: { readonly before: number; readonly until?: number | undefined },
): Promise<readonly WholeBlock[]> | [] {
  const end = Math.min(until, (index.checkpoint()?.block ?? row.block) + 1);
  const first = Math.max(0, end - before);
  return first < end ? blocks.range(first, end - 1) : [];
}

/** Other blocks are needed only by the department that has to sign again after a conflict. */
const isOwnConflict = (caller: Caller, row: TransactionRow): boolean =>
  isConflictCode(row.code.number) && row.creator?.mspId === caller.mspId;

export const noSuchTransaction = (txId: string): GatewayError =>
  new GatewayError('TRANSACTION_NOT_FOUND', 'There is no such transaction.', {
    details: { id: txId },
  });
