import {
  decodeIdentity,
  isDeleteWrite,
  parseBlock,
  parseCertificate,
  parseTransaction,
  readTransaction,
  type NamespaceRwSet,
} from '@yici/client/web';

/** Somebody whose certificate signed. */
export interface Signer {
  readonly mspId: string;
  readonly name: string;
  readonly until: Date;
}

export interface ReadRow {
  readonly key: string;
  /** `block-transaction` that wrote what was read; empty when there was no such key. */
  readonly version: string;
}

export interface WriteRow {
  readonly key: string;
  /** JSON as it is on the ledger, or hexadecimal digits; empty for a deletion. */
  readonly value: string;
  readonly isDelete: boolean;
}

export interface NamespaceRows {
  readonly name: string;
  readonly reads: readonly ReadRow[];
  /** From key to key. */
  readonly ranges: readonly string[];
  readonly writes: readonly WriteRow[];
  /** Keys whose policy is set. */
  readonly policies: readonly string[];
  /** Private collections by name, with the number of hashed reads and writes: their values are in no block. */
  readonly collections: readonly {
    readonly name: string;
    readonly reads: number;
    readonly writes: number;
  }[];
}

/** What a transaction's bytes say. */
export interface DecodedTransaction {
  readonly creator: Signer | undefined;
  readonly chaincode: string;
  readonly args: readonly string[];
  readonly endorsers: readonly Signer[];
  readonly namespaces: readonly NamespaceRows[];
  readonly event: { readonly name: string; readonly payload: string } | undefined;
  /** Why Fabric's rules refuse its form; undefined when they do not. */
  readonly refusal: string | undefined;
}

/** @throws LedgerError MALFORMED_BYTES when the block is none */
export function decodeTransaction(block: Uint8Array, position: number): DecodedTransaction {
  const reading = readTransaction(parseBlock(block).envelopes[position] ?? new Uint8Array());
  if (reading.kind === 'refused') return { ...nothing, refusal: reading.finding.reason };
  const { submission } = reading;
  const creator = signerOf(submission.signatureHeader.creator);
  if (reading.kind === 'config') return { ...nothing, creator };
  if (reading.kind === 'unusable') return { ...nothing, creator, refusal: reading.finding.reason };
  const { chaincode, args, event } = parseTransaction(submission.data);
  return {
    ...{ creator, chaincode, args: args.map(textOf), refusal: undefined },
    endorsers: reading.action.endorsements.flatMap(({ endorser }) => signerOf(endorser) ?? []),
    namespaces: reading.effects.rwset.map(rowsOf),
    event: event && { name: event.eventName, payload: textOf(event.payload) },
  };
}

const nothing: DecodedTransaction = {
  ...{ creator: undefined, chaincode: '', args: [], endorsers: [], namespaces: [] },
  ...{ event: undefined, refusal: undefined },
};

function signerOf(identity: Uint8Array): Signer | undefined {
  try {
    const { mspId, certificate } = decodeIdentity(identity);
    const { commonName: name, notAfter: until } = parseCertificate(certificate);
    return { mspId, name, until };
  } catch {
    return undefined;
  }
}

function rowsOf({ namespace, ...rwset }: NamespaceRwSet): NamespaceRows {
  return {
    name: namespace,
    reads: rwset.reads.map(({ key, version }) => ({
      key: keyText(key),
      version: version === undefined ? '' : `${version.block}-${version.tx}`,
    })),
    ranges: rwset.rangeQueries.map(
      ({ startKey, endKey }) => `${keyText(startKey)} … ${keyText(endKey)}`,
    ),
    writes: rwset.writes.map((write) => ({
      key: keyText(write.key),
      value: textOf(write.value),
      isDelete: isDeleteWrite(write),
    })),
    policies: rwset.metadataWrites.map(({ key }) => keyText(key)),
    collections: rwset.collections.map(({ collection, reads, writes }) => ({
      ...{ name: collection, reads: reads.length, writes: writes.length },
    })),
  };
}

/** A composite key's parts (Fabric puts U+0000 before and behind them, U+10FFFF at the end of a range) side by side. */
const keyText = (key: string): string =>
  key
    .replaceAll('\u{10ffff}', '∞')
    .split('\0')
    .filter((part) => part !== '')
    .join(' / ');

/** Text where the bytes are text, else hexadecimal digits. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString('hex');
  }
}
