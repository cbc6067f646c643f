import { isConflictCode, parseTransaction, validationCode, validationCodeName } from '@yici/ledger';
import { ClientError } from '../errors.js';
import type { Identity } from '../identity/identity.js';
import type { ChannelTrust } from '../trust/channel-trust.js';
import type { AtGateway } from '../trust/pinned-gateway.js';
import { checkProposal, differencesToCommand, inputOf, type Asked } from './check.js';
import { checkTransaction, resultOf } from './check-transaction.js';
import type { Http } from './http.js';
import { fetchReceipt, provenConflict, refusedReceipt, type Receipt } from './receipt.js';
import { transactionSchema, type Transaction } from './shapes.js';

/** Who signs, and what the pin vouches for. */
export interface Hand {
  readonly identity: Identity;
  readonly pins: AtGateway;
  readonly trust: ChannelTrust;
}

/** The transaction that was signed last in this run. */
interface Signed {
  readonly txId: string;
  readonly payload: Uint8Array;
  readonly input: Input;
}

type Input = Readonly<Record<string, unknown>>;

/** What the ledger shows of a command that took effect. */
export interface Proved {
  readonly block: number;
  readonly input: Input;
  /** The record that the peers endorsed. */
  readonly result: unknown;
}

/**
 * One command's signatures, in the order in which they may be given: the transaction's only to the proposal that was
 * signed just before, and a new proposal's only once the transaction before it is proved to be in conflict. So there are
 * never two that could both take effect, and from the first signed transaction on the input stays what it was: whatever
 * a gateway says, the ledger knows a second filing by its number.
 */
export class Signing {
  readonly #http: Http;
  readonly #hand: Hand;
  readonly #asked: Asked;
  #signed: Signed | undefined;

  constructor(http: Http, hand: Hand, asked: Asked) {
    this.#http = http;
    this.#hand = hand;
    this.#asked = asked;
  }

  /** Both signatures of one attempt. @throws ClientError PROPOSAL_NOT_AS_ASKED, TRANSACTION_NOT_AS_PROPOSED, STEP_REFUSED */
  async attempt(offered: Transaction): Promise<Transaction> {
    // A repeat of an earlier request may be under way already: then nothing is left to sign, and the ledger will show it.
    if (offered.state !== 'proposed' && offered.state !== 'endorsed') return offered;
    if (offered.state === 'endorsed') throw outOfTurn();
    const proposal = toSign(offered, 'proposal');
    const input = this.#signed?.input ?? this.#asked.input;
    const checked = checkProposal(proposal, { ...this.#asked, input });
    const endorsed = await this.#post(offered, 'endorse', proposal);
    if (endorsed.state !== 'endorsed') return endorsed;
    const payload = toSign(endorsed, 'transaction');
    await this.#check(payload, proposal, endorsed);
    this.#signed = { txId: checked.transactionId, payload, input: inputOf(checked) };
    return this.#post(endorsed, 'submit', payload);
  }

  /** That a transaction took effect, by the block that holds it. @throws ClientError RECEIPT_REFUSED */
  async proved({ txId }: Pick<Transaction, 'txId'>): Promise<Proved> {
    const receipt = await this.#receipt(txId);
    const { code = validationCode.NOT_VALIDATED } = receipt.witness;
    if (code !== validationCode.VALID) {
      throw refusedReceipt(txId, `its block says ${validationCodeName(code)}`);
    }
    const { input, result, block } = receipt;
    return { block, input, result };
  }

  /**
   * That a transaction can never take effect, so that the command may be signed again.
   * @throws ClientError RETRY_UNPROVEN
   */
  async provedInConflict({ txId }: Pick<Transaction, 'txId'>): Promise<void> {
    const conflict = await this.#conflictOf(txId).catch((cause: unknown) => {
      throw cause instanceof ClientError ? unproven(txId, cause.message, cause) : cause;
    });
    if (conflict === undefined) throw unproven(txId, 'no signed block shows what came before it');
  }

  async #conflictOf(txId: string): Promise<string | undefined> {
    const receipt = await this.#receipt(txId);
    this.#signed ??= { txId, payload: receipt.payload, input: receipt.input };
    if (!isConflictCode(receipt.witness.code)) return undefined;
    return provenConflict(this.#http, this.#hand.trust, receipt);
  }

  /** A config newer than the known one may have brought the department of an endorser. */
  async #check(payload: Uint8Array, proposal: Uint8Array, { result }: Transaction): Promise<void> {
    const { trust, pins } = this.#hand;
    const endorsement =
      pins.endorsement === undefined ? undefined : Buffer.from(pins.endorsement, 'base64');
    const check = async () =>
      checkTransaction(payload, {
        ...this.#asked,
        ...{ proposal, result, endorsement, config: await trust.config() },
      });
    try {
      await check();
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      await trust.refresh();
      await check();
    }
  }

  /** The receipt of what was signed in this run, or of what this identity signed before: for this command it must be. */
  async #receipt(txId: string): Promise<OwnReceipt> {
    const receipt = await fetchReceipt(this.#http, this.#hand.trust, txId);
    const { reading } = receipt.witness;
    if (reading.kind !== 'endorsed') throw refusedReceipt(txId, 'it is no command');
    const { payload, channelHeader, signatureHeader, data } = reading.submission;
    const transaction = parseTransaction(data);
    const given = { channel: channelHeader.channelId, creator: signatureHeader.creator };
    const { args } = transaction;
    const asked = { ...this.#asked, input: this.#signed?.input ?? this.#asked.input };
    const differs = differencesToCommand({ ...given, args }, asked);
    const signed = this.#signed?.txId === txId ? this.#signed.payload : payload;
    if (Buffer.compare(signed, payload) !== 0) differs.push('transaction');
    if (differs.length > 0) throw refusedReceipt(txId, `it differs in ${differs.join(', ')}`);
    const block = Number(receipt.checked.block.number);
    return { ...receipt, block, payload, input: inputOf({ args }), result: resultOf(transaction) };
  }

  async #post(at: Transaction, step: 'endorse' | 'submit', bytes: Uint8Array) {
    const signature = Buffer.from(await this.#hand.identity.sign(bytes)).toString('base64');
    const path = `/v1/transactions/${at.id}/${step}`;
    return this.#http.call(transactionSchema, path, { method: 'POST', body: { signature } });
  }
}

/** A receipt that is of this command, by this identity. */
interface OwnReceipt extends Receipt {
  readonly payload: Uint8Array;
  readonly block: number;
  readonly input: Input;
  readonly result: unknown;
}

function toSign({ sign, id }: Transaction, kind: 'proposal' | 'transaction'): Uint8Array {
  if (sign?.kind === kind) return Buffer.from(sign.bytes, 'base64');
  throw new ClientError('GATEWAY_ANSWER_INVALID', `The gateway gave no ${kind} of ${id} to sign.`);
}

function outOfTurn(): ClientError {
  return new ClientError(
    'STEP_REFUSED',
    'The gateway gave a transaction to sign before its proposal was seen; not signed. Send the command again under a new idempotency key, or ask another gateway.',
  );
}

function unproven(txId: string, why: string, cause?: unknown): ClientError {
  return new ClientError(
    'RETRY_UNPROVEN',
    `The gateway asks to sign the command again, without proof that the first time did not take effect (${why}). Not signed again. See what became of it, here and at another gateway: yici tx verify ${txId} --gateway URL`,
    { details: { txId }, ...(cause === undefined ? {} : { cause }) },
  );
}
