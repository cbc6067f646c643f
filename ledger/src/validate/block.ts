import type { ParsedBlock } from '../block/block.js';
import { parseConfigBlock } from '../config/block.js';
import { applyConfigEnvelope } from '../config/authorize.js';
import type { ChannelConfig } from '../config/channel.js';
import { verifySignature } from '../crypto/keys.js';
import { headerType } from '../envelope/headers.js';
import { newTransactionId } from '../envelope/proposal.js';
import { openEnvelope } from '../config/envelopes.js';
import { LedgerError } from '../errors.js';
import { MemoryState } from '../state/memory.js';
import type { StateReader } from '../state/model.js';
import { UpdateBatch } from '../state/update-batch.js';
import { validationCode } from './codes.js';
import { ruleSource } from './endorsement.js';
import { keyIdText, metadataKeys, type KeyId } from './key-policy.js';
import {
  finding,
  halting,
  messageOf,
  type BlockVerdict,
  type Finding,
  type TransactionVerdict,
  type ValidationContext,
} from './model.js';
import { checkReads } from './mvcc.js';
import { identityOf } from './syntax.js';
import { judge, readTransaction, type Judgement, type Reading } from './transaction.js';

/** State key of the channel config (core/peer/configtx_processor.go). */
export const CONFIG_KEY = 'CHANNEL_CONFIG_ENV_BYTES';
/** Application capabilities whose validation rules this module implements. */
const CAPABILITIES = ['V2_0', 'V2_5'];

/** One transaction during validation. */
interface Work {
  readonly position: number;
  readonly txId: string;
  readonly type: number;
  readonly reading: Reading;
  finding: Finding | undefined;
}

/**
 * Gives every transaction of a block the validation code that a Fabric 3.1.5 peer would write, with a reason, and the
 * state changes of the valid ones. Pure: it reads `context` and writes nothing. Signatures of a block are checked
 * concurrently when `context.verify` is asynchronous. Orderer signatures and block hashes are not checked.
 *
 * Block 0 is trusted: it is the starting point of the channel.
 * @param readings by position, the result of {@link readTransaction} for the same envelope; decoded here where absent.
 * @throws LedgerError MALFORMED_CONFIG when the application capabilities require validation rules older than V2_0, and
 * what {@link parseConfigBlock} throws for a block 0
 */
export async function validateBlock(
  block: ParsedBlock,
  context: ValidationContext,
  readings: readonly (Reading | undefined)[] = [],
): Promise<BlockVerdict> {
  if (block.number === 0n) return genesisVerdict(block);
  checkCapabilities(context.config);
  const works = block.envelopes.map((bytes, position) =>
    startWork(bytes, position, readings[position]),
  );
  await judgeAll(works, context);
  const config = applyConfig(works, context.config);
  markDuplicates(works);
  const batch = new UpdateBatch(context.state);
  await commitReads(works, block.number, context, batch);
  return { ...verdictOf(works), updates: batch.updates, config };
}

function startWork(bytes: Uint8Array, position: number, earlier: Reading | undefined): Work {
  const reading = earlier ?? readTransaction(bytes);
  if (reading.kind === 'refused') {
    return { position, ...identityOf(bytes), reading, finding: undefined };
  }
  const { channelHeader, signatureHeader } = reading.submission;
  const { type } = channelHeader;
  const txId =
    channelHeader.txId === ''
      ? newTransactionId(signatureHeader.creator, signatureHeader.nonce)
      : channelHeader.txId;
  return { position, txId, type, reading, finding: undefined };
}

function genesisVerdict(block: ParsedBlock): BlockVerdict {
  const config = parseConfigBlock(block);
  const transactions: TransactionVerdict[] = [];
  const batch = new UpdateBatch(NOTHING);
  block.envelopes.forEach((bytes, position) => {
    const { txId, type } = identityOf(bytes);
    const { data } = openEnvelope(bytes, headerType.config);
    batch.put('', CONFIG_KEY, data, { block: block.number, tx: position }, txId);
    transactions.push({ code: validationCode.VALID, reason: '', txId, type, rwset: undefined });
  });
  return { transactions, updates: batch.updates, config, halt: undefined };
}

/** The state before block 0. */
const NOTHING: StateReader = new MemoryState();

function checkCapabilities({ application }: ChannelConfig): void {
  if (CAPABILITIES.some((name) => application?.capabilities.has(name) === true)) return;
  const words = {
    zh: '应用能力级别早于 V2_0，不受支持',
    en: 'the application capabilities are older than V2_0',
  };
  const capabilities = [...(application?.capabilities ?? [])];
  throw new LedgerError('MALFORMED_CONFIG', words, { details: { capabilities } });
}

/** Starts judging all transactions at once; a transaction waits only for those that may change the policies of its keys. */
async function judgeAll(works: readonly Work[], context: ValidationContext): Promise<void> {
  const setters = metadataSetters(works);
  const judgements: Promise<Judgement>[] = [];
  const { config, state, verify = verifySignature } = context;
  const rules = ruleSource(config, state);
  for (const { reading, position } of works) {
    const changedEarlier = (key: KeyId): boolean | Promise<boolean> => {
      const earlier = (setters.get(keyIdText(key)) ?? []).filter((setter) => setter < position);
      return earlier.length > 0 && anyEndorsed(earlier, judgements, key.namespace);
    };
    judgements.push(judge(reading, { config, state, verify, rules, changedEarlier }));
  }
  for (const [position, judgement] of (await Promise.all(judgements)).entries()) {
    const work = works[position];
    if (work !== undefined) work.finding = judgement.finding;
  }
}

/** Positions of the transactions that set a key's metadata, by key. */
function metadataSetters(works: readonly Work[]): ReadonlyMap<string, readonly number[]> {
  const setters = new Map<string, number[]>();
  for (const { reading, position } of works) {
    if (reading.kind !== 'endorsed') continue;
    for (const key of metadataKeys(reading.effects.rwset)) {
      setters.set(key, [...(setters.get(key) ?? []), position]);
    }
  }
  return setters;
}

/**
 * Whether one of these transactions is validly endorsed in the namespace. Nothing else counts: even when it later fails
 * for its reads, Fabric refuses the later transaction (statebased/vpmanagerimpl.go).
 */
async function anyEndorsed(
  positions: readonly number[],
  judgements: readonly Promise<Judgement>[],
  namespace: string,
): Promise<boolean> {
  for (const position of positions) {
    if ((await judgements[position])?.endorsed.has(namespace) === true) return true;
  }
  return false;
}

/** Applies the config transactions; Fabric's peers stop at an invalid one. */
function applyConfig(works: readonly Work[], current: ChannelConfig): ChannelConfig | undefined {
  let config: ChannelConfig | undefined;
  for (const work of works) {
    if (work.reading.kind !== 'config' || work.finding !== undefined) continue;
    try {
      config = applyConfigEnvelope(config ?? current, work.reading.submission.data);
    } catch (error) {
      work.finding = halting('INVALID_CONFIG_TRANSACTION', messageOf(error));
    }
  }
  return config;
}

/** Of several transactions with one id that are valid so far, the first is kept. */
function markDuplicates(works: readonly Work[]): void {
  const seen = new Set<string>();
  for (const work of works) {
    if (work.reading.kind !== 'endorsed' || work.finding !== undefined) continue;
    if (seen.has(work.txId)) {
      work.finding = finding(
        'DUPLICATE_TXID',
        `transaction ${work.txId} stands earlier in the block`,
      );
    }
    seen.add(work.txId);
  }
}

/** Checks the reads of the transactions that are valid so far, in order, and collects the writes of those that remain valid. */
async function commitReads(
  works: readonly Work[],
  block: bigint,
  { state }: ValidationContext,
  batch: UpdateBatch,
): Promise<void> {
  for (const work of works) {
    if (work.finding !== undefined) continue;
    const { reading, position, txId } = work;
    const version = { block, tx: position };
    if (reading.kind === 'config') {
      batch.put('', CONFIG_KEY, reading.submission.data, version, txId);
    } else if (reading.kind === 'endorsed') {
      const { rwset } = reading.effects;
      work.finding = await checkReads(rwset, state, batch);
      if (work.finding !== undefined) continue;
      const halt = batch.apply(rwset, version, txId);
      if (halt !== undefined) work.finding = halting('INVALID_WRITESET', halt);
    }
  }
}

function verdictOf(works: readonly Work[]): Pick<BlockVerdict, 'transactions' | 'halt'> {
  const transactions = works.map(({ finding: found, reading, txId, type }): TransactionVerdict => {
    if (found !== undefined) {
      return { code: found.code, reason: found.reason, txId, type, rwset: undefined };
    }
    const rwset = reading.kind === 'endorsed' ? reading.effects.rwset : undefined;
    return { code: validationCode.VALID, reason: '', txId, type, rwset };
  });
  const stopped = works.find((work) => work.finding?.halts === true);
  return {
    transactions,
    halt: stopped?.finding && { position: stopped.position, reason: stopped.finding.reason },
  };
}
