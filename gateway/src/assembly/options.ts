import type { ChannelConfig } from '@yici/ledger';
import type { Logger } from 'pino';
import type { SealedBy } from '../custody/sealing-key.js';
import type { DocumentSettings } from '../documents/store.js';
import type { NetworkFacts } from '../http/context.js';
import type { SignedChange } from '../channel-changes/desk.js';
import type { Enrolments } from '../enrolments.js';
import type { DemoRoles } from '../demo-roles.js';
import type { HttpLimits } from '../http/limits.js';
import type { SchedulerSettings } from '../scheduler/scheduler.js';
import { configSchema } from './config.js';
import type { Engine } from './engine.js';

export interface GatewayOptions extends NetworkFacts {
  /** The gateway's own folder: `index/`, `pending/`, `custody/`, `documents/`, `drafts/`, `signoff/`, `channel-changes/`, `enrolments/`, `audit/`, `journal/`. */
  readonly directory: string;
  /** Empties the index first. */
  readonly rebuildIndex?: boolean;
  /** Folder of blocks that the peer does not have, since it began with a snapshot. */
  readonly olderBlocks?: string | undefined;
  /** What seals custodial keys, those of documents, and drafts. */
  readonly sealing?: SealedBy;
  readonly limits?: HttpLimits;
  /** Origins that it is reached under, behind a reverse proxy; by default those of its own socket. */
  readonly addresses?: readonly string[] | undefined;
  /** Gives explanations that the law wants public to whoever asks, without a login. */
  readonly publicExplanations?: boolean | undefined;
  /** Roles that visitors of a demo may take. */
  readonly demo?: DemoRoles | undefined;
  /** Brings a signed change of the channel into force. */
  readonly submitChange?: ((change: SignedChange) => Promise<void>) | undefined;
  /** Whether the orderers give the gateway's department no blocks any more; absent where the ledger is in this process. */
  readonly orderersRefuse?: ((config: ChannelConfig) => Promise<boolean>) | undefined;
  /** Requests for certificates. */
  readonly enrolments?: Enrolments | undefined;
  /** Documents off the ledger; by default in the folder `documents/`, as config.ts says. */
  readonly documents?: DocumentSettings & { readonly types: readonly string[] };
  /** Proposing what time makes due; off without it. */
  readonly scheduler?: SchedulerSettings;
}

/** What lies under it, and what the process around it gives. */
export interface GatewayDependencies extends Pick<
  Engine,
  'peer' | 'identity' | 'departments' | 'ledgerFailure' | 'standingIn'
> {
  readonly logger: Logger;
  readonly now?: () => Date;
}

const defaults = configSchema.parse({});
export const defaultDocuments = defaults.documents;
/** As the configuration's defaults say, but off. */
export const noScheduler: SchedulerSettings = { ...defaults.scheduler, enabled: false };
