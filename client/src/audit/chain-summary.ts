import { headerHash, parseBlock, parseEnvelope } from '@yici/ledger';

/** The scope of a run; the hash, hex, is of the last block's header. What is undefined no readable block gave. */
export type AuditScope = ReturnType<ChainSummary['facts']>;

/** Collects, from the blocks passed to a verifier, which chain they belong to. */
export class ChainSummary {
  #channel: string | undefined;
  #range: { readonly from: bigint; readonly to: bigint } | undefined;
  #blocks = 0;
  #last: Uint8Array | undefined;

  /** Adds the next block, ascending; without bytes when its file cannot be read. */
  add(number: bigint, bytes: Uint8Array | undefined): void {
    this.#range = { from: this.#range?.from ?? number, to: number };
    this.#blocks += 1;
    this.#last = bytes;
    if (bytes !== undefined) this.#channel ??= readable(() => channelOf(bytes));
  }

  facts(signatures: number) {
    const last = this.#last;
    return {
      ...{ channel: this.#channel, range: this.#range, blocks: this.#blocks, signatures },
      headerHash: last === undefined ? undefined : readable(() => hashOf(last)),
    };
  }
}

/** Malformed blocks are ignored here: the verifier reports them. */
function readable(read: () => string | undefined): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function channelOf(bytes: Uint8Array): string | undefined {
  const [first] = parseBlock(bytes).envelopes;
  return first === undefined ? undefined : parseEnvelope(first).channelHeader.channelId;
}

const hashOf = (bytes: Uint8Array): string =>
  Buffer.from(headerHash(parseBlock(bytes))).toString('hex');
