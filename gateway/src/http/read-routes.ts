import { Router, type Response } from 'express';
import type { Viewer } from '../access/access.js';
import type { Caller } from '../callers/caller.js';
import { auditRoutes } from './audit-routes.js';
import { caseRoutes } from './case-routes.js';
import { catalogueRoutes } from './catalogue-routes.js';
import { chainRoutes, networkDocument } from './chain-routes.js';
import { expressPath, viewing, type AppDependencies } from './context.js';
import { documentReads } from './document-routes.js';
import { dutyRoutes } from './duty-routes.js';
import { exportRoute } from './export-route.js';
import { oneThingRoutes } from './one-thing-routes.js';
import { Attachment, JsonText, type AnyReadRoute } from './read-route.js';
import { noQuery } from './read-shapes.js';
import { recordRead } from './recorded-reads.js';
import { journalRoutes } from './journal-routes.js';
import { receiptRoutes } from './receipt-routes.js';
import { shareRoutes } from './share-routes.js';
import { responsibilityRoutes } from './responsibility-routes.js';
import { figureRoutes, statsRoutes } from './stats-routes.js';
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
  ...receiptRoutes,
  ...documentReads,
  ...supervisionRoutes,
  ...auditRoutes,
  ...journalRoutes,
  ...statsRoutes,
];

/** What every member is shown alike, and the journal itself: a supervisor's read of these is not recorded. */
const openRoutes: ReadonlySet<AnyReadRoute> = new Set([
  ...catalogueRoutes,
  ...dutyRoutes,
  ...chainRoutes,
  ...receiptRoutes,
  ...figureRoutes,
  ...auditRoutes,
  ...journalRoutes,
]);

export function readRouter(deps: AppDependencies): Router {
  const router = Router();
  router.get('/v1/network', noQuery, async (_request, response) => {
    response.json(await networkDocument(deps));
  });
  for (const route of readRoutes) {
    router.get(expressPath(route.path), async (request, response) => {
      const { caller, viewer } = viewing(request, deps);
      const { params, query } = request;
      const wantsCsv = request.accepts(['application/json', 'text/csv']) === 'text/csv';
      const body = await route.run({ params, query, caller, viewer, wantsCsv, deps });
      if (!openRoutes.has(route)) {
        await recordRead(deps, response, {
          caller,
          viewer,
          route: route.path,
          params,
          query,
          body,
        });
      }
      send(response, body);
      deps.journal.read(...readerOf(caller, viewer), route.path);
    });
  }
  return router;
}

/** Under whom a read is counted. */
export const readerOf = (
  caller: Pick<Caller, 'mspId' | 'role'>,
  viewer: Viewer,
): [department: string, role: string] => [viewer.department ?? caller.mspId, caller.role ?? 'none'];

function send(response: Response, body: unknown): void {
  if (body instanceof Attachment) {
    response.attachment(body.name).type(body.type).send(Buffer.from(body.bytes));
  } else if (body instanceof JsonText) response.type('application/json').send(body.text);
  else response.json(body);
}
