import { headerHash, parseBlock, parseEnvelope } from '@yici/ledger';

/** What an audit run was over, beside what it came to. */
export interface RunFacts {
  /** The channel that the first readable block says; undefined when none does. */
  readonly channel: string | undefined;
  /** First and last number looked at; undefined without a block. */
  readonly range: { readonly from: bigint; readonly to: bigint } | undefined;
  /** Blocks that were looked at. */
  readonly blocks: number;
  /** Signatures that were computed. */
  readonly signatures: number;
  /** SHA-256 of the last block's header, hex; undefined when it is unreadable. */
  readonly headerHash: string | undefined;
}

/** Notes of the blocks that a verifier is handed which chain they are of. */
export class SeenChain {
  #channel: string | undefined;
  #range: RunFacts['range'];
  #blocks = 0;
  #last: Uint8Array | undefined;

  /** The next block, ascending; no bytes when its file cannot be read. */
  add(number: bigint, bytes: Uint8Array | undefined): void {
    this.#range = { from: this.#range?.from ?? number, to: number };
    this.#blocks += 1;
    this.#last = bytes;
    if (bytes !== undefined) this.#channel ??= readable(() => channelOf(bytes));
  }

  facts(signatures: number): RunFacts {
    const last = this.#last;
    return {
      ...{ channel: this.#channel, range: this.#range, blocks: this.#blocks, signatures },
      headerHash: last === undefined ? undefined : readable(() => hashOf(last)),
    };
  }
}

/** Bytes that are no block say nothing here: that is a finding of the verifier. */
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
