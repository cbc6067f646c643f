import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';

const acceptable = /^[A-Za-z0-9._-]{1,64}$/;
const header = 'X-Request-Id';

export const newRequestId = (): string => randomUUID();

/** Sets the request id of answers and log lines: the caller's own if it is valid, otherwise a new one. */
export const requestIds: RequestHandler = (request, response, next) => {
  const given = request.get(header);
  response.set(header, given !== undefined && acceptable.test(given) ? given : newRequestId());
  next();
};

export function requestId(response: Response): string {
  return response.get(header) ?? '';
}
