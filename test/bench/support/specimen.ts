import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import {
  buildProposal,
  decodeTxRwSet,
  isDeleteWrite,
  parseBlock,
  parseEnvelope,
  parseTransaction,
  transactionsFilter,
  validationCode,
  type ParsedEnvelope,
  type ParsedTransaction,
} from '@yici/ledger';
import type { Call } from './bare-chaincode.js';
import { verifyAll, type Check } from './signatures.js';
import type { Stack } from './stack.js';

/** A committed transaction, taken apart. */
export interface Specimen {
  readonly envelope: ParsedEnvelope;
  readonly transaction: ParsedTransaction;
  /** Raw bytes. */
  readonly bytes: Uint8Array;
}

/** The newest valid call of a chaincode function in a stack's chain; what a gateway's scheduler does lies between them. */
export async function newestCall(stack: Stack, functionName: string): Promise<Specimen> {
  let newest: Specimen | undefined;
  for await (const { number, bytes } of stack.blocks()) {
    if (number === 0n) continue;
    const block = parseBlock(bytes);
    const codes = transactionsFilter(block);
    for (const [position, envelopeBytes] of block.envelopes.entries()) {
      if (codes?.[position] !== validationCode.VALID) continue;
      const envelope = parseEnvelope(envelopeBytes);
      const transaction = parseTransaction(envelope.data);
      if (Buffer.from(transaction.args[0] ?? []).toString() !== functionName) continue;
      newest = { envelope, transaction, bytes: envelopeBytes };
    }
  }
  assert.ok(newest !== undefined, `${functionName} is nowhere on the chain`);
  return newest;
}

/** The chaincode's public state as the chain leaves it. */
export async function stateOf(
  stack: Stack,
  namespace: string,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const state = new Map<string, Uint8Array>();
  for await (const { number, bytes } of stack.blocks()) {
    const block = parseBlock(bytes);
    const codes = transactionsFilter(block);
    for (const [position, envelope] of block.envelopes.entries()) {
      if (number === 0n || codes?.[position] !== validationCode.VALID) continue;
      for (const set of decodeTxRwSet(parseTransaction(parseEnvelope(envelope).data).results)) {
        if (set.namespace !== namespace) continue;
        for (const write of set.writes) {
          if (isDeleteWrite(write)) state.delete(write.key);
          else state.set(write.key, write.value);
        }
      }
    }
  }
  return state;
}

/** The same call under a new transaction id, with the argument `change` makes of the old one. */
export function callLike(
  { envelope, transaction }: Specimen,
  change: (argument: string) => string,
): Call {
  const { channelId: channel } = envelope.channelHeader;
  const [name, argument] = transaction.args;
  assert.ok(name !== undefined && argument !== undefined);
  const args = [name, Buffer.from(change(Buffer.from(argument).toString()))];
  const { transactionId, bytes } = buildProposal({
    channel,
    chaincode: transaction.chaincode,
    args,
    creator: envelope.signatureHeader.creator,
    nonce: randomBytes(24),
    timestamp: new Date(),
  });
  return { channel, txId: transactionId, proposalBytes: bytes, args };
}

/**
 * The cryptography that no implementation can leave out: what is signed on a transaction's way is signed once and
 * verified once. That is its proposal, each endorsement, and the envelope.
 */
export class CryptoNeed {
  readonly signatures: number;
  readonly #key: KeyObject;
  readonly #messages: readonly Uint8Array[];
  readonly #checks: readonly Check[];

  constructor({ envelope, transaction }: Specimen) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const { responsePayload, endorsements, proposalPayload } = transaction;
    const proposal = (proposalPayload?.length ?? 0) + envelope.signatureHeader.creator.length;
    const sizes = [
      proposal,
      ...endorsements.map(({ endorser }) => responsePayload.length + endorser.length),
      envelope.payload.length,
    ];
    this.#key = privateKey;
    this.#messages = sizes.map((size) => randomBytes(size));
    this.#checks = this.#messages.map((message) => ({
      key: publicKey,
      message,
      signature: sign('sha256', message, privateKey),
    }));
    this.signatures = sizes.length;
  }

  /** Milliseconds for one transaction on this thread, over `times` of them. */
  measure(times: number): number {
    const start = performance.now();
    for (let index = 0; index < times; index++) {
      for (const message of this.#messages) sign('sha256', message, this.#key);
      verifyAll(this.#checks);
    }
    return (performance.now() - start) / times;
  }
}
