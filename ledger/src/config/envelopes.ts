import { decoding } from '../wire/decoding.js';
import { decodeEnvelope, decodePayload } from '../envelope/envelope.js';
import { decodeChannelHeader, decodeSignatureHeader } from '../envelope/headers.js';
import { bytes, encoded, list, message, type MessageOf } from '../wire/message.js';
import { concat } from '../wire/writer.js';
import { malformedConfig } from './organizations.js';

const configEnvelope = message('common.ConfigEnvelope', {
  config: encoded(1),
  lastUpdate: encoded(2),
});

/** common.ConfigEnvelope: a config and the update that led to it. */
interface ConfigEnvelope {
  /** common.Config bytes. */
  readonly config: Uint8Array;
  /** common.Envelope bytes of type CONFIG_UPDATE; undefined in a genesis block. */
  readonly lastUpdate: Uint8Array | undefined;
}

/** common.ConfigSignature: over signature header ‖ config update. */
const configSignature = message('common.ConfigSignature', {
  /** common.SignatureHeader bytes. */
  signatureHeader: bytes(1),
  signature: bytes(2),
});

/** common.ConfigUpdateEnvelope: an update and the administrators' signatures on it. */
const configUpdateEnvelope = message('common.ConfigUpdateEnvelope', {
  /** common.ConfigUpdate bytes. */
  configUpdate: bytes(1),
  signatures: list(2, configSignature),
});
export type ConfigUpdateEnvelope = MessageOf<typeof configUpdateEnvelope>;

/** @throws LedgerError MALFORMED_CONFIG, also when it holds no config. */
export function decodeConfigEnvelope(bytes: Uint8Array): ConfigEnvelope {
  return decoding('MALFORMED_CONFIG', { zh: '通道配置', en: 'config envelope' }, () => {
    const { config, lastUpdate } = configEnvelope.decode(bytes);
    if (config === undefined)
      throw malformedConfig({ zh: '信封中没有配置', en: 'a config envelope without a config' });
    return { config, lastUpdate };
  });
}

/** `common.ConfigEnvelope` bytes. */
export function encodeConfigEnvelope(envelope: ConfigEnvelope): Uint8Array {
  return configEnvelope.encode(envelope);
}

/** @throws LedgerError MALFORMED_CONFIG */
export function decodeConfigUpdateEnvelope(bytes: Uint8Array): ConfigUpdateEnvelope {
  return decoding('MALFORMED_CONFIG', { zh: '通道配置更新', en: 'config update envelope' }, () =>
    configUpdateEnvelope.decode(bytes),
  );
}

/** `common.ConfigUpdateEnvelope` bytes. */
export function encodeConfigUpdateEnvelope(envelope: ConfigUpdateEnvelope): Uint8Array {
  return configUpdateEnvelope.encode(envelope);
}

/** The bytes that a config signature covers. */
export function configSignatureMessage(
  signatureHeader: Uint8Array,
  configUpdate: Uint8Array,
): Uint8Array {
  return concat([signatureHeader, configUpdate]);
}

/** Each signature of a config update with its signer and signed bytes. @throws LedgerError MALFORMED_BYTES */
export function configUpdateSignatures(envelope: ConfigUpdateEnvelope): readonly {
  readonly identity: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}[] {
  return envelope.signatures.map(({ signatureHeader, signature }) => ({
    identity: decodeSignatureHeader(signatureHeader).creator,
    message: configSignatureMessage(signatureHeader, envelope.configUpdate),
    signature,
  }));
}

/** Decodes an envelope that must have the given type; returns its data and channel. @throws LedgerError MALFORMED_CONFIG */
export function openEnvelope(
  envelope: Uint8Array,
  type: number,
): { readonly data: Uint8Array; readonly channelId: string } {
  return decoding('MALFORMED_CONFIG', { zh: '通道配置交易', en: 'config transaction' }, () => {
    const { headers, data } = decodePayload(decodeEnvelope(envelope).payload);
    if (headers === undefined)
      throw malformedConfig({ zh: '信封没有消息头', en: 'an envelope without a header' });
    const channelHeader = decodeChannelHeader(headers.channelHeader);
    if (channelHeader.type !== type) {
      throw malformedConfig({
        zh: `信封类型为 ${channelHeader.type}，应为 ${type}`,
        en: `an envelope of type ${channelHeader.type}, not ${type}`,
      });
    }
    return { data, channelId: channelHeader.channelId };
  });
}
