import type { RequestHandler } from 'express';
import { z } from 'zod';
import { validated } from '../validate.js';

const none = z.strictObject({});

/** For routes whose path says everything: a query would silently do nothing. */
export const noQuery: RequestHandler = (request, _response, next) => {
  validated(none, request.query, 'query');
  next();
};
