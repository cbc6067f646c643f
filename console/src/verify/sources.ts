import type { YiciClient } from '@yici/client/web';
import type { GivenBlock } from './messages.js';

/** Where blocks come from. Nothing that it says is believed but the bytes. */
export interface BlockSource {
  /** How many blocks there are said to be: for the progress alone. */
  readonly count: () => Promise<number>;
  /** The next blocks, the first of them with this number or the lowest above it; none at the end. */
  readonly read: (from: number) => Promise<readonly GivenBlock[]>;
}

/** The gateway, range by range. */
export function gatewaySource(client: YiciClient): BlockSource {
  return {
    count: async () => (await client.read('network.get', {})).height,
    read: async (from) => {
      const blocks = await client.wholeBlocks(from);
      return blocks.map((bytes, index) => ({ number: from + index, bytes }));
    },
  };
}

/** Files read at once: the page holds no more of them. */
const filesAtOnce = 64;

/** Files as `yici-network blocks export` writes them, `<number>.block`; others are ignored, as by the command. */
export function fileSource(files: readonly File[]): BlockSource & { readonly blocks: number } {
  const blocks = files
    .flatMap((file) => {
      const digits = /^(0|[1-9][0-9]{0,14})\.block$/.exec(file.name)?.[1];
      return digits === undefined ? [] : [{ number: Number(digits), file }];
    })
    .sort((one, other) => one.number - other.number);
  return {
    blocks: blocks.length,
    count: () => Promise.resolve((blocks.at(-1)?.number ?? -1) + 1),
    read: (from) => {
      const begin = blocks.findIndex(({ number }) => number >= from);
      const next = begin < 0 ? [] : blocks.slice(begin, begin + filesAtOnce);
      return Promise.all(
        next.map(async ({ number, file }) => ({
          number,
          bytes: new Uint8Array(await file.arrayBuffer()),
        })),
      );
    },
  };
}
