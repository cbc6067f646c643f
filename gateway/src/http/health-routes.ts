import { Router } from 'express';
import type { AppDependencies } from './context.js';

/** Liveness and readiness, for process supervisors and load balancers; not rate-limited. */
export function healthRouter(deps: AppDependencies): Router {
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
  return router;
}
