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
import { fetchBlock, fetchReceipt, provenConflict, refusedReceipt } from './receipt.js';
import { transactionView, type Transaction } from '@yici/api';

/** Who signs, at which pinned gateway, and the channel as verified from the pin. */
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

interface SigningOptions {
  /** The caller chose the idempotency key and may have sent the command in an earlier run. */
  readonly mayBeRepeat: boolean;
  /** Told before a transaction is signed. */
  readonly onSign?: ((txId: string) => void) | undefined;
}

/**
 * Decides which signatures of one command may be given, so that a lying gateway never gets it executed twice:
 * - a transaction is signed only if it carries the proposal signed just before;
 * - a new proposal is signed only once a signed block proves the previous transaction to be in conflict;
 * - after the first signed transaction the input must stay the same, case number included: the ledger refuses a second case
 *   with the same number. An issued number may be replaced only if the peers endorsed that a case has it, and a signed block
 *   shows that a transaction not signed here created that case.
 */
export class Signing {
  readonly #http: Http;
  readonly #hand: Hand;
  readonly #asked: Asked;
  readonly #options: SigningOptions;
  #signed: Signed | undefined;
  /** Ids of the transactions signed for this command, as far as this run knows. */
  readonly #own = new Set<string>();

  constructor(http: Http, hand: Hand, asked: Asked, options: SigningOptions) {
    this.#http = http;
    this.#hand = hand;
    this.#asked = asked;
    this.#options = options;
  }

  /**
   * Gives both signatures of one attempt. Of a command that an earlier run began, only the missing ones: an endorsed
   * transaction is checked against the command itself, a submitted one needs none.
   * @throws ClientError PROPOSAL_NOT_AS_ASKED, TRANSACTION_NOT_AS_PROPOSED, TIME_NOT_NOW, STEP_REFUSED
   */
  async attempt(offered: Transaction): Promise<Transaction> {
    if (offered.state === 'proposed') return this.#propose(offered);
    if (!this.#options.mayBeRepeat) throw outOfTurn();
    if (offered.state !== 'endorsed') return offered;
    // A transaction does not hold the private part, so it cannot be compared with the one given now.
    if (this.#asked.secret !== undefined) throw outOfTurn();
    return this.#submit(offered);
  }

  async #propose(offered: Transaction): Promise<Transaction> {
    const proposal = toSign(offered, 'proposal');
    checkProposal(proposal, this.#askedWith(offered.input));
    const endorsed = await this.#post(offered, 'endorse', proposal).catch((error: unknown) => {
      if (this.#isOthersNumber(offered, error)) return refused(offered, error);
      throw error;
    });
    return endorsed.state === 'endorsed' ? this.#submit(endorsed, proposal) : endorsed;
  }

  /**
   * Whether the issued number was already taken. Nothing is executed by a proposal alone, so another number is safe; a
   * filing's may even be the one signed before, for another in its stead is signed only with proof that it is somebody else's.
   */
  #isOthersNumber({ input }: Transaction, error: unknown): error is ClientError {
    if (!(error instanceof ClientError) || error.details['code'] !== 'ALREADY_EXISTS') return false;
    const { command, input: asked } = this.#asked;
    const issued = numbersLeftOut(command, asked);
    const before = command === 'case.submit' ? undefined : this.#signed?.input;
    return issued.length > 0 && issued.every((name) => before?.[name] !== input[name]);
  }

  async #submit(endorsed: Transaction, proposal?: Uint8Array): Promise<Transaction> {
    const payload = toSign(endorsed, 'transaction');
    const checked = await this.#check(payload, proposal, endorsed);
    const input = inputOf(checked);
    await this.#checkGivenUp(payload, input);
    this.#keep({ txId: checked.transactionId, payload, input });
    this.#options.onSign?.(checked.transactionId);
    return this.#post(endorsed, 'submit', payload);
  }

  #keep(signed: Signed): void {
    this.#signed = signed;
    this.#own.add(signed.txId);
  }

  get #askedNow(): Asked {
    return { ...this.#asked, before: this.#signed?.input };
  }

  /** A repeat may find a number replaced that an earlier run signed, which this run does not know. */
  #askedWith({ insteadOf }: Input): Asked {
    const known = this.#signed !== undefined || !this.#options.mayBeRepeat;
    if (known || insteadOf === undefined) return this.#askedNow;
    return { ...this.#asked, before: { caseNo: insteadOf } };
  }

  /**
   * Allows another case number than before only if the previous one is proved to be taken by somebody else: the endorsed
   * read set names the position of the transaction that created the case, and a signed block which transaction that is.
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

  /** The id of the transaction at a position on the ledger, in a signed block that is shown for the conflict of `txId`. */
  async #whoMade(
    txId: string,
    made: Parameters<typeof transactionAt>[1],
  ): Promise<string | undefined> {
    const block = await fetchBlock(this.#http, this.#hand.trust, txId, Number(made.block));
    return block && transactionAt(block, made);
  }

  /** Proves from its block that a transaction was committed as valid. @throws ClientError RECEIPT_REFUSED */
  async proved({ txId }: Pick<Transaction, 'txId'>) {
    const receipt = await this.#receipt(txId);
    const { code = validationCode.NOT_VALIDATED } = receipt.witness;
    if (code !== validationCode.VALID) {
      throw refusedReceipt(txId, `its block says ${validationCodeName(code)}`);
    }
    const { input, result, block } = receipt;
    return { block, input, result };
  }

  /**
   * Checks that the command may be signed again: a signed transaction must be proved to be in conflict; a refused proposal
   * had no effect.
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

  /** Repeated with the newest config when it fails: an endorser's department may have joined since. */
  async #check(
    payload: Uint8Array,
    proposal: Uint8Array | undefined,
    { input, result }: Transaction,
  ): Promise<ProposedCommand> {
    const { trust, pins } = this.#hand;
    const endorsement =
      pins.endorsement === undefined ? undefined : Buffer.from(pins.endorsement, 'base64');
    const check = async () =>
      checkTransaction(payload, {
        ...this.#askedWith(input),
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

  /** The receipt of a transaction that this identity signed, in this run or before, for this command. */
  async #receipt(txId: string) {
    const receipt = await fetchReceipt(this.#http, this.#hand.trust, txId);
    const { reading } = receipt.witness;
    if (reading.kind !== 'endorsed') throw refusedReceipt(txId, 'it is no command');
    const { payload, channelHeader, signatureHeader, data } = reading.submission;
    const transaction = parseTransaction(data);
    const given = { channel: channelHeader.channelId, creator: signatureHeader.creator };
    const { args } = transaction;
    const differs = differencesToCommand({ ...given, args }, this.#askedWith(inputOf({ args })));
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

/** Turns a wrong proof into RETRY_UNPROVEN; COMMIT_UNKNOWN stays: the gateway may be able to prove it later. */
const asUnproven =
  (txId: string) =>
  (cause: unknown): never => {
    if (!(cause instanceof ClientError) || cause.code === 'COMMIT_UNKNOWN') throw cause;
    throw unproven(txId, cause.message, cause);
  };

function toSign({ sign, id }: Transaction, kind: 'proposal' | 'transaction'): Uint8Array {
  if (sign?.kind === kind) return Buffer.from(sign.bytes, 'base64');
  throw new ClientError('GATEWAY_ANSWER_INVALID', {
    zh: `网关没有给出 ${id} 待签名的内容（${kind}）。`,
    en: `The gateway gave no ${kind} of ${id} to sign.`,
  });
}

/** Ends the attempt; for the next one the gateway issues another number. */
function refused(offered: Transaction, { message }: ClientError): Transaction {
  const error = { code: 'ALREADY_EXISTS', detail: message, source: 'client', details: {} };
  return { ...offered, state: 'refused', sign: undefined, retry: true, error };
}

function outOfTurn(): ClientError {
  return new ClientError('STEP_REFUSED', {
    zh: '网关称此操作此前已经提交过，未签名。请查看其是否已生效，再以新的 --idempotency-key 提交，或者改用其他网关。',
    en: 'The gateway answered as if the command had been asked for before; not signed. Look whether it took effect, and send it again under a new idempotency key, or ask another gateway.',
  });
}

function unproven(txId: string, why: string, cause?: unknown): ClientError {
  return new ClientError(
    'RETRY_UNPROVEN',
    {
      zh: `网关要求再次签名，但没有证明上一次未生效（${why}），未再签名。请在本网关和其他网关查看结果：yici tx verify ${txId} --gateway 网关地址`,
      en: `The gateway asks to sign the command again, without proof that the first time did not take effect (${why}). Not signed again. See what became of it, here and at another gateway: yici tx verify ${txId} --gateway URL`,
    },
    { details: { txId }, ...(cause === undefined ? {} : { cause }) },
  );
}
