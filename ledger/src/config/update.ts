import { bytesTag, decoding, readFields } from '../wire/fields.js';
import { decodeGroup, type ConfigGroup } from './tree.js';

/** An absent set reads as undefined. @throws LedgerError MALFORMED_CONFIG */
export function decodeConfigUpdate(bytes: Uint8Array): {
  channelId: string;
  readSet: ConfigGroup | undefined;
  writeSet: ConfigGroup | undefined;
} {
  return decoding('MALFORMED_CONFIG', 'config update', () => {
    const read: { id: string; reads: Uint8Array | undefined; writes: Uint8Array | undefined } = {
      id: '',
      reads: undefined,
      writes: undefined,
    };
    readFields(bytes, 'common.ConfigUpdate', {
      [bytesTag(1)]: (reader) => {
        read.id = reader.string();
      },
      [bytesTag(2)]: (reader) => {
        read.reads = reader.message(read.reads);
      },
      [bytesTag(3)]: (reader) => {
        read.writes = reader.message(read.writes);
      },
    });
    return {
      channelId: read.id,
      readSet: read.reads && decodeGroup(read.reads),
      writeSet: read.writes && decodeGroup(read.writes),
    };
  });
}
