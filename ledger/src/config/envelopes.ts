import { decodeEnvelope, decodePayload } from '../envelope/envelope.js';
import { decodeChannelHeader, decodeSignatureHeader } from '../envelope/headers.js';
import { concat, WireWriter } from '../wire/writer.js';
import { bytesTag, decoding, readFields } from '../wire/fields.js';
import { malformedConfig } from './organizations.js';

/** common.ConfigEnvelope: a config and the update that led to it. */
interface ConfigEnvelope {
  /** common.Config bytes. */
  readonly config: Uint8Array;
  /** common.Envelope bytes of type CONFIG_UPDATE; undefined in a genesis block. */
  readonly lastUpdate: Uint8Array | undefined;
}

/** common.ConfigUpdateEnvelope: an update and the administrators' signatures on it. */
export interface ConfigUpdateEnvelope {
  /** common.ConfigUpdate bytes. */
  readonly configUpdate: Uint8Array;
  readonly signatures: readonly ConfigSignature[];
}

/** common.ConfigSignature: over signature header ‖ config update. */
interface ConfigSignature {
  /** common.SignatureHeader bytes. */
  readonly signatureHeader: Uint8Array;
  readonly signature: Uint8Array;
}

/** @throws LedgerError MALFORMED_CONFIG, also when it holds no config. */
export function decodeConfigEnvelope(bytes: Uint8Array): ConfigEnvelope {
  return decoding('MALFORMED_CONFIG', 'config envelope', () => {
    const read: { config: Uint8Array | undefined; lastUpdate: Uint8Array | undefined } = {
      config: undefined,
      lastUpdate: undefined,
    };
    readFields(bytes, 'common.ConfigEnvelope', {
      [bytesTag(1)]: (reader) => {
        read.config = reader.message(read.config);
      },
      [bytesTag(2)]: (reader) => {
        read.lastUpdate = reader.message(read.lastUpdate);
      },
    });
    if (read.config === undefined) throw malformedConfig('a config envelope without a config');
    return { config: read.config, lastUpdate: read.lastUpdate };
  });
}

/** `common.ConfigEnvelope` bytes. */
export function encodeConfigEnvelope(envelope: ConfigEnvelope): Uint8Array {
  return new WireWriter().message(1, envelope.config).message(2, envelope.lastUpdate).finish();
}

/** @throws LedgerError MALFORMED_CONFIG */
export function decodeConfigUpdateEnvelope(bytes: Uint8Array): ConfigUpdateEnvelope {
  return decoding('MALFORMED_CONFIG', 'config update envelope', () => {
    const signatures: ConfigSignature[] = [];
    let configUpdate: Uint8Array = new Uint8Array(0);
    readFields(bytes, 'common.ConfigUpdateEnvelope', {
      [bytesTag(1)]: (reader) => {
        configUpdate = reader.bytes();
      },
      [bytesTag(2)]: (reader) => {
        signatures.push(decodeConfigSignature(reader.bytes()));
      },
    });
    return { configUpdate, signatures };
  });
}

function decodeConfigSignature(bytes: Uint8Array): ConfigSignature {
  const none: Uint8Array = new Uint8Array(0);
  const read = { signatureHeader: none, signature: none };
  readFields(bytes, 'common.ConfigSignature', {
    [bytesTag(1)]: (reader) => {
      read.signatureHeader = reader.bytes();
    },
    [bytesTag(2)]: (reader) => {
      read.signature = reader.bytes();
    },
  });
  return read;
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
  return decoding('MALFORMED_CONFIG', 'config transaction', () => {
    const { headers, data } = decodePayload(decodeEnvelope(envelope).payload);
    if (headers === undefined) throw malformedConfig('an envelope without a header');
    const channelHeader = decodeChannelHeader(headers.channelHeader);
    if (channelHeader.type !== type) {
      throw malformedConfig(`an envelope of type ${channelHeader.type}, not ${type}`);
    }
    return { data, channelId: channelHeader.channelId };
  });
}
