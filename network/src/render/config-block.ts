import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { claimedConfigs, parseBlock, parseConfigBlock, type ChannelConfig } from '@yici/ledger';
import { readGiven } from '@yici/terminal';
import { NetworkError } from '../errors.js';

/**
 * The config that a config block has, or that was in force at any other block: then, as for the newest block of a folder, its file is
 * looked for where `blocks export` writes it.
 * @throws NetworkError DATA_FOLDER_UNUSABLE, LedgerError MALFORMED_BLOCK, MALFORMED_CONFIG
 */
export function configIn(path: string): ChannelConfig {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const file = isFolder ? newestIn(path) : path;
  const block = parseBlock(bytesOf(file));
  const [inForce = block.number] = claimedConfigs(block);
  if (inForce === block.number) return parseConfigBlock(block);
  return parseConfigBlock(bytesOf(join(dirname(file), `${inForce}.block`)));
}

function newestIn(folder: string): string {
  const numbers = readdirSync(folder).flatMap((name) => /^(\d+)\.block$/.exec(name)?.[1] ?? []);
  return join(folder, `${Math.max(0, ...numbers.map(Number))}.block`);
}

const bytesOf = (file: string): Uint8Array =>
  readGiven(file, ({ zh, en }, cause) => {
    const words = { zh: `${zh}。`, en: `${en}.` };
    return new NetworkError('DATA_FOLDER_UNUSABLE', words, { details: { file }, cause });
  });
