import { delegationProblem, type DelegationRecord } from '@yici/domain/model';
import type { Caller } from '../callers/caller.js';
import { GatewayError } from '../errors.js';
import { recordLists } from '../index-store/narrowed-lists.js';
import { listNarrowed } from '../index-store/lists.js';
import type { IndexReader } from '../index-store/reader.js';
import type { Acting } from './acting.js';

/** More than anybody stands in for at once. */
const mostDelegations = 50;

/** In which offices somebody acts: the own one, and those of absent officials under delegations in force (AB岗). */
export class Offices {
  readonly #index: IndexReader;
  readonly #now: () => Date;

  constructor(index: IndexReader, now: () => Date) {
    this.#index = index;
    this.#now = now;
  }

  /** @throws GatewayError SIGNOFF_NOT_YOURS when the delegation does not let the caller act now */
  async acting(caller: Caller, department: string, under: string | undefined): Promise<Acting> {
    if (under === undefined) return ownOf(caller);
    const delegation = this.#index.record('delegation', under);
    const problem = this.#problemOf(delegation, caller, department);
    if (delegation !== undefined && problem === undefined) return this.#inPlace(caller, delegation);
    const message = 'The delegation does not let this official act now.';
    const details = { delegationId: under, problem };
    throw new GatewayError('SIGNOFF_NOT_YOURS', message, { details });
  }

  async of(caller: Caller, department: string): Promise<Acting[]> {
    const page = { limit: mostDelegations };
    const to = { to: caller.user };
    const found = await listNarrowed(this.#index, recordLists.delegations, department, to, page);
    const inForce = found.items.filter(
      (one) => this.#problemOf(one, caller, department) === undefined,
    );
    return [
      ownOf(caller),
      ...(await Promise.all(inForce.map((one) => this.#inPlace(caller, one)))),
    ];
  }

  /** The absent official signed the delegation: so the ledger has that certificate, and its section. */
  async #inPlace(
    { user, mspId }: Caller,
    { delegationId: under, from, role }: DelegationRecord,
  ): Promise<Acting> {
    const signers = await this.#index.signers(mspId, role);
    return { user, role, section: signers.get(from)?.section ?? null, for: from, under };
  }

  #problemOf(
    delegation: DelegationRecord | undefined,
    { user }: Caller,
    department: string,
  ): string | undefined {
    const { left = [] } = this.#index.record('department', department) ?? {};
    const at = this.#now().toISOString();
    return delegationProblem(delegation, { department, user, at, left });
  }
}

const ownOf = ({ user, role, section }: Caller): Acting => ({ user, role, section });
