import {
  implicitCollection,
  keyKinds,
  readerRoles,
  valuesCollection,
  type CommandName,
} from '@yici/domain/model';
import {
  checkEndorsements,
  decodeTxRwSet,
  ENDORSEMENT_POLICY,
  headerType,
  newTransactionId,
  parseEnvelope,
  buildEnvelope,
  parseProposal,
  parseTransaction,
  proposalHash,
  transactionProposalHash,
  verifySignatureAsync,
  type ChannelConfig,
  type NamespaceRwSet,
  type ParsedTransaction,
  type TxRwSet,
} from '@yici/ledger';
import { isDeepStrictEqual } from 'node:util';
import { checkTime } from './check-time.js';
import { differencesToCommand, equal, failing, readToSign, refuseIf, type Asked } from './check.js';

/** The command that a transaction carries out. */
export interface ProposedCommand {
  readonly transactionId: string;
  readonly args: readonly Uint8Array[];
}

/** What a transaction is compared with before it is signed. */
interface Expected extends Asked {
  /** The proposal that was signed in this run; absent when an earlier run of the same command signed it. */
  readonly proposal?: Uint8Array | undefined;
  /** The contract's result as the gateway reports it; not compared when absent. */
  readonly result?: unknown;
  /** The channel's config, verified from the pinned genesis hash. */
  readonly config: ChannelConfig;
  /** The chaincode's endorsement policy (`peer.ApplicationPolicy` bytes); the channel's applies when absent. */
  readonly endorsement?: Uint8Array | undefined;
}

/**
 * Checks a transaction before it is signed:
 * - it carries the proposal that was signed; without one, a present proposal of the requested command by the same identity;
 * - it writes only to the chaincode's own namespace, and to private data collections only where the command may;
 * - every endorsement is valid and by a member's peer, and together they satisfy the endorsement policy.
 * @throws ClientError TRANSACTION_NOT_AS_PROPOSED; `details.differs` names each part that differs. TIME_NOT_NOW.
 */
export async function checkTransaction(
  bytes: Uint8Array,
  expected: Expected,
): Promise<ProposedCommand> {
  const parts = readToSign('TRANSACTION_NOT_AS_PROPOSED', () => read(bytes));
  const { transaction, headers, rwset, result } = parts;
  const { chaincode } = expected.network;
  refuseIf('TRANSACTION_NOT_AS_PROPOSED', [
    ...differencesToProposed(parts, expected),
    ...failing([
      [transaction.response.status === 200, 'response'],
      [transaction.chaincode === chaincode, 'chaincode'],
      [isOwnEvent(transaction, headers.channelHeader.txId), 'event'],
      [rwset.every((each) => each.namespace === chaincode || !writes(each)), 'writes'],
      [rwset.every((each) => mayWritePrivately(each, expected)), 'collections'],
      [await isEndorsedEnough(parts, expected), 'endorsements'],
      [expected.result === undefined || isDeepStrictEqual(result, expected.result), 'result'],
    ]),
  ]);
  if (expected.proposal === undefined) checkTime(headers, expected.now?.() ?? new Date());
  return { transactionId: headers.channelHeader.txId, args: transaction.args };
}

/** The contract's result, as the peers endorsed it; null when there is none. */
export function resultOf({ response }: Pick<ParsedTransaction, 'response'>): unknown {
  const text = new TextDecoder().decode(response.payload);
  return text === '' ? null : JSON.parse(text);
}

type Parts = ReturnType<typeof read>;

function read(bytes: Uint8Array) {
  // A payload without a header is refused here.
  const headers = parseEnvelope(buildEnvelope(bytes, new Uint8Array()));
  const transaction = parseTransaction(headers.data);
  const rwset = decodeTxRwSet(transaction.results);
  return { transaction, headers, rwset, result: resultOf(transaction) };
}

/** Whether every endorsement is valid and by a member's peer, and together they satisfy the policy. */
async function isEndorsedEnough(
  { transaction: { responsePayload, endorsements }, rwset }: Parts,
  expected: Expected,
): Promise<boolean> {
  const { config, endorsement } = expected;
  const { peers, refused } = await checkEndorsements(
    config,
    responsePayload,
    endorsements,
    verifySignatureAsync,
  );
  const policy =
    endorsement === undefined
      ? config.policy(ENDORSEMENT_POLICY)
      : config.applicationPolicy(endorsement);
  const departments = [...new Set(peers.map(({ identity }) => identity.mspId))];
  const enough =
    policy?.evaluate(peers).satisfied === true ||
    isByKeysAlone(rwset, departments.length) ||
    isOwnMove(rwset, departments, expected);
  return refused.length === 0 && enough;
}

const differencesToProposed = ({ headers, transaction }: Parts, expected: Expected): string[] =>
  expected.proposal === undefined
    ? differencesToAsked(headers, transaction, expected)
    : differencesToProposal(headers, transaction, expected.proposal);

/** Compares with the signed proposal: its headers, byte for byte, and its hash. */
function differencesToProposal(
  outer: Parts['headers'],
  transaction: ParsedTransaction,
  bytes: Uint8Array,
): string[] {
  const proposal = parseProposal(bytes);
  const { channelHeader, signatureHeader } = outer;
  return failing([
    [channelHeader.channelId === proposal.channel, 'channel'],
    [channelHeader.txId === proposal.transactionId, 'transactionId'],
    [equal(signatureHeader.creator, proposal.creator), 'creator'],
    [equal(outer.headers.channelHeader, proposal.headers.channelHeader), 'header'],
    [equal(outer.headers.signatureHeader, proposal.headers.signatureHeader), 'header'],
    ...proposalParts(outer, transaction, proposalHash(bytes)),
  ]);
}

/** Compares with the command itself, where the proposal is not at hand: the peers signed a hash over all that is compared. */
function differencesToAsked(
  outer: Parts['headers'],
  transaction: ParsedTransaction,
  asked: Asked,
): string[] {
  const { channelHeader, signatureHeader } = outer;
  const { creator, nonce } = signatureHeader;
  const given = { channel: channelHeader.channelId, creator, args: transaction.args };
  return [
    ...differencesToCommand(given, asked),
    ...failing([
      [channelHeader.type === headerType.endorserTransaction, 'type'],
      [channelHeader.txId === newTransactionId(creator, nonce), 'transactionId'],
      ...proposalParts(outer, transaction, transaction.proposalHash),
    ]),
  ];
}

/** A transaction holds its headers twice, and the peers' response holds the proposal's hash: all must agree. */
function proposalParts(
  { headers }: Parts['headers'],
  transaction: ParsedTransaction,
  hash: Uint8Array,
): (readonly [boolean, string])[] {
  const own = transactionProposalHash(headers.channelHeader, transaction);
  return [
    [equal(transaction.signatureHeader, headers.signatureHeader), 'header'],
    [own !== undefined && equal(own, hash), 'proposal'],
    [equal(transaction.proposalHash, hash), 'proposalHash'],
  ];
}

function isOwnEvent({ event, chaincode }: ParsedTransaction, txId: string): boolean {
  return event === undefined || (event.chaincodeId === chaincode && event.txId === txId);
}

const writes = (each: NamespaceRwSet): boolean =>
  each.writes.length > 0 ||
  each.metadataWrites.length > 0 ||
  each.collections.some((one) => one.writes.length > 0 || one.metadataWrites.length > 0);

/** Moves values that a department's own peers hold into the collections of its readers; no other peer has them. */
const ownMove: CommandName = 'sharing.moveValues';

/**
 * Whether the writes to private data collections are allowed: values only if the command was given private ones, or moves
 * the department's own; any sharing command may purge values.
 */
function mayWritePrivately(each: NamespaceRwSet, { command, identity, secret }: Expected): boolean {
  const written = each.collections.filter((one) => one.writes.length > 0);
  if (each.collections.some((one) => one.metadataWrites.length > 0)) return false;
  if (written.length === 0 || secret !== undefined) return true;
  if (command === ownMove) {
    const own = ownCollections(identity.mspId);
    return written.every(({ collection }) => own.includes(collection));
  }
  const purges = written.every((one) => one.writes.every((key) => key.isDelete || key.isPurge));
  return command.startsWith('sharing.') && purges;
}

const ownCollections = (mspId: string): string[] => [
  implicitCollection(mspId),
  ...readerRoles.map((role) => valuesCollection(mspId, role)),
];

/** Whether nothing public is written: a department's own collections need the endorsement of its own peers only. */
function isOwnMove(
  rwset: TxRwSet,
  departments: readonly string[],
  { command, identity }: Expected,
): boolean {
  return (
    command === ownMove &&
    departments.includes(identity.mspId) &&
    rwset.every((each) => each.writes.length === 0 && each.metadataWrites.length === 0)
  );
}

/** Key prefixes of records with a key-level endorsement policy: two departments must agree. */
const agreedByTwo = [keyKinds.matter, keyKinds.oneThing, keyKinds.shareGrant].map(
  ({ objectType }) => `\u0000${objectType}\u0000`,
);

/**
 * Where every written key has a key-level policy, Fabric does not apply the chaincode's. A client cannot read that policy, which
 * is part of the state: it requires at least two departments here, and the peers check the policy itself at the commit.
 */
function isByKeysAlone(rwset: TxRwSet, departments: number): boolean {
  const keys = rwset.flatMap((each) => [...each.writes, ...each.metadataWrites]);
  return (
    departments >= 2 &&
    keys.length > 0 &&
    keys.every(({ key }) => agreedByTwo.some((prefix) => key.startsWith(prefix)))
  );
}
