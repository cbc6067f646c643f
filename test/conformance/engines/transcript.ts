import assert from 'node:assert/strict';
import {
  LIFECYCLE_NAMESPACE,
  decodeTxRwSet,
  encodeTxRwSet,
  parseBlock,
  parseEnvelope,
  parseTransaction,
  transactionsFilter,
  validationCodeName,
  type Version,
} from '@yici/ledger';

/** common.HeaderType.ENDORSER_TRANSACTION */
const endorserTransaction = 3;

/** What a peer committed, as far as two engines must agree on it. */
export interface Entry {
  readonly block: number;
  readonly code: string;
  readonly chaincode: string;
  readonly args: readonly string[];
  readonly response: { readonly status: number; readonly payload: string };
  readonly event: { readonly name: string; readonly payload: string } | undefined;
  /** TxReadWriteSet, hex. */
  readonly readWriteSet: string;
}

/** Every transaction of a block with the code that the peer wrote. */
export function entriesOf(bytes: Uint8Array): Entry[] {
  const block = parseBlock(bytes);
  const codes = transactionsFilter(block) ?? new Uint8Array();
  return block.envelopes.flatMap((envelope, index) => {
    const { channelHeader, data } = parseEnvelope(envelope);
    if (channelHeader.type !== endorserTransaction) return [];
    const { chaincode, args, response, event, results } = parseTransaction(data);
    return [
      {
        block: Number(block.number),
        code: validationCodeName(codes[index] ?? 254),
        chaincode,
        args: args.map(text),
        response: { status: response.status, payload: text(response.payload) },
        event: event && { name: event.eventName, payload: text(event.payload) },
        readWriteSet: Buffer.from(sinceStart(results)).toString('hex'),
      },
    ];
  });
}

/**
 * TxReadWriteSet bytes in which only the height of the chaincode's definition, which every transaction reads, is another: how
 * many blocks a start takes before it is the engine's own affair.
 */
function sinceStart(bytes: Uint8Array): Uint8Array {
  const rwset = decodeTxRwSet(bytes);
  assert.deepEqual(encodeTxRwSet(rwset), bytes, 'these bytes are told by what they decode to');
  return encodeTxRwSet(
    rwset.map((each) =>
      each.namespace === LIFECYCLE_NAMESPACE
        ? {
            ...each,
            reads: each.reads.map((read) => (read.version ? { ...read, version: defined } : read)),
          }
        : each,
    ),
  );
}

const defined: Version = { block: 1n, tx: 0 };

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/**
 * Puts names in the place of what is drawn anew in every run: transaction ids, and the hashes of case events, which cover
 * them. Each keeps its length, so everything else stays byte for byte where it was; the same value gets the same name.
 */
export class Renaming {
  readonly #names = new Map<string, string>();

  in(text: string): string {
    return text.replace(/[0-9a-f]{64}/g, (found) => {
      const known = this.#names.get(found) ?? `<${this.#names.size + 1}>`.padEnd(64, '.');
      this.#names.set(found, known);
      return known;
    });
  }

  /** The same in bytes given as hex. */
  inHex(hex: string): string {
    return Buffer.from(this.in(Buffer.from(hex, 'hex').toString('latin1')), 'latin1').toString(
      'hex',
    );
  }

  entry(entry: Entry): Entry {
    return {
      ...entry,
      response: { ...entry.response, payload: this.in(entry.response.payload) },
      event: entry.event && { ...entry.event, payload: this.in(entry.event.payload) },
      readWriteSet: this.inHex(entry.readWriteSet),
    };
  }
}
