import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** File names as written by `yici-network blocks export`; more digits would not be exact in JSON. */
const blockFile = /^(0|[1-9][0-9]{0,14})\.block$/;

/** A folder of `<number>.block` files, each the raw `common.Block`. */
export interface BlockFolder {
  /** Ascending. */
  readonly numbers: readonly bigint[];
  /** Other file names in the folder. */
  readonly others: readonly string[];
  /** Rejects with the file system's error. */
  read(number: bigint): Promise<Uint8Array>;
}

/** Lists a folder of blocks; rejects with the file system's error. */
export async function openBlockFolder(folder: string): Promise<BlockFolder> {
  const names = await readdir(folder);
  const numbers = names.flatMap((name) => {
    const digits = blockFile.exec(name)?.[1];
    return digits === undefined ? [] : [BigInt(digits)];
  });
  return {
    numbers: numbers.sort((left, right) => (left < right ? -1 : 1)),
    others: names.filter((name) => !blockFile.test(name)),
    read: (number) => readFile(join(folder, `${number}.block`)),
  };
}
