import { decoding } from '../wire/decoding.js';
import { encoded, message, string } from '../wire/message.js';
import { decodeGroup, encodeGroup, type ConfigGroup } from './tree.js';

const configUpdate = message('common.ConfigUpdate', {
  channelId: string(1),
  readSet: encoded(2),
  writeSet: encoded(3),
});

/** common.ConfigUpdate: what must still be as it was, and what it becomes. */
export interface ConfigUpdate {
  readonly channelId: string;
  readonly readSet: ConfigGroup;
  readonly writeSet: ConfigGroup;
}

/** `common.ConfigUpdate` bytes, which administrators sign. */
export function encodeConfigUpdate({ channelId, readSet, writeSet }: ConfigUpdate): Uint8Array {
  return configUpdate.encode({
    channelId,
    readSet: encodeGroup(readSet),
    writeSet: encodeGroup(writeSet),
  });
}

/** An absent set reads as undefined. @throws LedgerError MALFORMED_CONFIG */
export function decodeConfigUpdate(bytes: Uint8Array): {
  channelId: string;
  readSet: ConfigGroup | undefined;
  writeSet: ConfigGroup | undefined;
} {
  return decoding('MALFORMED_CONFIG', { zh: '通道配置更新', en: 'config update' }, () => {
    const { channelId, readSet, writeSet } = configUpdate.decode(bytes);
    return {
      channelId,
      readSet: readSet && decodeGroup(readSet),
      writeSet: writeSet && decodeGroup(writeSet),
    };
  });
}
