import type { Words } from '@yici/domain/model';
import type { Request } from 'express';
import type { Logger } from 'pino';
import type { Viewer } from '../access/access.js';
import type { CustodialAccounts } from '../custody/accounts.js';
import type { CustodialRunner } from '../commands/runner.js';
import type { Transactions } from '../commands/transactions.js';
import type { DocumentStore } from '../documents/store.js';
import type { DraftStore } from '../drafts/store.js';
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
import type { SignoffDesk } from '../signoff/desk.js';
import type { UsageLog } from '../stats/usage-log.js';
import type { StoreStates } from '../store/states.js';
import type { ChangeDesk, SignedChange } from '../channel-changes/desk.js';
import type { Enrolments } from '../enrolments.js';
import type { DemoRoles } from '../demo-roles.js';
import type { Viewers } from '../access/viewers.js';
import type { HttpLimits } from './limits.js';
import type { Resources } from './resource-metrics.js';

/** Constant facts about the network that this gateway serves. */
export interface NetworkFacts {
  readonly channel: string;
  readonly chaincode: string;
  readonly audience: string;
  readonly engine: 'embedded' | 'fabric';
}

export interface AppDependencies {
  readonly facts: NetworkFacts;
  readonly logger: Logger;
  readonly login: Login;
  /** The gateway's public origins; undefined: those of its own socket. */
  readonly addresses?: readonly string[] | undefined;
  readonly accounts: CustodialAccounts;
  readonly transactions: Transactions;
  readonly runner: CustodialRunner;
  readonly index: IndexReader;
  readonly feed: IndexFeed;
  readonly viewers: Viewers;
  readonly journal: UsageLog;
  readonly documents: DocumentStore;
  readonly drafts: DraftStore;
  readonly signoffs: SignoffDesk;
  readonly audit: AuditJournal;
  readonly refusals: RefusalNotes;
  /** The gateway's own department. */
  readonly mspId: string;
  /** Accepted media types of documents. */
  readonly documentTypes: readonly string[];
  readonly ledger: LedgerReader;
  readonly blocks: WholeBlocks;
  readonly ownPeers: OwnPeers;
  readonly now: () => Date;
  /** Whether each store can be written, including the ledger if it is in this process. */
  readonly storage: () => StoreStates;
  /** What an operator has to look after before it runs out. */
  readonly resources: Resources;
  /** Why the gateway is not ready; empty when it is. */
  readonly obstacles: () => readonly Words[];
  readonly scheduler: Pick<Scheduler, 'obstacle' | 'due' | 'counts'>;
  readonly limits?: HttpLimits;
  /** Roles that visitors of a demo may take; undefined everywhere else. */
  readonly demo?: DemoRoles | undefined;
  /** Changes of the channel that wait for signatures. */
  readonly changes: ChangeDesk;
  /** Brings one into force; undefined where there is no way to the orderers. */
  readonly submitChange?: ((change: SignedChange) => Promise<void>) | undefined;
  /** Requests for certificates; undefined where nobody answers them. */
  readonly enrolments?: Enrolments | undefined;
  /** Whether explanations for the public are given to whoever asks. */
  readonly publicExplanations?: boolean | undefined;
}

/** The caller of a request. @throws GatewayError UNAUTHENTICATED */
export function authenticated(request: Request, deps: AppDependencies): Authenticated {
  return authenticate(request.get('authorization'), deps.login.sessions, deps.accounts);
}

/** The caller of a request and its read permissions. @throws GatewayError UNAUTHENTICATED */
export function viewing(
  request: Request,
  deps: AppDependencies,
): Authenticated & { readonly viewer: Viewer } {
  const found = authenticated(request, deps);
  return { ...found, viewer: deps.viewers.of(found.caller) };
}

/** A path parameter. Express gives a list only for wildcards, which no route has. */
export function pathParam(request: Request, name: string): string {
  const value = request.params[name];
  return typeof value === 'string' ? value : '';
}

/** `/v1/cases/{caseNo}` (OpenAPI) -> `/v1/cases/:caseNo` (Express). */
export const expressPath = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1');
