import type { KeyObject } from 'node:crypto';
import { roleAttribute, section, sectionAttribute } from '@yici/domain/model';

/** The caller of a request: a member of the channel, authenticated by a signature or an API key. */
export interface Caller {
  /** Serialized identity (msp.SerializedIdentity), the creator of this caller's transactions. */
  readonly creator: Uint8Array;
  readonly publicKey: KeyObject;
  readonly mspId: string;
  /** Common name of the certificate, e.g. `hrss.clerk1`. */
  readonly user: string;
  /** The certificate's `yici.role`. */
  readonly role: string | null;
  /** The certificate's `yici.section` (科室); null where the department's authority names none. */
  readonly section: string | null;
  /** By node OU. */
  readonly admin: boolean;
  /** SHA-256 of `creator` in hex: the owner of a transaction or idempotency key. */
  readonly fingerprint: string;
  /** The account's name, if the gateway stores the key. */
  readonly account?: string;
}

/** What a certificate's attributes (Fabric CA's extension) say of its holder's place in the department. */
export function officeOf(
  attributes: ReadonlyMap<string, string>,
): Pick<Caller, 'role' | 'section'> {
  return {
    role: attributes.get(roleAttribute) ?? null,
    section: section.safeParse(attributes.get(sectionAttribute)).data ?? null,
  };
}
