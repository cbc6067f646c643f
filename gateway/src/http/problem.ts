import type { Problem } from '@yici/api';
import {
  basisWords,
  citationsOf,
  contractErrors,
  standingsIn,
  type ContractErrorMeaning,
} from '@yici/domain/model';
import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Logger } from 'pino';
import { ContractError, GatewayError, gatewayStatus } from '../errors.js';
import { isDiskError } from '../store/health.js';
import { contractStatus } from './status.js';
import { requestId } from './request-id.js';

/** Converts every error of a route to application/problem+json. */
export function problemHandler(
  logger: Logger,
  onRefused: (request: Request, status: number, code: string) => void,
): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const problem = problemOf(error, request.path, requestId(response), logger);
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
  instance: string,
  request: string,
  logger: Logger,
): Problem {
  const known = asKnown(error);
  if (known.code === 'INTERNAL' || known.code === 'STORAGE_FAILED')
    logger.error({ err: error, requestId: request }, 'a request failed');
  return toProblem(known, instance, request);
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
  instance: string,
  request: string,
): Problem {
  const { errors, ...details } = error.details;
  const status = statusOf(error);
  return {
    type: `urn:yici:error:${error.code}`,
    title: titleOf(error.code),
    status,
    code: error.code,
    // Internal errors are described only in the log.
    detail:
      error.code === 'INTERNAL'
        ? 'Something unexpected happened; the log has it under this request id.'
        : error.message,
    instance,
    requestId: request,
    source: sourceOf(error),
    ...articleOf(error),
    ...(Array.isArray(errors) ? { errors: errors as NonNullable<Problem['errors']> } : {}),
    ...(Object.keys(details).length === 0 ? {} : { details }),
  };
}

const statusOf = (error: GatewayError | ContractError): number =>
  error instanceof GatewayError ? gatewayStatus[error.code] : contractStatus(error.code);

const ofPeers: ReadonlySet<string> = new Set([
  'ENDORSEMENT_FAILED',
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

/** `SIGNATURE_HIGH_S` -> `Signature high s`; by RFC 9457 the title depends only on the type. */
function titleOf(code: string): string {
  const words = code.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function asKnown(error: unknown): GatewayError | ContractError {
  if (error instanceof GatewayError || error instanceof ContractError) return error;
  if (error instanceof URIError) {
    return new GatewayError('VALIDATION_FAILED', 'The path is not properly percent-encoded.', {
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
