import { isConflictCode, parseTransaction, validationCode, validationCodeName } from '@yici/ledger';
import { ClientError } from '../errors.js';
import type { Identity } from '../identity/identity.js';
import type { ChannelTrust } from '../trust/channel-trust.js';
import type { AtGateway } from './pinned-gateway.js';
import { checkProposal, differencesToCommand, inputOf, type Asked } from './check.js';
import { checkTransaction, resultOf, type ProposedCommand } from './check-transaction.js';
import type { Http } from './http.js';
import { madeBy, transactionAt } from './given-up.js';
import { numbersLeftOut } from './issued-numbers.js';
import {
  blocksBefore,
  fetchReceipt,
  provenConflict,
  refusedReceipt,
  type Receipt,
} from './receipt.js';
import { transactionView, type Transaction } from '@yici/api';

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
interface Proved {
  readonly block: number;
  readonly input: Input;
  /** The record that the peers endorsed. */
  readonly result: unknown;
}

/**
 * One command's signatures, in the order in which they may be given: the transaction's only to the proposal that was
 * signed just before, and a new proposal's only once the transaction before it is proved to be in conflict. So there are
 * never two that could both take effect, and from the first signed transaction on the input stays what it was: whatever
 * a gateway says, the ledger knows a second filing by its number. A number that the gateway issued changes only when the
 * peers endorse, and a signed block shows, that another transaction than any signed here made the case that has it.
 */
export class Signing {
  readonly #http: Http;
  readonly #hand: Hand;
  readonly #asked: Asked;
  readonly #mayBeRepeat: boolean;
  #signed: Signed | undefined;
  /** Fabric ids of all that was signed for the command, as far as this run knows. */
  readonly #own = new Set<string>();

  /** `mayBeRepeat`: the command goes under an idempotency key of the caller's, who may have asked for it before. */
  constructor(http: Http, hand: Hand, asked: Asked, mayBeRepeat: boolean) {
    this.#http = http;
    this.#hand = hand;
    this.#asked = asked;
    this.#mayBeRepeat = mayBeRepeat;
  }

  /**
   * Both signatures of one attempt; of a command that was asked for before, those that are still missing: what is
   * endorsed is signed if it is this very command, and what is submitted needs none, the ledger will show it.
   * @throws ClientError PROPOSAL_NOT_AS_ASKED, TRANSACTION_NOT_AS_PROPOSED, TIME_NOT_NOW, STEP_REFUSED
   */
  async attempt(offered: Transaction): Promise<Transaction> {
    if (offered.state === 'proposed') return this.#propose(offered);
    if (!this.#mayBeRepeat) throw outOfTurn();
    if (offered.state !== 'endorsed') return offered;
    // What is private stands in no transaction, so that nobody could tell whether it is what was given now.
    if (this.#asked.secret !== undefined) throw outOfTurn();
    return this.#submit(offered);
  }

  async #propose(offered: Transaction): Promise<Transaction> {
    const proposal = toSign(offered, 'proposal');
    checkProposal(proposal, this.#askedNow);
    const endorsed = await this.#post(offered, 'endorse', proposal).catch((error: unknown) => {
      if (this.#isOthersNumber(offered, error)) return refused(offered, error);
      throw error;
    });
    return endorsed.state === 'endorsed' ? this.#submit(endorsed, proposal) : endorsed;
  }

  /** Another has the number that the gateway issued. A proposal alone takes no effect: another number harms nobody. */
  #isOthersNumber({ input }: Transaction, error: unknown): error is ClientError {
    if (!(error instanceof ClientError) || error.details['code'] !== 'ALREADY_EXISTS') return false;
    const { command, input: asked } = this.#asked;
    const issued = numbersLeftOut(command, asked);
    const before = this.#signed?.input;
    return issued.length > 0 && issued.every((name) => before?.[name] !== input[name]);
  }

  async #submit(endorsed: Transaction, proposal?: Uint8Array): Promise<Transaction> {
    const payload = toSign(endorsed, 'transaction');
    const checked = await this.#check(payload, proposal, endorsed);
    const input = inputOf(checked);
    await this.#checkGivenUp(payload, input);
    this.#keep({ txId: checked.transactionId, payload, input });
    return this.#post(endorsed, 'submit', payload);
  }

  #keep(signed: Signed): void {
    this.#signed = signed;
    this.#own.add(signed.txId);
  }

  get #askedNow(): Asked {
    return { ...this.#asked, before: this.#signed?.input };
  }

  /** What an earlier run signed may have given up a number that this run knows nothing of. */
  #askedWhenSigned({ insteadOf }: Input): Asked {
    if (this.#signed !== undefined || insteadOf === undefined) return this.#askedNow;
    return { ...this.#asked, before: { caseNo: insteadOf } };
  }

  /**
   * Under another number than before it is signed only when that one is proved to be another's. No code is believed: what
   * made the case stands in what the peers endorsed, and which transaction that was in a block that the orderers signed.
   * @throws ClientError RETRY_UNPROVEN
   */
  async #checkGivenUp(payload: Uint8Array, { caseNo, insteadOf }: Input): Promise<void> {
    const before = this.#signed;
    if (before === undefined || before.input['caseNo'] === caseNo) return;
    const number = String(insteadOf);
    const made = madeBy(payload, this.#hand.pins.chaincode, number);
    if (made === undefined) throw unproven(before.txId, `no peer endorsed that ${number} exists`);
    const other = await this.#whoMade(before.txId, made).catch(asUnproven(before.txId));
    if (other !== undefined && !this.#own.has(other)) return;
    throw unproven(before.txId, `no signed block shows that ${number} is another’s`);
  }

  /** The transaction at a place on the ledger, as the signed blocks up to that of a transaction in conflict show it. */
  async #whoMade(
    txId: string,
    made: Parameters<typeof transactionAt>[1],
  ): Promise<string | undefined> {
    const receipt = await fetchReceipt(this.#http, this.#hand.trust, txId);
    const own = transactionAt([receipt.checked], made);
    if (own !== undefined) return own;
    for await (const earlier of blocksBefore(this.#http, this.#hand.trust, receipt)) {
      const other = transactionAt(earlier, made);
      if (other !== undefined) return other;
    }
    return undefined;
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
   * Whether the command may be signed again: a proposal that was refused takes no effect, a transaction that was signed must
   * be proved to take none.
   * @throws ClientError RETRY_UNPROVEN
   */
  async mayAgain({ txId, state }: Pick<Transaction, 'txId' | 'state'>): Promise<void> {
    if (state === 'refused') return;
    const conflict = await this.#conflictOf(txId).catch(asUnproven(txId));
    if (conflict === undefined) throw unproven(txId, 'no signed block shows what came before it');
  }

  async #conflictOf(txId: string): Promise<string | undefined> {
    const receipt = await this.#receipt(txId);
    if (this.#signed === undefined) this.#keep({ ...receipt, txId });
    if (!isConflictCode(receipt.witness.code)) return undefined;
    return provenConflict(this.#http, this.#hand.trust, receipt);
  }

  /** A config newer than the known one may have brought the department of an endorser. */
  async #check(
    payload: Uint8Array,
    proposal: Uint8Array | undefined,
    { result }: Transaction,
  ): Promise<ProposedCommand> {
    const { trust, pins } = this.#hand;
    const endorsement =
      pins.endorsement === undefined ? undefined : Buffer.from(pins.endorsement, 'base64');
    const check = async () =>
      checkTransaction(payload, {
        ...this.#askedNow,
        ...{ proposal, result, endorsement, config: await trust.config() },
      });
    try {
      return await check();
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      await trust.refresh();
      return check();
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
    const differs = differencesToCommand(
      { ...given, args },
      this.#askedWhenSigned(inputOf({ args })),
    );
    const signed = this.#signed?.txId === txId ? this.#signed.payload : payload;
    if (Buffer.compare(signed, payload) !== 0) differs.push('transaction');
    if (differs.length > 0) throw refusedReceipt(txId, `it differs in ${differs.join(', ')}`);
    const block = Number(receipt.checked.block.number);
    return { ...receipt, block, payload, input: inputOf({ args }), result: resultOf(transaction) };
  }

  async #post(at: Transaction, step: 'endorse' | 'submit', bytes: Uint8Array) {
    const signature = Buffer.from(await this.#hand.identity.sign(bytes)).toString('base64');
    const path = `/v1/transactions/${at.id}/${step}`;
    return this.#http.call(transactionView, path, { method: 'POST', body: { signature } });
  }
}

/** A receipt that is of this command, by this identity. */
interface OwnReceipt extends Receipt {
  readonly payload: Uint8Array;
  readonly block: number;
  readonly input: Input;
  readonly result: unknown;
}

/** What a gateway shows wrongly proves nothing; that it is away is no refusal, and the command goes on later. */
const asUnproven =
  (txId: string) =>
  (cause: unknown): never => {
    if (!(cause instanceof ClientError) || cause.code === 'COMMIT_UNKNOWN') throw cause;
    throw unproven(txId, cause.message, cause);
  };

function toSign({ sign, id }: Transaction, kind: 'proposal' | 'transaction'): Uint8Array {
  if (sign?.kind === kind) return Buffer.from(sign.bytes, 'base64');
  throw new ClientError('GATEWAY_ANSWER_INVALID', `The gateway gave no ${kind} of ${id} to sign.`);
}

/** The attempt as it ended; the gateway has another number for the next. */
function refused(offered: Transaction, { message }: ClientError): Transaction {
  const error = { code: 'ALREADY_EXISTS', detail: message, source: 'client', details: {} };
  return { ...offered, state: 'refused', sign: undefined, retry: true, error };
}

function outOfTurn(): ClientError {
  return new ClientError(
    'STEP_REFUSED',
    'The gateway answered as if the command had been asked for before; not signed. Look whether it took effect, and send it again under a new idempotency key, or ask another gateway.',
  );
}

function unproven(txId: string, why: string, cause?: unknown): ClientError {
  return new ClientError(
    'RETRY_UNPROVEN',
    `The gateway asks to sign the command again, without proof that the first time did not take effect (${why}). Not signed again. See what became of it, here and at another gateway: yici tx verify ${txId} --gateway URL`,
    { details: { txId }, ...(cause === undefined ? {} : { cause }) },
  );
}
