import { parseConfigBlock, type ChannelConfig } from '@yici/ledger';
import { readGiven } from '@yici/terminal';
import { NetworkError } from '../errors.js';

/** The config of a block's file. @throws NetworkError DATA_FOLDER_UNUSABLE, LedgerError MALFORMED_CONFIG when it is no config block */
export const configIn = (file: string): ChannelConfig =>
  parseConfigBlock(
    readGiven(file, ({ zh, en }, cause) => {
      const words = { zh: `${zh}。`, en: `${en}.` };
      return new NetworkError('DATA_FOLDER_UNUSABLE', words, { details: { file }, cause });
    }),
  );
