import type { RequestHandler } from 'express';
import { z } from 'zod';
import { validated } from '../validate.js';

export const noParams = z.strictObject({});

/** For routes whose path says everything: a query would silently do nothing. */
export const noQuery: RequestHandler = (request, _response, next) => {
  validated(noParams, request.query, 'query');
  next();
};

/** Page of a list: `cursor` is `next` of the page before. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(2048).optional(),
};

/** Where a point read looks: the gateway's index, or the peer's own state. */
export const sourceQuery = z.strictObject({ source: z.enum(['index', 'ledger']).default('index') });

/** A list's answer. */
export const pageOfItems = (item: z.ZodType) =>
  z.strictObject({ items: z.array(item), next: z.string().nullable() });
