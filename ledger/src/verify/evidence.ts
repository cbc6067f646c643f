import { transactionsFilter } from '../block/commit.js';
import { headerHash } from '../block/header.js';
import type { ChannelConfig } from '../config/channel.js';
import { endorsementParts } from '../envelope/response.js';
import type { Endorsement } from '../envelope/transaction.js';
import {
  identify,
  verifiedSignersAsync,
  type ChannelSigner,
  type Verify,
} from '../policy/signers.js';
import { validationCode, validationCodeName } from '../validate/codes.js';
import { checkCreator } from '../validate/creator.js';
import type { Finding } from '../validate/model.js';
import { identityOf } from '../validate/syntax.js';
import { readTransaction, type Reading } from '../validate/transaction.js';
import { conflictingKey } from './conflict.js';
import type { CheckedBlock } from './pinned-chain.js';

/** Path of the application's endorsement policy in a channel config. */
export const ENDORSEMENT_POLICY = '/Channel/Application/Endorsement';

/** How the validation code of a transaction is established; orderers do not sign it. */
export type CodeBasis =
  /** It follows from signed bytes alone. */
  | 'recomputed'
  /** The signed bytes do not contradict it; it rests on the word of the peer that stored the block. */
  | 'asserted'
  /** The signed bytes contradict it. */
  | 'contradicted';

/** What a verified block shows about one of its transactions. */
export interface TransactionEvidence {
  readonly txId: string;
  readonly position: number;
  /** How many transactions the block holds. */
  readonly count: number;
  readonly reading: Reading;
  /** As written by the peer into the block metadata; undefined when there is none. */
  readonly code: number | undefined;
  readonly basis: CodeBasis;
  /** A sentence: what the basis is. */
  readonly reason: string;
  /** MSP ids of peers with valid endorsements, without duplicates, sorted. */
  readonly endorsers: readonly string[];
  /** Whether they satisfy the channel's endorsement policy; a key may have another one. */
  readonly endorsed: boolean;
}

/** Peers of members among those who endorsed, and what is wrong with the others. */
interface EndorsementCheck {
  readonly peers: readonly ChannelSigner[];
  readonly refused: readonly string[];
}

/** Checks each endorsement against the channel's MSPs: a valid signature of a member's peer. */
export async function checkEndorsements(
  config: ChannelConfig,
  responsePayload: Uint8Array,
  endorsements: readonly Endorsement[],
  verify: Verify,
): Promise<EndorsementCheck> {
  const items = endorsements.map(({ endorser, signature }) => ({
    identity: endorser,
    message: endorsementParts(responsePayload, endorser),
    signature,
  }));
  const signers = await verifiedSignersAsync(config, items, verify);
  const peers = signers.filter(({ identity }) => mayEndorse(identity.role));
  const refused = endorsements.flatMap(({ endorser }) => {
    const verdict = identify(config, endorser);
    if (!verdict.valid) return [`an endorser is no member: ${verdict.detail}`];
    const { certificate, id, role } = verdict.identity;
    if (!mayEndorse(role)) return [`${certificate.subject} is no peer`];
    const holds = peers.some(({ identity }) => identity.id === id);
    return holds ? [] : [`the signature of ${certificate.subject} does not hold`];
  });
  return { peers, refused };
}

/** Where an MSP does not distinguish roles, every member counts. */
const mayEndorse = (role: string | undefined): boolean => role === undefined || role === 'peer';

/** What the block shows about a transaction; undefined when it does not contain it. */
export async function evidenceOf(
  checked: CheckedBlock,
  txId: string,
  verify: Verify,
): Promise<TransactionEvidence | undefined> {
  const { envelopes } = checked.block;
  const position = envelopes.findIndex((bytes) => identityOf(bytes).txId === txId);
  const bytes = envelopes[position];
  if (bytes === undefined) return undefined;
  const reading = readTransaction(bytes);
  const code = transactionsFilter(checked.block)?.[position];
  const { refused, peers } = await signatures(reading, checked.config, verify);
  const overtaking =
    refused === undefined ? await conflictIn(checked, reading, position, verify) : undefined;
  const policy = checked.config.policy(ENDORSEMENT_POLICY);
  return {
    ...{ txId, position, count: envelopes.length, reading, code },
    ...basisOf(code, refused, overtaking),
    endorsers: [...new Set(peers.map(({ identity }) => identity.mspId))].sort(),
    endorsed: policy?.evaluate(peers).satisfied === true,
  };
}

/**
 * The transaction that caused the conflict of a transaction marked invalid for one: a valid transaction, endorsed by peers of
 * members, that changed what was read. It is searched in the previous blocks, oldest first, and then in the same block.
 * Undefined when none is found: the conflict is then not proven. Also undefined when the blocks are not consecutive and
 * directly before, or contain the transaction itself: an envelope submitted twice took effect the first time.
 */
export async function findConflictCause(
  checked: CheckedBlock,
  witness: TransactionEvidence,
  before: readonly CheckedBlock[],
  verify: Verify,
): Promise<string | undefined> {
  const chain = [...before].sort((one, other) => Number(one.block.number - other.block.number));
  if (!isChain([...chain, checked]) || chain.some(holding(witness.txId))) return undefined;
  for (const block of chain) {
    const all = block.block.envelopes.length;
    const found = await conflictIn(block, witness.reading, all, verify, false);
    if (found !== undefined) return found;
  }
  return conflictIn(checked, witness.reading, witness.position, verify);
}

const isChain = (blocks: readonly CheckedBlock[]): boolean =>
  blocks.every(({ block }, index) => {
    const next = blocks[index + 1]?.block.previousHash;
    return next === undefined || Buffer.compare(next, headerHash(block)) === 0;
  });

const holding =
  (txId: string) =>
  ({ block }: CheckedBlock): boolean =>
    block.envelopes.some((bytes) => identityOf(bytes).txId === txId);

interface Signatures {
  /** The objection that bytes, creator or creator's signature raise against the transaction. */
  readonly refused: Finding | undefined;
  readonly peers: readonly ChannelSigner[];
}

async function signatures(
  reading: Reading,
  config: ChannelConfig,
  verify: Verify,
): Promise<Signatures> {
  if (reading.kind === 'refused') return { refused: reading.finding, peers: [] };
  const badCreator = await checkCreator(reading.submission, config, verify);
  if (badCreator !== undefined) return { refused: badCreator, peers: [] };
  if (reading.kind === 'unusable') return { refused: reading.finding, peers: [] };
  if (reading.kind === 'config') return { refused: undefined, peers: [] };
  const { responsePayload, endorsements } = reading.action;
  const { peers } = await checkEndorsements(config, responsePayload, endorsements, verify);
  return { refused: undefined, peers };
}

/** The valid transaction, before a position in a block, that changed what this one had read: its id and the key. */
async function conflictIn(
  { block, config }: CheckedBlock,
  reading: Reading,
  position: number,
  verify: Verify,
  sameBlock = true,
): Promise<string | undefined> {
  if (reading.kind !== 'endorsed') return undefined;
  const codes = transactionsFilter(block);
  for (const [tx, bytes] of block.envelopes.slice(0, position).entries()) {
    if (codes?.[tx] !== validationCode.VALID) continue;
    const other = readTransaction(bytes);
    if (other.kind !== 'endorsed') continue;
    const at = { block: block.number, tx };
    const key = conflictingKey(reading.effects.rwset, other.effects.rwset, at, sameBlock);
    if (key === undefined) continue;
    const { refused, peers } = await signatures(other, config, verify);
    if (refused === undefined && peers.length > 0) {
      return `${identityOf(bytes).txId} changed ${key} before it`;
    }
  }
  return undefined;
}

/** Codes that depend on the state before the block or on other transactions of the ledger. */
const byState: readonly number[] = [
  validationCode.VALID,
  validationCode.DUPLICATE_TXID,
  validationCode.ENDORSEMENT_POLICY_FAILURE,
  validationCode.MVCC_READ_CONFLICT,
  validationCode.PHANTOM_READ_CONFLICT,
  validationCode.EXPIRED_CHAINCODE,
  validationCode.INVALID_CHAINCODE,
  validationCode.INVALID_OTHER_REASON,
];

const conflicts: readonly number[] = [
  validationCode.MVCC_READ_CONFLICT,
  validationCode.PHANTOM_READ_CONFLICT,
];

/** Whether a code means that data read by the transaction had changed. */
export const isConflictCode = (code: number | undefined): boolean =>
  code !== undefined && conflicts.includes(code);

function basisOf(
  code: number | undefined,
  refused: Finding | undefined,
  overtaking: string | undefined,
): { readonly basis: CodeBasis; readonly reason: string } {
  if (code === undefined) return { basis: 'contradicted', reason: 'the block has no codes' };
  const contradicted = (reason: string) => ({ basis: 'contradicted', reason }) as const;
  if (refused !== undefined) {
    if (refused.code === code) return { basis: 'recomputed', reason: refused.reason };
    return contradicted(`by the rules ${validationCodeName(refused.code)}: ${refused.reason}`);
  }
  if (!byState.includes(code)) return contradicted('its bytes and signatures are in order');
  if (overtaking === undefined) {
    return { basis: 'asserted', reason: 'its signatures hold; the rest is the word of the peer' };
  }
  if (conflicts.includes(code)) return { basis: 'recomputed', reason: overtaking };
  return code === validationCode.VALID
    ? contradicted(overtaking)
    : { basis: 'asserted', reason: overtaking };
}
