import type { KeyValueReader } from '../level-store.js';
import { BlockIndex } from './block-index.js';
import { ExpirySchedule } from './expiry.js';
import { HashedState } from './hashed-state.js';
import { HistoryIndex } from './history-index.js';
import { PrivateState } from './private-state.js';
import { PrivateWrites } from './private-writes.js';
import { PublicState } from './public-state.js';
import { StagedWrites } from './staged-writes.js';
import { TransactionIndex } from './transaction-index.js';

export type Tables = Readonly<ReturnType<typeof tablesOf>>;

/** Every repository over one reader: the live store or a snapshot. */
export function tablesOf(reader: KeyValueReader) {
  return {
    state: new PublicState(reader),
    hashes: new HashedState(reader),
    history: new HistoryIndex(reader),
    privateState: new PrivateState(reader),
    privateWrites: new PrivateWrites(reader),
    expiry: new ExpirySchedule(reader),
    staged: new StagedWrites(reader),
    blocks: new BlockIndex(reader),
    transactions: new TransactionIndex(reader),
  };
}
