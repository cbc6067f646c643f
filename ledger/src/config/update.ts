import { decoding } from '../wire/decoding.js';
import { encoded, message, string } from '../wire/message.js';
import { decodeGroup, type ConfigGroup } from './tree.js';

const configUpdate = message('common.ConfigUpdate', {
  channelId: string(1),
  readSet: encoded(2),
  writeSet: encoded(3),
});

/** An absent set reads as undefined. @throws LedgerError MALFORMED_CONFIG */
export function decodeConfigUpdate(bytes: Uint8Array): {
  channelId: string;
  readSet: ConfigGroup | undefined;
  writeSet: ConfigGroup | undefined;
} {
  return decoding('MALFORMED_CONFIG', 'config update', () => {
    const { channelId, readSet, writeSet } = configUpdate.decode(bytes);
    return {
      channelId,
      readSet: readSet && decodeGroup(readSet),
      writeSet: writeSet && decodeGroup(writeSet),
    };
  });
}
