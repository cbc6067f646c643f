import { connectionSchema } from '@yici/client';
import { CodedError, maxIdentityBytes, parseCertificate, requestNumber } from '@yici/ledger';
import { Router, type Request } from 'express';
import { z } from 'zod';
import type { EnrolmentAsked, EnrolmentState } from '@yici/api';
import { GatewayError, recordNotFound } from '../../errors.js';
import type { Enrolments } from '../../enrolments.js';
import { storageFailed } from '../../store/states.js';
import { validated } from '../../validate.js';
import { addressOf } from '../counted.js';
import { pathParam, type AppDependencies } from '../context.js';
import { noQuery } from '../no-query.js';
import type { RateLimits } from '../rate-limits.js';
import { requestId } from '../request-id.js';

export const enrolmentBody = z.strictObject({
  csr: z
    .string()
    .min(1)
    .max(4_096)
    .describe('PKCS#10 in PEM for a P-256 key; its common name is the user, as hrss.clerk1.'),
});
export const answerBody = z.strictObject({
  certificate: z.string().min(1).max(maxIdentityBytes).describe('X.509 certificate in PEM.'),
  connection: z.string().min(1).max(16_384).describe('The text of `connection.json`.'),
});
export const collectBody = z.strictObject({ code: z.string().min(1).max(128) });

const paths = {
  ask: '/v1/enrolments',
  answer: '/v1/enrolments/:number/answer',
  collect: '/v1/enrolments/:number/collect',
} as const;
/** What takes a body from who has no session. */
export const enrolmentPaths = Object.values(paths);
export const isEnrolment = ({ method, path }: Request): boolean =>
  method === 'POST' && /^\/v1\/enrolments(\/[^/]+\/(answer|collect))?$/.test(path);

/**
 * Requests for certificates, from whoever has none yet. Of each, what the registrar needs is kept for some days, a bounded number of
 * them, few a minute from one address; each is in the journal before it is kept.
 */
export function enrolmentRoutes(deps: AppDependencies, limits: RateLimits): Router {
  const router = Router();
  const { enrolments, audit } = deps;
  if (enrolments === undefined) return router;
  router.post(paths.ask, noQuery, async (request, response) => {
    limits.count('enrolments', addressOf(request));
    const { csr } = validated(enrolmentBody, request.body, 'body');
    const { number, user } = refusing(() => enrolments.read(csr));
    const line = { number, user, requestId: requestId(response) };
    await audit.append({ kind: 'enrolment.request', ...line });
    response.status(201).json(asked(enrolments, csr));
  });
  router.get('/v1/enrolments/:number', noQuery, (request, response) => {
    const { number, user, csr, expiresAt } = requestOf(enrolments, pathParam(request, 'number'));
    response.set('Cache-Control', 'no-store').json({ number, user, csr, expiresAt });
  });
  router.post(paths.answer, noQuery, async (request, response) => {
    const given = validated(answerBody, request.body, 'body');
    const { number, user } = requestOf(enrolments, pathParam(request, 'number'));
    assertCertified(deps, { number, user }, given);
    await audit.append({ kind: 'enrolment.answer', number, user, requestId: requestId(response) });
    refusing(() => enrolments.answer({ number, ...given }));
    response.json({});
  });
  router.post(paths.collect, noQuery, async (request, response) => {
    const { code } = validated(collectBody, request.body, 'body');
    const number = pathParam(request, 'number');
    const found = enrolments.collect(number, code);
    if (found === undefined) throw recordNotFound('enrolment', [number]);
    const { request: kept, answer } = found;
    if (answer !== undefined) {
      const line = { number, user: kept.user, requestId: requestId(response) };
      await audit.append({ kind: 'enrolment.collect', ...line });
    }
    response.set('Cache-Control', 'no-store').json(stateOf(kept, answer));
  });
  return router;
}

/** @throws GatewayError RECORD_NOT_FOUND */
function requestOf(enrolments: Enrolments, number: string) {
  const found = enrolments.find(number);
  if (found === undefined) throw recordNotFound('enrolment', [number]);
  return found;
}

/**
 * The certificate is the registrar's credential: only a department's root makes one that the channel takes, for the key and the user of
 * the request. @throws GatewayError CERTIFICATE_…, MSP_UNKNOWN, VALIDATION_FAILED
 */
function assertCertified(
  { login }: Pick<AppDependencies, 'login'>,
  { number, user }: { readonly number: string; readonly user: string },
  { certificate, connection }: z.output<typeof answerBody>,
): void {
  const mspId = mspIdIn(connection);
  const { caller } = login.member({ certificate, mspId });
  const { publicKeyInfo } = parseCertificate(certificate).x509;
  if (caller.user !== user || requestNumber(publicKeyInfo) !== number)
    throw invalid('/certificate', 'The certificate is for another key or user.');
}

function mspIdIn(connection: string): string {
  try {
    return connectionSchema.parse(JSON.parse(connection)).mspId;
  } catch {
    throw invalid('/connection', 'The connection is no connection.json.');
  }
}

function invalid(path: string, message: string, cause?: unknown): GatewayError {
  const errors = [{ path, code: 'custom', message }];
  return new GatewayError('VALIDATION_FAILED', message, { details: { errors }, cause });
}

function asked(enrolments: Enrolments, csr: string): EnrolmentAsked {
  const { number, code, expiresAt } = refusing(() => enrolments.ask(csr));
  return { number, code, expiresAt };
}

type Found = NonNullable<ReturnType<Enrolments['collect']>>;

const stateOf = ({ expiresAt }: Found['request'], answer: Found['answer']): EnrolmentState =>
  answer === undefined
    ? { state: 'waiting', expiresAt }
    : { state: 'issued', certificate: answer.certificate, connection: answer.connection };

const noSpace: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EIO', 'EROFS'];

/** @throws GatewayError VALIDATION_FAILED, TOO_MANY_AT_ONCE, STORAGE_FAILED */
function refusing<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw refusalOf(cause);
  }
}

function refusalOf(cause: unknown): unknown {
  if (cause instanceof CodedError) {
    if (cause.details['problem'] === 'tooMany') {
      const details = { of: 'enrolments' };
      return new GatewayError('TOO_MANY_AT_ONCE', cause.message, { details, cause });
    }
    return invalid('/csr', cause.message, cause);
  }
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (!noSpace.includes(code)) return cause;
  return storageFailed({ store: 'enrolments', since: new Date(), reason: String(code) }, cause);
}
