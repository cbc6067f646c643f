import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseCertificateRequest } from '@yici/ledger';
import { z } from 'zod';
import { secretMode, writeAtomically } from '../atomic.js';
import { NetworkError } from '../errors.js';
import { readJson } from '../read-json.js';

const number = z.string().regex(/^enr-[0-9a-f]{20}$/);

const requestSchema = z.strictObject({
  v: z.literal(1),
  number,
  /** As the request names itself; the registrar says whether that is so. */
  user: z.string(),
  /** PKCS#10 in PEM. */
  csr: z.string(),
  /** SHA-256 of the code by which the answer is collected. */
  code: z.string(),
  at: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type EnrolmentRequest = z.output<typeof requestSchema>;

const answerSchema = z.strictObject({
  v: z.literal(1),
  number,
  /** PEM. */
  certificate: z.string(),
  /** The text of `connection.json`. */
  connection: z.string(),
  at: z.iso.datetime(),
});
export type EnrolmentAnswer = z.output<typeof answerSchema>;

/** What is kept at the most, and for how long. */
export const enrolmentLimits = { requests: 200, days: 7, bytes: 4_096 } as const;

const userName = /^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/;
const dayMillis = 86_400_000;

/**
 * Requests for certificates that wait for a department's registrar, and the registrar's answers: a file each, in the folder of the
 * department's gateway. The gateway writes requests, the registrar's command answers, so that no file has two writers. Nothing in
 * it is secret: of the code by which an answer is collected it has the digest.
 */
export class EnrolmentFolder {
  readonly #folder: string;
  readonly #now: () => Date;

  constructor(folder: string, now: () => Date = () => new Date()) {
    this.#folder = folder;
    this.#now = now;
  }

  /**
   * Whether another request would be kept. @throws LedgerError MALFORMED_IDENTITY when it is none; NetworkError
   * ENROLMENT_REFUSED when it is too long, names no user, or too many wait
   */
  read(csr: string): { readonly number: string; readonly user: string } {
    if (csr.length > enrolmentLimits.bytes) throw refused('tooLong');
    const { commonName: user, number } = parseCertificateRequest(csr);
    if (!userName.test(user)) throw refused('noUser');
    const others = this.#requests().filter((one) => one.number !== number);
    if (others.length >= enrolmentLimits.requests) throw refused('tooMany');
    return { number, user };
  }

  /** Keeps a request; one for the same key is replaced. The code collects the answer. Errors as {@link read} */
  ask(csr: string): EnrolmentRequest {
    const { number, user } = this.read(csr);
    const code = randomBytes(32).toString('base64url');
    const now = this.#now();
    const expiresAt = new Date(now.getTime() + enrolmentLimits.days * dayMillis).toISOString();
    const kept = { v: 1 as const, number, user, csr, at: now.toISOString(), expiresAt };
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    writeJson(this.#fileOf(number), { ...kept, code: digestOf(code) });
    return { ...kept, code };
  }

  /** What became of a request; undefined for an unknown number, a wrong code, or after its time. */
  collect(
    number: string,
    code: string,
  ): { readonly request: EnrolmentRequest; readonly answer?: EnrolmentAnswer } | undefined {
    const request = this.find(number);
    if (request === undefined || !isSame(request.code, digestOf(code))) return undefined;
    const answer = readJson(answerSchema, this.#answerOf(number));
    return { request, ...(answer !== undefined && { answer }) };
  }

  /** Those without an answer, the oldest first. */
  waiting(): readonly EnrolmentRequest[] {
    const open = this.#requests().filter((one) => !existsSync(this.#answerOf(one.number)));
    return open.sort((one, other) => one.at.localeCompare(other.at));
  }

  /** A request that has not run out of time, answered or not. */
  find(given: string): EnrolmentRequest | undefined {
    const { success } = number.safeParse(given);
    return success ? this.#valid(this.#fileOf(given)) : undefined;
  }

  /** @throws NetworkError ENROLMENT_REFUSED when it has an answer */
  answer(given: Pick<EnrolmentAnswer, 'number' | 'certificate' | 'connection'>): void {
    const file = this.#answerOf(given.number);
    if (existsSync(file)) throw refused('answered');
    writeJson(file, { v: 1, ...given, at: this.#now().toISOString() });
  }

  /** Removes what has run out of time. */
  sweep(): void {
    for (const name of this.#names()) {
      if (this.#valid(join(this.#folder, name)) !== undefined) continue;
      rmSync(join(this.#folder, name), { force: true });
      rmSync(this.#answerOf(name.replace(/\.json$/, '')), { force: true });
    }
  }

  #requests(): EnrolmentRequest[] {
    return this.#names().flatMap((name) => this.#valid(join(this.#folder, name)) ?? []);
  }

  #names(): string[] {
    if (!existsSync(this.#folder)) return [];
    return readdirSync(this.#folder).filter((name) => /^enr-[0-9a-f]+\.json$/.test(name));
  }

  #valid(file: string): EnrolmentRequest | undefined {
    const request = readJson(requestSchema, file);
    return request !== undefined && new Date(request.expiresAt) > this.#now() ? request : undefined;
  }

  #fileOf(number: string): string {
    return join(this.#folder, `${number}.json`);
  }

  #answerOf(number: string): string {
    return join(this.#folder, `${number}.answer.json`);
  }
}

const writeJson = (file: string, value: object): void => {
  writeAtomically(file, `${JSON.stringify(value, undefined, 2)}\n`, secretMode);
};

const digestOf = (code: string): string => createHash('sha256').update(code).digest('hex');

const isSame = (one: string, other: string): boolean =>
  timingSafeEqual(Buffer.from(one, 'hex'), Buffer.from(other, 'hex'));

const problems = {
  tooLong: {
    zh: `证书申请超过 ${enrolmentLimits.bytes} 个字符。`,
    en: `The request has more than ${enrolmentLimits.bytes} characters.`,
  },
  noUser: {
    zh: '证书申请没有载明用户名（例如 hrss.clerk1）。',
    en: 'The request names no user as hrss.clerk1.',
  },
  tooMany: {
    zh: `等待办理的证书申请已有 ${enrolmentLimits.requests} 件。`,
    en: `${enrolmentLimits.requests} requests wait already.`,
  },
  answered: { zh: '该申请已经办理。', en: 'The request has an answer already.' },
  otherUser: {
    zh: '该用户不属于此处有根密钥的部门。',
    en: 'The root key of the user’s department is not in this folder.',
  },
  unknown: {
    zh: '没有该证书申请，或者已过期。',
    en: 'There is no such request, or its time has run out.',
  },
} as const;

export function refused(problem: keyof typeof problems): NetworkError {
  return new NetworkError('ENROLMENT_REFUSED', problems[problem], { details: { problem } });
}
