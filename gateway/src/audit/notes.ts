import { createHash } from 'node:crypto';
import {
  decodeIdentity,
  parseCertificate,
  type ChannelConfig,
  type SigningIdentity,
} from '@yici/ledger';
import type { Logger } from 'pino';
import type { CustodialAccounts } from '../custody/accounts.js';
import type { RunnerOptions } from '../commands/runner.js';
import type { AuditJournal } from './journal.js';
import { noteConfig } from './members.js';
import type { RefusalNotes } from './refusals.js';

/** The owner of the gateway, from its certificate. */
export interface GatewayIdentity {
  readonly mspId: string;
  readonly gateway: string;
  /** SHA-256 of its certificate. */
  readonly certificate: string;
}

export function nameOf({ creator }: SigningIdentity): GatewayIdentity {
  const { mspId, certificate } = decodeIdentity(creator);
  const { commonName } = parseCertificate(Buffer.from(certificate).toString('utf8'));
  const hash = createHash('sha256').update(certificate).digest('hex');
  return { mspId, gateway: commonName, certificate: hash };
}

/** Records a start: the gateway's name, whether it had been stopped regularly, and its accounts. */
export async function noteStart(
  audit: AuditJournal,
  name: GatewayIdentity,
  accounts: Pick<CustodialAccounts, 'noted'>,
  logger: Logger,
): Promise<void> {
  try {
    // A stopped gateway is backed up too.
    const newest = (await audit.list({}, { limit: 20 })).items;
    const last = newest.find(({ kind }) => kind !== 'gateway.backup');
    const stopped = last === undefined || last.kind === 'gateway.stop';
    await audit.append({ kind: 'gateway.start', ...name, stopped });
    await accounts.noted();
  } catch (error) {
    notNoted(logger, error);
  }
}

export async function noteStop(
  audit: AuditJournal,
  refusals: RefusalNotes,
  logger: Logger,
): Promise<void> {
  await refusals.flush();
  await audit.append({ kind: 'gateway.stop' }).catch((error: unknown) => notNoted(logger, error));
}

/** Records the membership changes of each channel config in turn; after a failure they are recorded with the next config. */
export function configNotes(audit: AuditJournal, logger: Logger): (config: ChannelConfig) => void {
  let last = Promise.resolve();
  return (config) => {
    last = last
      .then(() => noteConfig(audit, config))
      .catch((error: unknown) =>
        logger.error({ err: error }, 'that the channel config changed could not be noted'),
      );
  };
}

/** A full disk must prevent neither a start nor a stop. */
function notNoted(logger: Logger, error: unknown): void {
  logger.error({ err: error }, 'that the gateway starts or stops could not be noted');
}

/** Records each use of a custodial key. */
export function usesOf(audit: AuditJournal): NonNullable<RunnerOptions['onUse']> {
  return ({ user, mspId, command, txId }) =>
    audit.append({ kind: 'key.use', user, mspId, command, txId });
}
