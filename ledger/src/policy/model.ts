import type { Principal } from '../identity/principal.js';

/** A candidate for a principal: a validated identity of the channel, or a peer that could still be asked. */
export interface PrincipalHolder {
  readonly mspId: string;
  /** Hash of the certificate; unique within one MSP. */
  readonly id: string;
  satisfies(principal: Principal): boolean;
}

/** A signer with valid identity and verified signature, and its serialized bytes. */
export interface PolicySigner {
  readonly identity: PrincipalHolder;
  readonly bytes: Uint8Array;
}

/** Whether signers meet a policy, and a sentence that says why not (or that they do). */
interface PolicyVerdict {
  readonly satisfied: boolean;
  readonly reason: string;
}

/** A compiled policy. Evaluate it with distinct signers only (see distinctSigners). */
export interface Policy {
  /** The policy as text, e.g. `2 of (HrssMSP.peer, FinanceMSP.peer)`. */
  readonly text: string;
  /** Every principal of the policy and its sub-policies. */
  readonly principals: readonly Principal[];
  /** For a policy over those of sub-groups: how many of them must hold; a sub-group without one never does. */
  readonly quorum?: { readonly needed: number; readonly of: readonly (Policy | undefined)[] };
  evaluate(signers: readonly PolicySigner[]): PolicyVerdict;
}

/** The MSPs of the signers, for a sentence. */
export function signersText(signers: readonly PolicySigner[]): string {
  if (signers.length === 0) return 'nobody whose signature counts';
  return signers.map((signer) => signer.identity.mspId).join(', ');
}

/** The first signer for each certificate, whatever its serialization: one identity counts once. */
export function distinctSigners<T extends PolicySigner>(signers: readonly T[]): readonly T[] {
  const seen = new Set<string>();
  return signers.filter(({ identity }) => {
    const key = `${identity.mspId}:${identity.id}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
