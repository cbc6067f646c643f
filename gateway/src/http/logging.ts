import { pino, type DestinationStream, type Logger } from 'pino';
import type { RequestHandler } from 'express';
import { requestId } from './request-id.js';

/** Fields that are removed from every logged object. */
const secrets = ['authorization', 'cookie', 'token', 'signature', 'apiKey', 'keyPem', 'passphrase'];
const inHeaders = ['req.headers.authorization', 'req.headers.cookie'];
const redactedPaths = [...secrets.flatMap((name) => [name, `*.${name}`]), ...inHeaders];

/** JSON lines without secrets; by default to stderr, because stdout is for the output of commands. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      name: 'gateway',
      level,
      redact: { paths: redactedPaths, censor: '[redacted]' },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    destination ?? standardError(),
  );
}

/** A log that cannot be written (a full disk) must not end the process, as an unhandled 'error' event would. */
function standardError(): DestinationStream {
  return pino.destination(2).on('error', () => undefined);
}

/** Logs one line per request: never headers, bodies or queries. */
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
