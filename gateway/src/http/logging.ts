import { pino, type DestinationStream, type Logger } from 'pino';
import type { RequestHandler } from 'express';
import { requestId } from './request-id.js';

/** Paths that never reach the log, wherever an object with them is logged. */
const redactedPaths: readonly string[] = [
  'authorization',
  'cookie',
  'token',
  'signature',
  'apiKey',
  'keyPem',
  'passphrase',
  '*.authorization',
  '*.cookie',
  '*.token',
  '*.signature',
  '*.apiKey',
  '*.keyPem',
  '*.passphrase',
  'req.headers.authorization',
  'req.headers.cookie',
];

/** JSON lines with secrets removed; by default to stderr, since stdout is for what the operator asked to see. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      name: 'gateway',
      level,
      redact: { paths: [...redactedPaths], censor: '[redacted]' },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    destination ?? standardError(),
  );
}

/** A log that cannot be written (a full disk) is no reason to end: pino would have its error heard by nobody. */
function standardError(): DestinationStream {
  return pino.destination(2).on('error', () => undefined);
}

/** One line a request: method, path without its query, status, duration, request id. Never headers, bodies or queries. */
export function requestLog(logger: Logger): RequestHandler {
  return (request, response, next) => {
    const start = process.hrtime.bigint();
    response.once('finish', () => {
      const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
      const line = {
        requestId: requestId(response),
        method: request.method,
        path: request.originalUrl.split('?', 1)[0],
        status: response.statusCode,
        milliseconds: Math.round(milliseconds * 10) / 10,
      };
      if (response.statusCode >= 500) logger.error(line, 'request');
      else logger.debug(line, 'request');
    });
    next();
  };
}
