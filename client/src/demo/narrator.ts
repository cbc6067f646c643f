import {
  caseRecord,
  commands,
  refusalWords,
  type CommandName,
  type Words,
} from '@yici/domain/model';
import type { Session } from '@yici/api';
import type { Committed } from '../api/execute.js';
import { dueOf } from '../present/words.js';
import { ClientError } from '../errors.js';
import type { Cast } from './cast.js';
import { basisOf, refusalCode, refusedIn } from '../contract-refusal.js';

/** One line of the story, as data. */
export type StoryStep =
  | {
      readonly kind: 'heading';
      readonly text: Words;
    }
  | {
      readonly kind: 'done';
      readonly text: Words;
      readonly command: CommandName;
      readonly user: string;
      readonly signer: Session;
      readonly block: number;
      readonly txId: string;
      readonly due?: { readonly on: string; readonly what: Words };
      /** Steps waiting for their opinion after this act. */
      readonly open?: readonly OpenStep[];
    }
  | {
      readonly kind: 'refused';
      readonly rule: string;
      readonly text: Words;
      readonly command: CommandName;
      readonly user: string;
      readonly code: string;
      readonly sentence: Words;
      readonly basis: Words;
    }
  | { readonly kind: 'checked'; readonly text: Words };

export interface OpenStep {
  readonly id: string;
  /** Of its matter. */
  readonly taskCode: string;
  readonly department: string;
  readonly startedAt: string | undefined;
  readonly dueOn: string | undefined;
}

type Input = Readonly<Record<string, unknown>>;

/** Executes acts through the REST API and reports each. */
export class Narrator {
  readonly #cast: Cast;
  readonly #tell: (step: StoryStep) => void;

  constructor(cast: Cast, tell: (step: StoryStep) => void) {
    this.#cast = cast;
    this.#tell = tell;
  }

  heading(text: Words): void {
    this.#tell({ kind: 'heading', text });
  }

  checked(text: Words): void {
    this.#tell({ kind: 'checked', text });
  }

  /** An act that must succeed. */
  async act(user: string, command: CommandName, input: Input, text?: Words): Promise<Committed> {
    const committed = await this.#cast.run(user, command, input);
    const { session } = await this.#cast.as(user);
    this.#tell({
      kind: 'done',
      text: text ?? commands[command].summary,
      command,
      user,
      signer: session,
      block: committed.block,
      txId: committed.txId,
      ...facts(committed.result),
    });
    return committed;
  }

  /**
   * An illegal attempt: the ledger must refuse it with this code.
   * @throws ClientError CHECK_FAILED when it does not.
   */
  async attempt(
    rule: string,
    attempt: { readonly user: string; readonly command: CommandName; readonly input: Input },
    expected: string,
    text: Words,
  ): Promise<void> {
    const { user, command, input } = attempt;
    const error = await this.#refusalOf(user, command, input);
    const code = refusalCode(error);
    if (code !== expected) {
      throw new ClientError(
        'CHECK_FAILED',
        `${rule}: ${command} by ${user} should be refused with ${expected}, not ${code ?? 'committed'}.`,
      );
    }
    const refused = refusedIn(error);
    this.#tell({
      kind: 'refused',
      rule,
      text,
      command,
      user,
      code,
      sentence: {
        zh: refusalWords(refused, 'zh')?.sentence ?? '',
        en: refusalWords(refused, 'en')?.sentence ?? '',
      },
      basis: basisOf(error),
    });
  }

  async #refusalOf(user: string, command: CommandName, input: Input): Promise<unknown> {
    try {
      await this.#cast.run(user, command, input);
      return undefined;
    } catch (error) {
      if (refusalCode(error) === undefined) throw error;
      return error;
    }
  }
}

/** What a case is waiting for, if the act was about a case. */
function facts(result: unknown): Pick<Extract<StoryStep, { kind: 'done' }>, 'due' | 'open'> {
  const parsed = caseRecord.safeParse(result);
  if (!parsed.success) return {};
  const due = dueOf(parsed.data);
  const open = parsed.data.steps
    .filter(({ status }) => status === 'open')
    .map(({ id, department, startedAt, dueOn }) => ({
      ...{ id, taskCode: parsed.data.taskCode, department, startedAt, dueOn },
    }));
  return { ...(due && { due }), ...(open.length > 0 && { open }) };
}
