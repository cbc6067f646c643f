import {
  decodeIdentity,
  decodeTxWrites,
  endorsersIn,
  headerHash,
  headerType,
  parseBlock,
  parseEnvelope,
  timestampToDate,
  transactionEffects,
  transactionsFilter,
  type ParsedEnvelope,
  type TransactionEffects,
  type TxRwSet,
} from '@yici/ledger';
import { GatewayError } from '../errors.js';
import { headerTypeName, validCode } from './validation-codes.js';

interface DecodedEvent {
  readonly name: string;
  readonly payload: string;
}

/** A transaction of a block, with the fields that the index needs. */
export interface DecodedTransaction {
  readonly index: number;
  readonly txId: string;
  readonly type: string;
  readonly code: number;
  readonly at: string | null;
  readonly creator: (NamedUser & { readonly mspId: string }) | null;
  readonly chaincode: string | null;
  readonly function: string | null;
  readonly event: DecodedEvent | undefined;
  /** Writes of a valid transaction; `changePublic` applies them to the state. */
  readonly writes: TxRwSet;
  /** For a valid transaction: the digests of documents named in its command. */
  readonly digests: readonly string[];
  /** For a valid transaction: MSP ids of the endorsing departments. */
  readonly endorsers: readonly string[];
}

export interface DecodedBlock {
  readonly number: number;
  readonly hash: string;
  readonly previousHash: string;
  readonly dataHash: string;
  readonly transactions: readonly DecodedTransaction[];
  /** Whether it is a valid config transaction. */
  readonly config: boolean;
}

/** A certificate's common name, and the role and section in it. */
export interface NamedUser {
  readonly user: string;
  readonly role: string | null;
  readonly section: string | null;
}

/** Who a certificate names, with a cache provided by the caller. */
export type UserNames = (certificate: Uint8Array) => NamedUser;

/** A view: `Buffer.from` would copy the bytes. */
const buffer = ({ buffer, byteOffset, length }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, length);
const hex = (bytes: Uint8Array): string => buffer(bytes).toString('hex');
export const textOf = (bytes: Uint8Array): string => buffer(bytes).toString('utf8');

/**
 * Decodes a committed block with its validation codes. A malformed invalid transaction still gives a row.
 * @throws GatewayError BLOCK_UNREADABLE when the block, or a transaction marked valid, cannot be decoded.
 */
export function decodeBlock(bytes: Uint8Array, userName: UserNames): DecodedBlock {
  try {
    const block = parseBlock(bytes);
    // A genesis block may have no codes; its single transaction is valid by definition.
    const codes = transactionsFilter(block);
    const transactions = block.envelopes.map((envelope, index) =>
      decodeTransaction(envelope, index, codes?.[index] ?? validCode, userName),
    );
    return {
      number: Number(block.number),
      hash: hex(headerHash(block)),
      previousHash: hex(block.previousHash),
      dataHash: hex(block.dataHash),
      transactions,
      config: transactions.some((one) => one.type === 'CONFIG' && one.code === validCode),
    };
  } catch (cause) {
    throw new GatewayError('BLOCK_UNREADABLE', 'The peer delivered a block that cannot be read.', {
      cause,
    });
  }
}

function decodeTransaction(
  bytes: Uint8Array,
  index: number,
  code: number,
  userName: UserNames,
): DecodedTransaction {
  try {
    const envelope = parseEnvelope(bytes);
    const { type } = envelope.channelHeader;
    const effects =
      type === headerType.endorserTransaction ? transactionEffects(envelope.data) : undefined;
    return describe(envelope, index, code, effects, userName);
  } catch (error) {
    if (code === validCode) throw error;
    return { ...unreadable, index, code };
  }
}

type Committed = Pick<DecodedTransaction, 'writes' | 'digests' | 'endorsers'>;
const nothing: Committed = { writes: [], digests: [], endorsers: [] };

const unreadable = {
  txId: '',
  type: 'UNKNOWN',
  at: null,
  creator: null,
  chaincode: null,
  function: null,
  event: undefined,
  ...nothing,
};

/** Field by field: this runs for every transaction, and spreads cost as much as the decoding. */
function describe(
  { channelHeader, signatureHeader }: ParsedEnvelope,
  index: number,
  code: number,
  effects: TransactionEffects | undefined,
  userName: UserNames,
): DecodedTransaction {
  const name = effects?.args[0];
  const counted = code === validCode ? effects : undefined;
  const valid = counted === undefined ? nothing : committed(counted);
  return {
    index,
    txId: channelHeader.txId,
    type: headerTypeName(channelHeader.type),
    code,
    at: channelHeader.timestamp ? timestampToDate(channelHeader.timestamp).toISOString() : null,
    creator: creatorOf(signatureHeader.creator, userName),
    chaincode: effects?.chaincode ?? null,
    function: name === undefined ? null : textOf(name),
    event: counted?.event && {
      name: counted.event.eventName,
      payload: textOf(counted.event.payload),
    },
    writes: valid.writes,
    digests: valid.digests,
    endorsers: valid.endorsers,
  };
}

/** Fields needed for valid transactions only. */
const committed = (effects: TransactionEffects): Committed => ({
  writes: decodeTxWrites(effects.results),
  digests: digestsIn(effects.args[1]),
  endorsers: endorsersIn(effects),
});

/**
 * The digests in a command's JSON, at any depth. Quotes inside a text are escaped, so a match can only be a member of
 * an object. Differently formatted commands give none.
 */
function digestsIn(input: Uint8Array | undefined): readonly string[] {
  return input === undefined ? none : digestsInText(textOf(input));
}

/** The digests in a text of JSON, each once. */
export function digestsInText(text: string): readonly string[] {
  const found = [...text.matchAll(digestInText)];
  return found.length === 0 ? none : [...new Set(found.map(([, digest = '']) => digest))];
}

const none: readonly string[] = [];
const digestInText = /[{,]\s*"digest"\s*:\s*"([0-9a-f]{64})"/g;

/** A genesis block's creator may be empty. */
function creatorOf(creator: Uint8Array, userName: UserNames): DecodedTransaction['creator'] {
  if (creator.length === 0) return null;
  const { mspId, certificate } = decodeIdentity(creator);
  return { mspId, ...userName(certificate) };
}
