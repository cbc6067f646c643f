import { randomBytes } from 'node:crypto';
import {
  computeUpdate,
  encodeConfigUpdate,
  encodeConfigUpdateEnvelope,
  encodeSignatureHeader,
  headerType,
  type ChannelConfig,
  type ConfigGroup,
} from '@yici/ledger';
import { configSignatureMessage } from '@yici/ledger/testing';
import { CHANNEL } from './channel.js';
import { rawEnvelope, type Signatory } from './transaction.js';

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
  const changed = computeUpdate(config.tree, tree, channel);
  if (changed === undefined) throw new RangeError('there is nothing to change');
  const update = encodeConfigUpdate(changed);
  const signatures = admins.map(({ identity, sign }) => {
    const signatureHeader = encodeSignatureHeader({ creator: identity, nonce: randomBytes(24) });
    return { signatureHeader, signature: sign(configSignatureMessage(signatureHeader, update)) };
  });
  const data = encodeConfigUpdateEnvelope({ configUpdate: update, signatures });
  return rawEnvelope({ creator: admins[0], type: headerType.configUpdate, data, channel });
}
