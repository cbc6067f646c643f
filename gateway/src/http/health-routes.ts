import { Router } from 'express';
import type { AppDependencies } from './context.js';
import type { Metrics } from './metrics.js';

/** Alive, ready, and measured: for supervisors, load balancers and Prometheus. */
export function healthRouter(deps: AppDependencies, metrics: Metrics): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', (_request, response) => {
    const obstacles = deps.obstacles();
    const indexed = deps.index.checkpoint()?.block ?? -1;
    response
      .status(obstacles.length === 0 ? 200 : 503)
      .json({ status: obstacles.length === 0 ? 'ready' : 'not ready', indexed, obstacles });
  });
  router.get('/metrics', async (_request, response) => {
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  return router;
}
