import { X509Certificate } from 'node:crypto';
import { Context } from 'fabric-contract-api';
import type { Caller } from '../kernel/caller';
import { canonicalJson } from '../kernel/canonical';
import { ContractError } from '../kernel/errors';
import type { ContractEvent } from '../kernel/events';
import { role, roleAttribute, type Role } from '../kernel/roles';
import type { RecordStore } from '../kernel/store';
import type { Environment } from '../runner/environment';
import { createRecordStore } from './record-store';
import { memoize } from '../shim/memo';

const earliest = '2000-01-01T00:00:00.000Z';
const latest = '2199-12-31T00:00:00.000Z';

/** What a transaction knows: who calls, when, and the records. */
export class YiciContext extends Context implements Environment {
  #store: RecordStore | undefined;

  get store(): RecordStore {
    this.#store ??= createRecordStore(this.stub);
    return this.#store;
  }

  /**
   * The transaction's timestamp, ISO 8601 UTC. Set by the client; peers refuse a proposal far from their own clock.
   * @throws ContractError TIME_OUT_OF_RANGE
   */
  get at(): string {
    const time = this.stub.getDateTimestamp();
    const at = Number.isNaN(time.getTime()) ? '' : time.toISOString();
    if (at < earliest || at > latest || at.length !== earliest.length) {
      throw new ContractError('TIME_OUT_OF_RANGE', { at, earliest, latest });
    }
    return at;
  }

  /** @throws ContractError TIME_OUT_OF_RANGE, IDENTITY_UNUSABLE, ROLE_REFUSED */
  get caller(): Caller {
    const names = namesOf(Buffer.from(this.clientIdentity.getIDBytes()).toString('utf8'));
    return {
      mspId: this.clientIdentity.getMSPID(),
      role: this.#role(names),
      user: this.#user(names),
      at: this.at,
      txId: this.stub.getTxID(),
    };
  }

  get channel(): string {
    return this.stub.getChannelID();
  }

  get transient(): ReadonlyMap<string, Uint8Array> {
    return this.stub.getTransient();
  }

  emit(event: ContractEvent): void {
    this.stub.setEvent(event.name, Buffer.from(canonicalJson(event), 'utf8'));
  }

  /** The role attribute; administrators may have the node OU `admin` instead. */
  #role(names: readonly string[]): Role {
    const attribute = this.clientIdentity.getAttributeValue(roleAttribute);
    const parsed = role.safeParse(attribute);
    if (parsed.success) return parsed.data;
    if (attribute === null && names.includes('OU=admin')) return 'admin';
    throw new ContractError('ROLE_REFUSED', { role: attribute ?? '' });
  }

  /** The enrolment name: Fabric CA's attribute, else the common name. It outlives a renewed certificate. */
  #user(names: readonly string[]): string {
    const commonName = names.find((name) => name.startsWith('CN='))?.slice('CN='.length);
    const user = this.clientIdentity.getAttributeValue('hf.EnrollmentID') ?? commonName ?? '';
    if (!/^[^\p{Cc}\p{Cs}]{1,128}$/u.test(user)) throw new ContractError('IDENTITY_UNUSABLE');
    return user;
  }
}

/** The certificate's subject, one name a line as node:crypto writes it (line feeds inside a name are escaped). */
const namesOf = memoize(1000, (pem) => {
  try {
    return new X509Certificate(pem).subject.split('\n');
  } catch {
    throw new ContractError('IDENTITY_UNUSABLE');
  }
});
