import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { loginMessage } from '@yici/client';
import { GatewayError } from '../errors.js';

/** The purpose of a login: part of the signed text, so a signature for one gateway is useless at another. */
export interface LoginScope {
  readonly audience: string;
  readonly channel: string;
}

/** The origin at which the client reached the gateway; a relayed login has another one. */
export type LoginAddress = string;

/** Who wants to log in: the MSP and the hex SHA-256 of the certificate's DER. */
interface LoginSubject {
  readonly mspId: string;
  readonly certificateHash: string;
}

export interface Challenge {
  /** Opaque; returned with the signature. */
  readonly challenge: string;
  /** The exact text to sign. */
  readonly message: string;
  readonly expiresAt: Date;
}

interface ChallengeOptions extends LoginScope {
  /** How long a challenge may be answered, in milliseconds. Default two minutes. */
  readonly lifetime?: number;
}

/**
 * Issues and redeems challenges. A challenge contains its expiry and address and a MAC over subject and these, so
 * issuing one uses no memory; only used challenges are stored, until they expire.
 */
export class Challenges {
  readonly #options: Required<ChallengeOptions>;
  readonly #now: () => Date;
  readonly #key = randomBytes(32);
  readonly #used = new Map<string, number>();

  constructor(options: ChallengeOptions, dependencies: { readonly now: () => Date }) {
    this.#options = { lifetime: 120_000, ...options };
    this.#now = dependencies.now;
  }

  issue(subject: LoginSubject, gateway: LoginAddress): Challenge {
    const expiresAt = new Date(this.#now().getTime() + this.#options.lifetime);
    const nonce = randomBytes(16).toString('base64url');
    const body = [expiresAt.getTime(), nonce, Buffer.from(gateway).toString('base64url')].join('.');
    const challenge = `${body}.${this.#mac(body, subject)}`;
    return { challenge, message: this.#text(subject, challenge, gateway, expiresAt), expiresAt };
  }

  /**
   * The text that must have been signed for this challenge.
   * @throws GatewayError CHALLENGE_UNKNOWN (not issued here, or for another subject), CHALLENGE_EXPIRED, CHALLENGE_USED.
   */
  message(challenge: string, subject: LoginSubject): string {
    const { expires, gateway } = this.#read(challenge, subject);
    if (expires <= this.#now().getTime()) {
      throw new GatewayError('CHALLENGE_EXPIRED', 'The challenge has expired; ask for a new one.');
    }
    if (this.#used.has(challenge)) {
      throw new GatewayError(
        'CHALLENGE_USED',
        'The challenge was used already; ask for a new one.',
      );
    }
    return this.#text(subject, challenge, gateway, new Date(expires));
  }

  #text(subject: LoginSubject, challenge: string, gateway: LoginAddress, expiresAt: Date): string {
    const issued = { challenge, expiresAt: expiresAt.toISOString() };
    return loginMessage({ ...this.#options, gateway }, subject, issued);
  }

  /** Marks a challenge as used: it cannot open a second session. */
  use(challenge: string): void {
    const now = this.#now().getTime();
    for (const [known, expires] of this.#used) if (expires <= now) this.#used.delete(known);
    this.#used.set(challenge, now + this.#options.lifetime);
  }

  #read(
    challenge: string,
    subject: LoginSubject,
  ): { readonly expires: number; readonly gateway: LoginAddress } {
    const [expires, nonce, gateway, mac, ...rest] = challenge.split('.');
    const unknown = () =>
      new GatewayError(
        'CHALLENGE_UNKNOWN',
        'This gateway gave no such challenge to this certificate.',
      );
    if (expires === undefined || nonce === undefined) throw unknown();
    if (gateway === undefined || mac === undefined || rest.length > 0) throw unknown();
    if (!equal(mac, this.#mac(`${expires}.${nonce}.${gateway}`, subject))) throw unknown();
    return {
      expires: Number(expires),
      gateway: Buffer.from(gateway, 'base64url').toString('utf8'),
    };
  }

  #mac(body: string, subject: LoginSubject): string {
    return createHmac('sha256', this.#key)
      .update(`${body}\n${subject.mspId}\n${subject.certificateHash}`)
      .digest('base64url');
  }
}

function equal(left: string, right: string): boolean {
  // Compares digests, so that the time of the comparison reveals nothing about the value.
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
