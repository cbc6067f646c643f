import { randomBytes } from 'node:crypto';
import { encodeSignatureHeader, headerType, type ChannelConfig } from '@yici/ledger';
import { configSignatureMessage, type ConfigGroup } from '@yici/ledger/testing';
import { CHANNEL } from './channel.js';
import { rawEnvelope, type Signatory } from './transaction.js';
import { computeUpdate, encodeConfigUpdate, encodeConfigUpdateEnvelope } from './compute-update.js';

/** A change of a channel's configuration. */
export interface ConfigUpdateInput {
  readonly config: ChannelConfig;
  /** What it is to become. */
  readonly tree: ConfigGroup;
  /** Who sign it; the first sends it. */
  readonly admins: readonly [Signatory, ...Signatory[]];
  readonly channel?: string;
}

/** A CONFIG_UPDATE envelope, as an orderer takes it. */
export function configUpdate({
  config,
  tree,
  admins,
  channel = CHANNEL,
}: ConfigUpdateInput): Uint8Array {
  const update = encodeConfigUpdate(computeUpdate(config.tree, tree, channel));
  const signatures = admins.map(({ identity, sign }) => {
    const signatureHeader = encodeSignatureHeader({ creator: identity, nonce: randomBytes(24) });
    return { signatureHeader, signature: sign(configSignatureMessage(signatureHeader, update)) };
  });
  const data = encodeConfigUpdateEnvelope({ configUpdate: update, signatures });
  return rawEnvelope({ creator: admins[0], type: headerType.configUpdate, data, channel });
}
