import type { Principal } from '../identity/principal.js';

/** What a policy asks of a signer. A validated identity of the channel is one; so is a peer that could still be asked. */
export interface PrincipalHolder {
  readonly mspId: string;
  /** Tells identities of one MSP apart: the hash of the certificate. */
  readonly id: string;
  satisfies(principal: Principal): boolean;
}

/** One signer: an identity that was found valid and whose signature verified, with its serialized bytes. */
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
  /** The policy in words, e.g. `2 of (HrssMSP.peer, FinanceMSP.peer)`. */
  readonly text: string;
  /** Every principal that it or its sub-policies name. */
  readonly principals: readonly Principal[];
  evaluate(signers: readonly PolicySigner[]): PolicyVerdict;
}

/** The MSPs of the signers for a sentence. */
export function signersText(signers: readonly PolicySigner[]): string {
  if (signers.length === 0) return 'nobody whose signature counts';
  return signers.map((signer) => signer.identity.mspId).join(', ');
}

/** The first signer of each certificate, however it was serialized: one identity counts once. */
export function distinctSigners<T extends PolicySigner>(signers: readonly T[]): readonly T[] {
  const seen = new Set<string>();
  return signers.filter(({ identity }) => {
    const key = `${identity.mspId}:${identity.id}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
