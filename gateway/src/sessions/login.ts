import { createHash } from 'node:crypto';
import { Challenges, type Challenge, type LoginAddress, type LoginScope } from './challenge.js';
import type { Member, Membership } from './membership.js';
import { SessionStore, type Session } from './session-store.js';
import { checkSignature } from '../callers/signature-check.js';

export interface Credentials {
  readonly mspId: string;
  /** PEM */
  readonly certificate: string;
}

interface ChallengeAnswer extends Credentials {
  readonly challenge: string;
  readonly signature: Uint8Array;
}

/** Login by signed challenge: a certificate of a channel member, and proof of possession of its key. */
export class Login {
  readonly sessions: SessionStore;
  readonly #challenges: Challenges;
  readonly #membership: Membership;

  constructor(
    scope: LoginScope,
    dependencies: { readonly membership: Membership; readonly now: () => Date },
  ) {
    this.sessions = new SessionStore({}, dependencies);
    this.#challenges = new Challenges(scope, dependencies);
    this.#membership = dependencies.membership;
  }

  /** @throws GatewayError CERTIFICATE_…, MSP_UNKNOWN: unknown callers get no challenge. */
  challenge(credentials: Credentials, gateway: LoginAddress): Challenge {
    return this.#challenges.issue(subjectOf(this.member(credentials)), gateway);
  }

  /** @throws GatewayError CHALLENGE_…, SIGNATURE_…, CERTIFICATE_…, MSP_UNKNOWN */
  async open(
    answer: ChallengeAnswer,
  ): Promise<{ readonly token: string; readonly session: Session }> {
    const member = this.member(answer);
    const subject = subjectOf(member);
    const message = this.#challenges.message(answer.challenge, subject);
    await checkSignature(member.caller.publicKey, Buffer.from(message, 'utf8'), answer.signature);
    // Checked again: two answers to one challenge may have been verified concurrently.
    this.#challenges.message(answer.challenge, subject);
    this.#challenges.use(answer.challenge);
    return this.sessions.open(member.caller, member.certificate.notAfter);
  }

  /** Ends the sessions of certificates that the config now in force no longer accepts. */
  recheck(): void {
    this.sessions.retain((caller) => this.#membership.stillValid(caller));
  }

  /** The member named by a certificate, without proof of possession. @throws GatewayError CERTIFICATE_…, MSP_UNKNOWN */
  member(credentials: Credentials): Member {
    return this.#membership.member(credentials.mspId, credentials.certificate);
  }
}

function subjectOf(member: Member) {
  return {
    mspId: member.caller.mspId,
    certificateHash: createHash('sha256').update(member.certificate.der).digest('hex'),
  };
}
