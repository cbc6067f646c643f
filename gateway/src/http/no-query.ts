import type { RequestHandler } from 'express';
import { z } from 'zod';
import { validated } from '../validate.js';

const none = z.strictObject({});

/** For routes without query parameters: refuses a query instead of ignoring it. */
export const noQuery: RequestHandler = (request, _response, next) => {
  validated(none, request.query, 'query');
  next();
};
