import type { Request } from 'express';
import type { Logger } from 'pino';
import type { Viewer } from '../access/access.js';
import type { CustodialAccounts } from '../custody/accounts.js';
import type { CustodialRunner } from '../commands/runner.js';
import type { Transactions } from '../commands/transactions.js';
import type { DocumentStore } from '../documents/store.js';
import type { IndexFeed } from '../index-store/feed.js';
import type { IndexReader } from '../index-store/reader.js';
import type { WholeBlocks } from '../peer/whole-blocks.js';
import type { LedgerReader } from '../peer/ledger-reader.js';
import type { OwnPeers } from '../peer/own-peers.js';
import { authenticate, type Authenticated } from '../sessions/authenticate.js';
import type { AuditJournal } from '../audit/journal.js';
import type { RefusalNotes } from '../audit/refusals.js';
import type { Scheduler } from '../scheduler/scheduler.js';
import type { Login } from '../sessions/login.js';
import type { UsageLog } from '../stats/usage-log.js';
import type { StoreStates } from '../store/states.js';
import type { Viewers } from '../access/viewers.js';
import type { HttpLimits } from './limits.js';

/** What is fixed about the network this gateway serves. */
export interface NetworkFacts {
  readonly channel: string;
  readonly chaincode: string;
  readonly audience: string;
  readonly engine: 'embedded' | 'fabric';
}

/** Everything the HTTP side needs of the rest. */
export interface AppDependencies {
  readonly facts: NetworkFacts;
  readonly logger: Logger;
  readonly login: Login;
  /** Origins that it is reached under; undefined: those of its own socket. */
  readonly addresses?: readonly string[] | undefined;
  readonly accounts: CustodialAccounts;
  readonly transactions: Transactions;
  readonly runner: CustodialRunner;
  readonly index: IndexReader;
  readonly feed: IndexFeed;
  readonly viewers: Viewers;
  readonly journal: UsageLog;
  readonly documents: DocumentStore;
  /** The audit journal, and what is on its way into it. */
  readonly audit: AuditJournal;
  readonly refusals: RefusalNotes;
  /** Whose gateway this is. */
  readonly mspId: string;
  /** Media types of documents that are taken. */
  readonly documentTypes: readonly string[];
  readonly ledger: LedgerReader;
  readonly blocks: WholeBlocks;
  readonly ownPeers: OwnPeers;
  readonly now: () => Date;
  /** Which stores, the ledger in this process among them, take what is written. */
  readonly storage: () => StoreStates;
  /** Why the gateway is not ready; empty when it is. */
  readonly obstacles: () => readonly string[];
  readonly scheduler: Pick<Scheduler, 'obstacle' | 'due' | 'counts'>;
  readonly limits?: HttpLimits;
}

/** Who asks. @throws GatewayError UNAUTHENTICATED */
export function authenticated(request: Request, deps: AppDependencies): Authenticated {
  return authenticate(request.get('authorization'), deps.login.sessions, deps.accounts);
}

/** Who asks, and what they may see. @throws GatewayError UNAUTHENTICATED */
export function viewing(
  request: Request,
  deps: AppDependencies,
): Authenticated & { readonly viewer: Viewer } {
  const found = authenticated(request, deps);
  return { ...found, viewer: deps.viewers.of(found.caller) };
}

/** One path parameter; Express gives a list only for wildcards, which no route of ours has. */
export function pathParam(request: Request, name: string): string {
  const value = request.params[name];
  return typeof value === 'string' ? value : '';
}

/** `/v1/cases/{caseNo}` (OpenAPI) -> `/v1/cases/:caseNo` (Express). */
export const expressPath = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1');
