import { setTimeout as pause } from 'node:timers/promises';
import { ClientError } from '@yici/client';
import type { Committed } from '@yici/client/testing';
import { caseRecord } from '@yici/domain/model';
import type { Callers } from './people.js';

/** Something that one user wants done once, however often it has to be asked for. */
export interface Operation {
  readonly key: string;
  readonly user: string;
  readonly command: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Set when the gateway answered that it is committed. */
  acknowledged?: Acknowledged;
  /** When that was, in milliseconds of `performance.now()`. */
  acknowledgedAt?: number;
  /** Whether it was ever asked for without a clear answer. */
  doubted: boolean;
  /** Given up after too many conflicts: not done, and known not to be. */
  abandoned: boolean;
}

export interface Acknowledged {
  readonly txId: string;
  readonly block: number;
  /** The case it was about. */
  readonly caseNo: string;
}

/** An answer that leaves open what became of an operation: its code, and what it says. */
export interface Doubt {
  readonly at: number;
  readonly code: string;
  readonly message: string;
}

export type Outcome = 'done' | 'doubt' | 'abandoned' | 'full';

/** Answers that leave open what became of the operation: the same key is to be used again. */
const open = ['GATEWAY_UNREACHABLE', 'GATEWAY_ANSWER_INVALID', 'COMMIT_UNKNOWN'];

/** Everything that was asked of the gateway, and what it promised. */
export class Journal {
  readonly operations: Operation[] = [];
  /** Every answer that left an operation open. */
  readonly doubts: Doubt[] = [];
  /** What went against the rules of the exercise, in sentences. */
  readonly violations: string[] = [];
  #number = 0;

  get acknowledged(): readonly (Operation & { readonly acknowledged: Acknowledged })[] {
    return this.operations.filter(isAcknowledged);
  }

  /** Asked for, not answered, not given up. */
  get inDoubt(): readonly Operation[] {
    return this.operations.filter(({ acknowledged, abandoned }) => !acknowledged && !abandoned);
  }

  begin(user: string, command: string, input: Operation['input']): Operation {
    this.#number += 1;
    const key = `fault-${this.#number}-${command}`;
    const operation = { key, user, command, input, doubted: false, abandoned: false };
    this.operations.push(operation);
    return operation;
  }

  violation(text: string): void {
    this.violations.push(text);
  }

  /** Asks once. A refusal of what must be possible is a violation. */
  async ask(operation: Operation, people: Callers): Promise<Outcome> {
    try {
      const done = await executed(operation, people);
      this.#acknowledge(operation, done);
      return 'done';
    } catch (error) {
      if (error instanceof ClientError && error.details['status'] === 401) {
        people.forget(operation.user);
      }
      return this.#failed(operation, error);
    }
  }

  /** Asks again and again until there is an answer, for `milliseconds` at most. */
  async settle(operation: Operation, people: Callers, milliseconds: number): Promise<void> {
    const deadline = performance.now() + milliseconds;
    while ((await this.ask(operation, people)) === 'doubt') {
      if (performance.now() > deadline) {
        this.violation(`${nameOf(operation)} got no answer within ${milliseconds} ms`);
        operation.abandoned = true;
        return;
      }
      await pause(50);
    }
  }

  #acknowledge(operation: Operation, { txId, block, result }: Committed): void {
    const { caseNo } = caseRecord.parse(result);
    const before = operation.acknowledged;
    operation.acknowledged ??= { txId, block, caseNo };
    operation.acknowledgedAt ??= performance.now();
    if (before !== undefined && (before.txId !== txId || before.block !== block)) {
      this.violation(
        `${nameOf(operation)} was ${before.txId} in block ${before.block} and is now ${txId} in block ${block}`,
      );
    }
  }

  #failed(operation: Operation, error: unknown): Outcome {
    if (!(error instanceof ClientError)) throw error;
    const { code } = error.details;
    if (isUnclear(error)) {
      operation.doubted = true;
      const named = typeof code === 'string' ? code : error.code;
      this.doubts.push({ at: performance.now(), code: named, message: error.message });
      return 'doubt';
    }
    if (operation.acknowledged !== undefined) {
      this.violation(`${nameOf(operation)} was done and is now refused: ${error.message}`);
    }
    operation.abandoned = true;
    if (error.code === 'TRANSACTION_INVALID' || code === 'TRANSACTION_INVALID') return 'abandoned';
    if (code === 'LIMIT_REACHED') return 'full';
    this.violation(`${nameOf(operation)} was refused: ${error.message}`);
    return 'abandoned';
  }
}

function isUnclear({ code, details: { status } }: ClientError): boolean {
  return open.includes(code) || (typeof status === 'number' && (status >= 500 || status === 401));
}

async function executed(operation: Operation, people: Callers): Promise<Committed> {
  const client = await people.as(operation.user);
  const options = { idempotencyKey: operation.key, waitSeconds: 10, attempts: 10 };
  return client.execute(operation.command, operation.input, options);
}

function isAcknowledged(
  operation: Operation,
): operation is Operation & { readonly acknowledged: Acknowledged } {
  return operation.acknowledged !== undefined;
}

export function nameOf({ key, user }: Operation): string {
  return `${key} (${user})`;
}
