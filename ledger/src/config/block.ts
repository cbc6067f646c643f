import { parseBlock, type ParsedBlock } from '../block/block.js';
import { headerType } from '../envelope/headers.js';
import { channelConfigFrom, type ChannelConfig } from './channel.js';
import { decodeConfigEnvelope, openEnvelope } from './envelopes.js';
import { malformedConfig } from './organizations.js';

/**
 * Decodes the channel config of a config block (including the genesis block) without checking its authorisation: that
 * needs the previous config.
 * @throws LedgerError MALFORMED_BYTES or MALFORMED_CONFIG
 */
export function parseConfigBlock(block: Uint8Array | ParsedBlock): ChannelConfig {
  const parsed = block instanceof Uint8Array ? parseBlock(block) : block;
  const [envelope, ...others] = parsed.envelopes;
  if (envelope === undefined || others.length > 0) {
    throw malformedConfig(
      { zh: '配置区块须恰有一笔交易', en: 'a config block holds exactly one transaction' },
      {
        transactions: parsed.envelopes.length,
      },
    );
  }
  const { data, channelId } = openEnvelope(envelope, headerType.config);
  return channelConfigFrom(decodeConfigEnvelope(data).config, channelId);
}
