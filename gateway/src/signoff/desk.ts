import { randomBytes, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  inputDigest,
  type Actor,
  type SignoffChain,
  type SignoffChains,
  type SignoffLine,
  type SignoffView,
} from '@yici/api';
import { canonicalDigest, canonicalJson, signoff, type Signoff } from '@yici/domain/model';
import type { AuditJournal } from '../audit/journal.js';
import type { Caller } from '../callers/caller.js';
import type { Started } from '../commands/idempotency.js';
import { commandRoute, type CommandRoute } from '../commands/route-table.js';
import type { Transactions } from '../commands/transactions.js';
import type { CommandCall } from '../commands/transitions.js';
import { changedMeanwhile, type DraftStore } from '../drafts/store.js';
import type { SignoffFile, SignoffInput } from '../drafts/signoff-file.js';
import { GatewayError } from '../errors.js';
import { knownMember } from '../index-store/known-records.js';
import type { IndexReader } from '../index-store/reader.js';
import { without } from '../without.js';
import { changesBetween } from './changes.js';
import { checkedInput } from './act-input.js';
import type { ChainBook } from './chain-book.js';
import { mayBeOnePerson } from './chains-input.js';
import type { Acting } from './acting.js';
import { Offices } from './offices.js';
import {
  begin,
  holds,
  isTurn,
  namesOf,
  proofOf,
  stepOf,
  takeStep,
  wrongState,
  type AskedStep,
} from './rules.js';

interface Dependencies {
  readonly drafts: DraftStore;
  readonly chains: ChainBook;
  readonly audit: Pick<AuditJournal, 'append'>;
  readonly index: IndexReader;
  readonly transactions: Pick<Transactions, 'outcome'>;
  readonly now: () => Date;
}

/** Who asks, as the journal names it. */
export interface Asker {
  readonly caller: Caller;
  readonly by: Actor;
}

export interface NewSignoff {
  readonly command: string;
  readonly title: string;
  readonly input: Record<string, unknown>;
  readonly comment?: string | undefined;
  readonly under?: string | undefined;
}

/** A step, of the version that was read. */
export type GivenStep = AskedStep & {
  readonly version: number;
  readonly under?: string | undefined;
};

/**
 * The desk at which acts of a department are drafted, reviewed and issued before anything goes to the ledger. It keeps each
 * among the drafts, sealed, and lets an act that needs a sign-off pass only with its own.
 */
export class SignoffDesk {
  readonly #deps: Dependencies;
  readonly #offices: Offices;

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
    this.#offices = new Offices(dependencies.index, dependencies.now);
  }

  chains(department: string): SignoffChains {
    return this.#deps.chains.of(department);
  }

  /** Replaces a department's chains, from now on. @throws GatewayError SIGNOFF_CHAINS_CHANGED */
  async configure(by: Actor, version: number, chains: SignoffChain[]): Promise<SignoffChains> {
    const { chains: book, audit, now } = this.#deps;
    const { department, user: changedBy } = by;
    book.assertNewest(department, version);
    const next = { department, version: version + 1, chains };
    const digest = canonicalDigest(next);
    await audit.append({ kind: 'signoff.chains', by, version: next.version, digest });
    book.assertNewest(department, version);
    return book.replace({ ...next, changedBy, changedAt: now().toISOString() });
  }

  /**
   * 拟办. A repeat with the same Idempotency-Key gives the first one.
   * @throws GatewayError SIGNOFF_UNCONFIGURED, SIGNOFF_NOT_YOURS, VALIDATION_FAILED, DRAFT_QUOTA
   */
  async begin({ caller, by }: Asker, given: NewSignoff, key: string | null): Promise<SignoffFile> {
    const { drafts, audit, now } = this.#deps;
    const { command, title, comment, under } = given;
    const chain = this.#chainOf(by.department, command);
    const input = checkedInput(command, given.input, false);
    const acting = await this.#offices.acting(caller, by.department, under);
    const id = idOf(caller, key);
    const salt = randomBytes(32).toString('hex');
    const file = begin(
      {
        ...{ id, salt, department: by.department, command, title, input, comment, chain },
        subject: subjectOf(command, input),
      },
      acting,
      now().toISOString(),
    );
    const kept = await drafts.begin(file, () =>
      audit.append({ kind: 'signoff.step', by, signoff: id, step: 'draft', version: 1 }),
    );
    assertSame(kept, file);
    return kept;
  }

  /**
   * 审核、退回、签发. A repeat of the step that made the newest version gives that version.
   * @throws GatewayError SIGNOFF_NOT_YOURS, SIGNOFF_SAME_PERSON, SIGNOFF_STATE, DRAFT_CHANGED, VALIDATION_FAILED
   */
  async step({ caller, by }: Asker, id: string, given: GivenStep): Promise<SignoffFile> {
    const { drafts, audit, now } = this.#deps;
    await this.#settle(id);
    const acting = await this.#offices.acting(caller, by.department, given.under);
    return drafts.work(id, async (file, { keep }) => {
      if (file.version !== given.version) {
        if (isRepeat(file, acting, given)) return file;
        throw changedMeanwhile(file);
      }
      if (this.#isUnderWay(file)) throw wrongState(file, 'beingSigned');
      const input =
        given.step === 'return'
          ? undefined
          : checkedInput(file.command, given.input ?? file.input, given.step === 'issue');
      const next = takeStep(file, acting, { ...given, input }, now().toISOString());
      const { version } = next;
      await audit.append({
        kind: 'signoff.step',
        by,
        signoff: id,
        step: stepOf(file, given),
        version,
      });
      return keep(given.step === 'issue' ? { ...next, owner: caller.fingerprint } : next);
    });
  }

  /** The drafter takes it back for good. @throws GatewayError SIGNOFF_STATE, DRAFT_CHANGED */
  withdraw({ caller, by }: Asker, id: string, version: number): Promise<void> {
    return this.#deps.drafts.work(id, async (file, { erase }) => {
      if (file.version !== version) throw changedMeanwhile(file);
      const own = file.acted[0]?.includes(caller.user) === true;
      if (!own || file.level !== 0 || file.state !== 'open')
        throw wrongState(file, 'notWithDrafter');
      const step = { signoff: id, step: 'withdraw', version } as const;
      await this.#deps.audit.append({ kind: 'signoff.step', by, ...step });
      await erase();
    });
  }

  /** What this official may see: what the own offices have a level in, and what the own name is in. */
  async seen(caller: Caller, department: string): Promise<{ line: SignoffLine; waits: boolean }[]> {
    const offices = await this.#offices.of(caller, department);
    await this.settle(department);
    return this.#deps.drafts.signoffs(department).flatMap((line) => {
      const open = line.state !== 'issued';
      const waits = open && offices.some((office) => isTurn(line, office));
      return offices.some((office) => takesPart(line, office)) ? [{ line, waits }] : [];
    });
  }

  /** Undefined also for whoever may not see it. @throws GatewayError KEY_STORE_UNREADABLE */
  async read(caller: Caller, department: string, id: string): Promise<SignoffView | undefined> {
    const line = this.#deps.drafts.findSignoff(id);
    if (line?.department !== department) return undefined;
    const offices = await this.#offices.of(caller, department);
    if (!offices.some((office) => takesPart(line, office))) return undefined;
    await this.#settle(id);
    return viewOf(this.#deps.drafts.readSignoff(id));
  }

  /**
   * Starts an act: at once where it needs no sign-off, else only with its own, once, and by whoever issued it.
   * @throws GatewayError SIGNOFF_REQUIRED, SIGNOFF_MISMATCH
   */
  async through(
    call: CommandCall,
    start: (call: CommandCall) => Promise<Started>,
  ): Promise<Started> {
    const { drafts, index } = this.#deps;
    const department = knownMember(index.lookup, call.caller.mspId);
    const { data: proof } = signoff.safeParse(call.input['signoff']);
    if (proof === undefined) {
      if (department !== undefined) await this.#assertFree(call, department);
      return start(call);
    }
    const line = drafts.findSignoff(proof.id);
    if (line === undefined || line.department !== department) throw mismatch(proof, 'unknown');
    return drafts.work(proof.id, (file) => {
      assertOf(file, proof, call);
      return start({ ...call, idempotencyKey: keyOf(file) });
    });
  }

  /** Starts another attempt of an act, if its sign-off was not given back since. @throws GatewayError SIGNOFF_MISMATCH */
  async again<T>(input: Readonly<Record<string, unknown>>, start: () => Promise<T>): Promise<T> {
    const { data: proof } = signoff.safeParse(input['signoff']);
    if (proof === undefined) return start();
    if (this.#deps.drafts.findSignoff(proof.id) === undefined) throw mismatch(proof, 'unknown');
    return this.#deps.drafts.work(proof.id, (file) => {
      if (!isDeepStrictEqual(proofOf(file), proof)) throw mismatch(proof, 'chain');
      return start();
    });
  }

  /** Notes what is on the ledger by now, of a department or of all. */
  async settle(department?: string): Promise<void> {
    const signing = this.#deps.drafts
      .signoffs(department)
      .filter(({ state }) => state === 'signing');
    for (const { id } of signing) await this.#settle(id);
  }

  async #settle(id: string): Promise<void> {
    const { drafts } = this.#deps;
    if (drafts.findSignoff(id)?.state !== 'signing') return;
    const outcome = this.#outcomeOf(drafts.readSignoff(id));
    if (outcome?.state !== 'committed') return;
    await drafts.work(id, async (file, { keep }) => {
      if (file.state === 'signing') await keep({ ...file, state: 'issued', txId: outcome.txId });
    });
  }

  #outcomeOf(file: SignoffFile) {
    if (file.state !== 'signing' || file.owner === undefined) return undefined;
    return this.#deps.transactions.outcome(file.owner, keyOf(file));
  }

  /** Whether its act may still come to the ledger. */
  #isUnderWay(file: SignoffFile): boolean {
    const state = this.#outcomeOf(file)?.state;
    return state !== undefined && !['refused', 'expired', 'invalid'].includes(state);
  }

  #chainOf(department: string, command: string): Pick<SignoffChain, 'levels' | 'onePerson'> {
    const route = commandRoute(command);
    const chain = route && this.#deps.chains.chainFor(department, route);
    if (chain === undefined) {
      const message = 'The department has no chain of sign-off for this act; send the act itself.';
      throw new GatewayError('SIGNOFF_UNCONFIGURED', message, { details: { command } });
    }
    const { levels, onePerson } = chain;
    return onePerson === true && mayBeOnePerson(command) ? { levels, onePerson } : { levels };
  }

  /** @throws GatewayError SIGNOFF_REQUIRED */
  async #assertFree({ caller, route, input }: CommandCall, department: string): Promise<void> {
    const chain = this.#deps.chains.chainFor(department, route);
    if (chain === undefined) return;
    const { under } = input;
    const acting =
      typeof under === 'string' ? await this.#offices.acting(caller, department, under) : caller;
    if (chain.direct?.some((office) => holds(acting, office)) === true) return;
    throw required(route, chain);
  }
}

/** Of the same key always the same, so that a repeat finds the first. */
function idOf({ fingerprint }: Caller, key: string | null): string {
  if (key === null) return `sgn_${randomUUID()}`;
  return `sgn_${canonicalDigest([fingerprint, key]).slice(0, 40)}`;
}

/** @throws GatewayError IDEMPOTENCY_KEY_REUSED */
function assertSame({ command, chain }: SignoffFile, asked: SignoffFile): void {
  const same = inputDigest(chain.salt, asked.input) === chain.rounds[0]?.input;
  if (same && command === asked.command) return;
  const message = 'This Idempotency-Key was used for another request; choose a new key.';
  throw new GatewayError('IDEMPOTENCY_KEY_REUSED', message);
}

/** What an act is about, where its path names it. */
function subjectOf(command: string, input: SignoffInput): string | null {
  const key = commandRoute(command)?.key ?? null;
  const subject = key === null ? undefined : input[key];
  return typeof subject === 'string' ? subject : null;
}

function required({ name }: CommandRoute, { levels, direct = [] }: SignoffChain): GatewayError {
  const message = `In this department ${name} goes through a sign-off first: begin one.`;
  const details = { command: name, levels, direct };
  return new GatewayError('SIGNOFF_REQUIRED', message, { details });
}

/** One act for each issue: a repeat has the first outcome. */
const keyOf = ({ id, chain }: SignoffFile): string =>
  `signoff.${id}.${String(chain.rounds.length)}`;

function isRepeat(file: SignoffFile, by: Acting, given: GivenStep): boolean {
  const last = file.chain.rounds.at(-1);
  if (last === undefined || file.version !== given.version + 1) return false;
  const same =
    given.input === undefined || inputDigest(file.chain.salt, given.input) === last.input;
  const step = last.step === 'draft' ? 'approve' : last.step;
  return last.by.user === by.user && step === given.step && last.comment === given.comment && same;
}

function takesPart(line: SignoffLine, by: Acting): boolean {
  const acted = line.acted.flat();
  return (
    line.levels.some((office) => holds(by, office)) ||
    namesOf(by).some((name) => acted.includes(name))
  );
}

export function viewOf(file: SignoffFile): SignoffView {
  const changes = file.inputs.map((input, at) =>
    at === 0 ? [] : changesBetween(file.inputs[at - 1], input),
  );
  return { ...without(file, 'owner'), changes, signoff: proofOf(file) };
}

type Mismatch = 'unknown' | 'notIssued' | 'chain' | 'signer' | 'act';

function mismatch({ id }: Signoff, problem: Mismatch): GatewayError {
  const message = 'The act is not the one that this sign-off issued, or not by whoever issued it.';
  return new GatewayError('SIGNOFF_MISMATCH', message, { details: { id, problem } });
}

/** @throws GatewayError SIGNOFF_MISMATCH */
function assertOf(file: SignoffFile, proof: Signoff, { caller, route, input }: CommandCall): void {
  const issued = proofOf(file);
  if (issued === null) throw mismatch(proof, 'notIssued');
  if (!isDeepStrictEqual(issued, proof)) throw mismatch(proof, 'chain');
  const act = without(input, 'under', 'signoff', 'appSignature');
  const by = file.chain.rounds.at(-1)?.by;
  if (file.owner !== caller.fingerprint || by?.under !== input['under'])
    throw mismatch(proof, 'signer');
  const same = canonicalJson(act) === canonicalJson(file.input);
  if (file.command !== route.name || !same) throw mismatch(proof, 'act');
}
