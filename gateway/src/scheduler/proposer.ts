import { decodeIdentity, type SigningIdentity } from '@yici/ledger';
import { commandRoute } from '../commands/route-table.js';
import { CustodialRunner } from '../commands/runner.js';
import type { WriteParts } from '../commands/write-parts.js';
import { GatewayError } from '../errors.js';
import type { IndexReader } from '../index-store/reader.js';
import type { Caller } from '../callers/caller.js';
import type { Membership } from '../sessions/membership.js';
import { outcomeOf, type DueOutcome, type ProposedCommand } from './outcome.js';
import type { SchedulerObstacle } from './scheduler.js';

interface ProposerDependencies {
  readonly identity: SigningIdentity;
  readonly membership: Membership;
  readonly index: IndexReader;
  readonly write: WriteParts;
}

/** The gateway's department and enrolment name. */
export interface GatewayName {
  readonly department: string;
  readonly gateway: string;
}

/** A command that the gateway's own identity gives. */
interface Proposal {
  readonly command: ProposedCommand;
  readonly input: Record<string, unknown>;
}

/** How long a proposal's block is awaited, in milliseconds. */
const timeout = 20_000;

/** Proposes under the gateway's own identity, whose certificate must have the role `gateway`. */
export class Proposer {
  readonly #deps: ProposerDependencies;
  /** One attempt only: after a conflict the scheduler checks again whether anything remains to do. */
  readonly #runner: CustodialRunner;

  constructor(dependencies: ProposerDependencies) {
    this.#deps = dependencies;
    this.#runner = new CustodialRunner(dependencies.write, { attempts: 1 });
  }

  /** Why the gateway's identity may not propose now; undefined when it may. */
  obstacle(): SchedulerObstacle | undefined {
    const caller = this.#caller();
    if (caller === undefined) return 'certificateRefused';
    if (caller.role !== 'gateway') return 'roleMissing';
    const known = this.#deps.index.record('departmentOfMsp', caller.mspId) !== undefined;
    return known ? undefined : 'departmentUnknown';
  }

  /** Its department and enrolment name; undefined while it may not propose. */
  name(): GatewayName | undefined {
    const caller = this.obstacle() === undefined ? this.#caller() : undefined;
    const known = caller && this.#deps.index.record('departmentOfMsp', caller.mspId);
    return caller && known && { department: known.department, gateway: caller.user };
  }

  /** Signs, collects endorsements, submits and waits for the block. Never rejects. */
  async propose({ command, input }: Proposal): Promise<DueOutcome> {
    const { identity, write } = this.#deps;
    const route = commandRoute(command);
    const caller = this.#caller();
    if (route === undefined || caller === undefined) return { kind: 'failed', code: 'NOT_READY' };
    try {
      const call = { caller, route, input, idempotencyKey: null };
      const { transaction } = await this.#runner.run(call, identity.sign, timeout);
      const { state } = write.outcomes.standing(transaction);
      return { kind: state === 'committed' ? 'committed' : 'unknown' };
    } catch (error) {
      return outcomeOf(command, error);
    }
  }

  #caller(): Caller | undefined {
    const { identity, membership } = this.#deps;
    const { mspId, certificate } = decodeIdentity(identity.creator);
    try {
      return membership.member(mspId, Buffer.from(certificate).toString('utf8')).caller;
    } catch (error) {
      if (error instanceof GatewayError) return undefined;
      throw error;
    }
  }
}
