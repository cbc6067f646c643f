import {
  LedgerError,
  headerType,
  proposeConfigUpdate,
  signedEnvelope,
  timestampFromDate,
  type ChannelConfig,
} from '@yici/ledger';
import type { OrdererIdentity } from '../commit/seal.js';
import { refusal, broadcastStatus } from './admission.js';

interface ConfigWrapping {
  readonly orderer: OrdererIdentity;
  readonly nonce: Uint8Array;
  readonly now: Date;
}

/**
 * Turns a CONFIG_UPDATE into a CONFIG envelope signed by the orderer, if the config in force permits the update
 * (standardchannel.go ProcessConfigUpdateMsg). Throws ORDERER_REFUSED.
 */
export async function wrapConfigUpdate(
  config: ChannelConfig,
  update: Uint8Array,
  { orderer, nonce, now }: ConfigWrapping,
): Promise<Uint8Array> {
  const { channelId } = config;
  const header = { type: headerType.config, channelId, timestamp: timestampFromDate(now) };
  const signer = { creator: orderer.identity, sign: orderer.sign };
  return signedEnvelope(signer, header, proposal(config, update), nonce);
}

function proposal(config: ChannelConfig, update: Uint8Array): Uint8Array {
  try {
    return proposeConfigUpdate(config, update);
  } catch (cause) {
    if (!(cause instanceof LedgerError)) throw cause;
    throw refusal(
      broadcastStatus.badRequest,
      `the config update is not allowed: ${cause.message}`,
      {
        ...cause.details,
        reason: cause.code,
      },
    );
  }
}
