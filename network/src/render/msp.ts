import { readFileSync } from 'node:fs';
import { parseConfigBlock, type ChannelConfig } from '@yici/ledger';
import { NetworkError } from '../errors.js';

/** @throws NetworkError DATA_FOLDER_UNUSABLE, LedgerError MALFORMED_CONFIG when it is no config block */
export function configIn(file: string): ChannelConfig {
  return parseConfigBlock(bytesOf(file));
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    const message = { zh: `${file} 无法读取。`, en: `${file} cannot be read.` };
    throw new NetworkError('DATA_FOLDER_UNUSABLE', message, { details: { file }, cause });
  }
}
