import { Router, type Request } from 'express';
import { GatewayError } from '../../errors.js';
import { pathParam, type AppDependencies } from '../context.js';
import { noQuery } from '../no-query.js';

/** Names under which this machine calls itself. */
const ownNames: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Gives the console the keys of the demo's roles. Only a demo network on loopback has these routes, and only the console's own page
 * gets an answer: a page of elsewhere says so in Sec-Fetch-Site, one behind a name that was pointed here in Host.
 */
export function demoRouter({ demo }: Pick<AppDependencies, 'demo'>): Router {
  const router = Router();
  if (demo === undefined) return router;
  router.get('/demo/roles', noQuery, (request, response) => {
    requireOwnPage(request);
    response.json({ items: demo.roles });
  });
  router.get('/demo/roles/:user', noQuery, (request, response) => {
    requireOwnPage(request);
    const identity = demo.identity(pathParam(request, 'user'));
    if (identity === undefined)
      throw new GatewayError('RECORD_NOT_FOUND', 'The demo has no such role.');
    response.set('Cache-Control', 'no-store').json(identity);
  });
  return router;
}

function requireOwnPage(request: Request): void {
  const site = request.get('sec-fetch-site') ?? 'none';
  const [, name = ''] = /^(.*?)(?::\d+)?$/.exec(request.get('host') ?? '') ?? [];
  if (ownNames.has(name) && ['same-origin', 'none'].includes(site)) return;
  throw new GatewayError('ROUTE_NOT_FOUND', 'Demo roles are for this gateway’s own console.');
}
