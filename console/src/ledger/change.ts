import type { PendingChange } from '@yici/api';
import {
  consentTo,
  createWebCryptoSigner,
  differences,
  encodeIdentity,
  harmOf,
  planUpdate,
  signedUpdate,
  signingOf,
  updateOf,
  type ChannelConfig,
  type Consent,
  type Difference,
  type YiciClient,
} from '@yici/client/web';
import type { HeldIdentity } from '../identity/keys.js';
import { readConfigs } from './channel.js';

/** What a change's bytes do to the channel's config, read in this browser. */
export interface ReadChange {
  readonly pending: PendingChange;
  readonly lines: readonly Difference[];
  readonly consent: Consent;
}

export interface WaitingChanges {
  readonly changes: readonly ReadChange[];
  /** The config that they change follows from the genesis hash that the identity pins. */
  readonly isPinned: boolean;
}

/** The changes that wait at this gateway; of each only its bytes are believed. One that nodes could not go on with is left out. */
export async function readChanges(client: YiciClient): Promise<WaitingChanges> {
  const [steps, all] = await Promise.all([readConfigs(client), client.channelChanges()]);
  const config = steps.at(-1)?.config;
  const isPinned = steps.every(({ objections }) => objections?.length === 0);
  if (config === undefined) return { changes: [], isPinned };
  return { changes: all.flatMap((pending) => read(config, pending)), isPinned };
}

function read(config: ChannelConfig, pending: PendingChange): ReadChange[] {
  const { change } = pending;
  const plan = planUpdate(config, updateOf(change));
  if (harmOf(config, plan.next).length > 0) return [];
  const consent = consentTo(config, plan, signedUpdate(change));
  return [{ pending, lines: differences(config, plan.next), consent }];
}

/** Signs a change with the administrator's key and brings the signature to the gateway. */
export async function signChange(
  client: YiciClient,
  { certificate, connection, key }: HeldIdentity,
  { pending }: ReadChange,
): Promise<void> {
  const signing = signingOf(pending.change, encodeIdentity(connection.mspId, certificate));
  const signature = await createWebCryptoSigner(key)(signing.message);
  await client.putChannelChange(signing.with(signature));
}
