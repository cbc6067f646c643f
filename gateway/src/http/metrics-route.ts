import { Router, type Request } from 'express';
import { GatewayError } from '../errors.js';
import { isOneOf } from './addresses.js';
import type { Limits } from './limits.js';
import type { Metrics } from './metrics.js';

/** Metrics for Prometheus, only for the configured addresses. */
export function metricsRouter(metrics: Metrics, { metricsFrom, trustedProxies }: Limits): Router {
  const may = isOneOf(metricsFrom);
  const router = Router();
  router.get('/metrics', async (request, response) => {
    if (!may(request.ip) || (trustedProxies.length === 0 && cameThroughProxy(request))) {
      const message = 'Metrics are for the addresses named in limits.metricsFrom.';
      throw new GatewayError('ADDRESS_REFUSED', message);
    }
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  return router;
}

/** The headers of an unknown proxy are not trusted, but they show that the loopback address is not the client's. */
const cameThroughProxy = (request: Request): boolean =>
  ['x-forwarded-for', 'forwarded', 'via'].some((name) => request.get(name) !== undefined);
