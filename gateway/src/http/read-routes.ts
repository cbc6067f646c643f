import { Router, type Response } from 'express';
import { caseRoutes } from './case-routes.js';
import { catalogueRoutes } from './catalogue-routes.js';
import { chainRoutes, networkDocument } from './chain-routes.js';
import { expressPath, viewing, type AppDependencies } from './context.js';
import { documentReads } from './document-routes.js';
import { dutyRoutes } from './duty-routes.js';
import { exportRoute } from './export-route.js';
import { oneThingRoutes } from './one-thing-routes.js';
import { Attachment, JsonText, type AnyReadRoute } from './read-route.js';
import { shareRoutes } from './share-routes.js';
import { responsibilityRoutes } from './responsibility-routes.js';
import { supervisionRoutes } from './supervision-routes.js';

/** Every read that needs a session. */
export const readRoutes: readonly AnyReadRoute[] = [
  ...catalogueRoutes,
  ...dutyRoutes,
  ...oneThingRoutes,
  ...caseRoutes,
  exportRoute,
  ...responsibilityRoutes,
  ...shareRoutes,
  ...chainRoutes,
  ...documentReads,
  ...supervisionRoutes,
];

export function readRouter(deps: AppDependencies): Router {
  const router = Router();
  router.get('/v1/network', async (_request, response) => {
    response.json(await networkDocument(deps));
  });
  for (const route of readRoutes) {
    router.get(expressPath(route.path), async (request, response) => {
      const { caller, viewer } = viewing(request, deps);
      const { params, query } = request;
      send(response, await route.run({ params, query, caller, viewer, deps }));
    });
  }
  return router;
}

function send(response: Response, body: unknown): void {
  if (body instanceof Attachment) {
    response.attachment(body.name).type(body.type).send(Buffer.from(body.bytes));
  } else if (body instanceof JsonText) response.type('application/json').send(body.text);
  else response.json(body);
}
