import type { Problem } from '@yici/api';
import { KeyError } from '@yici/keys';
import {
  basisWords,
  citationsOf,
  contractErrors,
  standingsIn,
  type ContractErrorMeaning,
} from '@yici/domain/model';
import type { ErrorRequestHandler, Request, Response } from 'express';
import { ContractError, GatewayError, gatewayStatus } from '../errors.js';
import { isDiskError } from '../store/health.js';
import { contractStatus } from './status.js';
import type { AppDependencies } from './context.js';
import { requestId } from './request-id.js';
import { told, wordingOf, type Wording } from './wording.js';

/** Converts every error of a route to application/problem+json. */
export function problemHandler(
  { logger, index }: Pick<AppDependencies, 'logger' | 'index'>,
  onRefused: (request: Request, status: number, code: string) => void,
): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const problem = problemOf(error, request, requestId(response), { logger, index });
    onRefused(request, problem.status, problem.code);
    if (response.headersSent) {
      next(error);
      return;
    }
    sendProblem(response, problem);
  };
}

/** What is answered to an error; logged if it is the gateway's own failure. */
export function problemOf(
  error: unknown,
  request: Request,
  id: string,
  { logger, index }: Pick<AppDependencies, 'logger' | 'index'>,
): Problem {
  const known = asKnown(error);
  if (['INTERNAL', 'STORAGE_FAILED', 'TOKEN_UNAVAILABLE'].includes(known.code))
    logger.error({ err: error, requestId: id }, 'a request failed');
  return toProblem(known, { instance: request.path, requestId: id }, wordingOf(request, index));
}

/** Seconds after which a restarted peer usually answers. */
const retryAfter = '5';

function sendProblem(response: Response, problem: Problem): void {
  // Temporary: the client may repeat the request (RFC 9110 10.2.3).
  if (problem.status === 503) response.set('Retry-After', retryAfter);
  const seconds = problem.details?.['retryAfter'];
  if (typeof seconds === 'number') response.set('Retry-After', String(seconds));
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

function toProblem(
  error: GatewayError | ContractError,
  about: Pick<Problem, 'instance' | 'requestId'>,
  wording: Wording,
): Problem {
  const { code } = error;
  // They are said in the words of the answer's language.
  const details = Object.fromEntries(
    Object.entries(error.details).filter(([name]) => name !== 'errors'),
  );
  const { title, ...words } = told(error, wording);
  return {
    ...{ type: `urn:yici:error:${code}`, title, status: statusOf(error), code },
    ...{ ...words, ...about, source: sourceOf(error) },
    ...articleOf(error),
    ...(Object.keys(details).length === 0 ? {} : { details }),
  };
}

const statusOf = (error: GatewayError | ContractError): number =>
  error instanceof GatewayError ? gatewayStatus[error.code] : contractStatus(error.code);

const ofPeers: ReadonlySet<string> = new Set([
  'ENDORSEMENT_FAILED',
  'TIME_REFUSED',
  'IDENTITY_REFUSED',
  'ENDORSERS_UNAVAILABLE',
  'ORDERERS_UNAVAILABLE',
]);

function articleOf({ code, details }: GatewayError | ContractError): Pick<Problem, 'article'> {
  const meanings: Readonly<Record<string, ContractErrorMeaning | undefined>> = contractErrors;
  const basis = Object.hasOwn(meanings, code) ? meanings[code]?.basis : undefined;
  if (basis === undefined) return {};
  return { article: basisWords(citationsOf(basis, details), standingsIn(details)) };
}

function sourceOf(error: GatewayError | ContractError): Problem['source'] {
  if (error instanceof ContractError || error.code === 'CONTRACT_REFUSED') return 'contract';
  return error.code.startsWith('PEER_') || ofPeers.has(error.code) ? 'peer' : 'gateway';
}

function asKnown(error: unknown): GatewayError | ContractError {
  if (error instanceof GatewayError || error instanceof ContractError) return error;
  if (error instanceof URIError) {
    return new GatewayError('VALIDATION_FAILED', 'The path is not properly percent-encoded.', {
      cause: error,
    });
  }
  // A token that is away is no fault of whoever asks, and may be back at the next request.
  if (error instanceof KeyError) {
    const message = 'The token that keeps the key does not sign now; the log says why.';
    return new GatewayError('TOKEN_UNAVAILABLE', message, {
      details: { code: error.code },
      cause: error,
    });
  }
  // A store that is being reopened, or a file that could not be written.
  if (isDiskError(error)) {
    return new GatewayError('STORAGE_FAILED', 'The disk fails or is full; try again later.', {
      cause: error,
    });
  }
  return bodyError(error) ?? new GatewayError('INTERNAL', 'unexpected failure', { cause: error });
}

/** Errors of express.json have a `type` (http-errors of body-parser). */
function bodyError(error: unknown): GatewayError | undefined {
  if (!(error instanceof Error)) return undefined;
  switch (bodyErrorType(error)) {
    case 'entity.too.large':
      return new GatewayError('BODY_TOO_LARGE', 'The body is larger than this gateway takes.', {
        cause: error,
        details: 'limit' in error ? { limit: error.limit } : {},
      });
    case 'entity.parse.failed':
    case 'encoding.unsupported':
    case 'charset.unsupported':
    case 'encoding.broken':
    case 'request.aborted':
    case 'request.size.invalid':
      return new GatewayError('BODY_MALFORMED', 'The body is no JSON in UTF-8.', { cause: error });
    default:
      return undefined;
  }
}

/** Invalid compressed bodies give an error of zlib (Z_DATA_ERROR, Z_BUF_ERROR), which has no `type`. */
function bodyErrorType(error: Error): unknown {
  if ('type' in error) return error.type;
  const compressed = 'code' in error && typeof error.code === 'string' && /^Z_/.test(error.code);
  return compressed ? 'encoding.broken' : undefined;
}
