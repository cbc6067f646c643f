import { otherReads, publicReads, type NetworkView } from '@yici/api';
import { shanghaiDate } from '@yici/domain/model';
import { Router } from 'express';
import { GatewayError } from '../../errors.js';
import { listExplanations } from '../../reads/public-explanations.js';
import { validated } from '../../validate.js';
import type { AppDependencies } from '../context.js';
import { noQuery } from '../no-query.js';
import { languageOf } from '../wording.js';

/** Public facts, by which a client can check the network before it logs in. */
export function networkRouter(deps: AppDependencies): Router {
  const router = Router();
  router.get(otherReads['network.get'].path, noQuery, async (_request, response) => {
    response.json(await networkDocument(deps));
  });
  return router;
}

async function networkDocument(deps: AppDependencies): Promise<NetworkView> {
  const checkpoint = deps.index.checkpoint();
  const departments = await deps.index.records('department', [], { limit: 200 });
  return {
    ...deps.facts,
    onePointOfTrust: deps.facts.engine === 'embedded',
    genesisHash: checkpoint?.genesis ?? '',
    height: checkpoint === undefined ? 0 : checkpoint.block + 1,
    indexed: checkpoint?.block ?? -1,
    scheduler: {
      on: deps.scheduler.obstacle === undefined,
      obstacle: deps.scheduler.obstacle ?? null,
    },
    departments: departments.items.map(({ id, mspId, name }) => ({ id, mspId, name })),
  };
}

/** How long an answer may be kept by whoever asked, or by a proxy before the gateway. */
const publicCache = 'public, max-age=300';

/** Explanations that the law wants public: for anybody, where the operator has turned it on. */
export function explanationsRouter(deps: AppDependencies): Router {
  const { path, query } = publicReads['explanations.list'];
  const router = Router();
  router.get(path, async (request, response) => {
    if (deps.publicExplanations !== true) {
      throw new GatewayError('NOT_PUBLISHED', 'This gateway does not publish explanations.');
    }
    const today = shanghaiDate(deps.now().toISOString());
    const asked = validated(query, request.query, 'query');
    const page = await listExplanations(deps.index, today, asked);
    response.set('Cache-Control', publicCache).json(page);
  });
  return router;
}

/** Liveness and readiness, for process supervisors and load balancers; not rate-limited. */
export function healthRouter(deps: AppDependencies): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', (request, response) => {
    const language = languageOf(request);
    const obstacles = deps.obstacles().map((each) => each[language]);
    const indexed = deps.index.checkpoint()?.block ?? -1;
    response
      .status(obstacles.length === 0 ? 200 : 503)
      .json({ status: obstacles.length === 0 ? 'ready' : 'not ready', indexed, obstacles });
  });
  return router;
}
