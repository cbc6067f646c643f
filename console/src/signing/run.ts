import type { Committed, ExecuteOptions } from '@yici/client/web';
import { ConsoleError } from '../errors.js';
import type { Proposal } from '../session/approval.js';

/** An act that somebody wants to do. */
export interface Wanted {
  readonly command: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Of a sign-off that was issued: a later run goes on with the act. Random by default. */
  readonly key?: string;
}

export type Stage =
  | { readonly kind: 'preparing' | 'endorsing' | 'committing' | 'notSigned' }
  | { readonly kind: 'asking'; readonly proposal: Proposal }
  | { readonly kind: 'done'; readonly committed: Committed }
  /** `signed`: the transaction was signed, so that it may have taken effect all the same. */
  | { readonly kind: 'failed'; readonly error: Error; readonly signed: boolean };

/** One act of a run, and how far it is. */
export interface Line {
  readonly wanted: Wanted;
  readonly stage: Stage;
}

export type Execute = (
  command: string,
  input: Readonly<Record<string, unknown>>,
  options: ExecuteOptions,
) => Promise<Committed>;

interface Dependencies {
  readonly execute: Execute;
  readonly onChange: (lines: readonly Line[]) => void;
}

interface Running {
  readonly wanted: Wanted & { readonly key: string };
  /** Somebody gave the key: an earlier run may have begun it. */
  readonly mayBeBegun: boolean;
  stage: Stage;
  /** Of the transactions that the gateway offered for this act. */
  readonly txIds: Set<string>;
  /** The transaction that was signed last. */
  signed: string | undefined;
  attempt: number;
  answer: { readonly sign: () => void; readonly refuse: (error: Error) => void } | undefined;
}

/**
 * Runs acts from their proposals to their receipts: all proposals are shown before the first is signed, each act is a transaction of
 * its own with signatures of its own, and one that fails stops no other. What failed can be tried again under the same keys,
 * so that nothing takes effect twice.
 */
export class ActRun {
  readonly #lines: readonly Running[];
  readonly #deps: Dependencies;
  #approved = false;

  constructor(wanted: readonly Wanted[], dependencies: Dependencies) {
    this.#deps = dependencies;
    this.#lines = wanted.map((one) => ({
      ...{ wanted: { key: crypto.randomUUID(), ...one }, mayBeBegun: one.key !== undefined },
      stage: { kind: 'preparing' },
      ...{ txIds: new Set<string>(), signed: undefined, attempt: 0, answer: undefined },
    }));
  }

  get lines(): readonly Line[] {
    return this.#lines.map(({ wanted, stage }) => ({ wanted, stage }));
  }

  /** Runs whatever is not done yet; resolves when nothing moves any more. */
  async go(): Promise<void> {
    const open = this.#lines.filter(({ stage }) => stage.kind !== 'done');
    await Promise.all(open.map((line) => this.#run(line)));
  }

  /** The person's answer to a proposal. @throws ConsoleError NOT_ASKED_FOR for one of no act of this run */
  async ask(proposal: Proposal): Promise<void> {
    const line = this.#lines.find(({ txIds }) => txIds.has(proposal.txId));
    if (line === undefined)
      throw new ConsoleError('NOT_ASKED_FOR', 'a proposal of no act that was asked for');
    await new Promise<void>((sign, refuse) => {
      line.answer = { sign, refuse };
      this.#set(line, { kind: 'asking', proposal });
    });
  }

  get approved(): boolean {
    return this.#approved;
  }

  /** Signs every act that is shown; none while another is still being prepared. */
  sign(): void {
    this.#approved = true;
    for (const line of this.#asking()) {
      this.#set(line, { kind: 'endorsing' });
      line.answer?.sign();
    }
  }

  cancel(): void {
    for (const line of this.#asking()) {
      line.answer?.refuse(new ConsoleError('NOT_SIGNED', 'the visitor said no'));
    }
  }

  #asking(): readonly Running[] {
    return this.#lines.filter(({ stage }) => stage.kind === 'asking');
  }

  async #run(line: Running): Promise<void> {
    this.#set(line, { kind: 'preparing' });
    try {
      const { command, input } = line.wanted;
      const committed = await this.#deps.execute(
        command,
        input,
        optionsFor(line, (stage) => this.#set(line, stage)),
      );
      this.#set(line, { kind: 'done', committed });
    } catch (error) {
      this.#set(line, isNotSigned(error) ? { kind: 'notSigned' } : failed(line, error));
    }
  }

  #set(line: Running, stage: Stage): void {
    line.stage = stage;
    this.#deps.onChange(this.lines);
  }
}

/**
 * What nobody signed had no effect, so it is sent anew. What was signed is asked for under its first key, and another is signed
 * only with proof that it had none.
 */
function optionsFor(line: Running, set: (stage: Stage) => void): ExecuteOptions {
  const { signed: signedBefore } = line;
  if (signedBefore === undefined) line.attempt += 1;
  return {
    idempotencyKey: `${line.wanted.key}.${line.attempt}`,
    keyIsNew: signedBefore === undefined && !line.mayBeBegun,
    ...(signedBefore !== undefined && { signedBefore }),
    onState: ({ txId }) => {
      line.txIds.add(txId);
    },
    onSign: (txId) => {
      line.signed = txId;
      set({ kind: 'committing' });
    },
  };
}

function failed(line: Running, error: unknown): Stage {
  const known = error instanceof Error ? error : new ConsoleError('NOT_SIGNED', String(error));
  return { kind: 'failed', error: known, signed: line.signed !== undefined };
}

const isNotSigned = (error: unknown): boolean =>
  error instanceof ConsoleError && error.code === 'NOT_SIGNED';
