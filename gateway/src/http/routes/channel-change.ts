import { channelChange } from '@yici/api';
import { Router, type Request } from 'express';
import { GatewayError } from '../../errors.js';
import { validated } from '../../validate.js';
import { addressOf } from '../counted.js';
import { pathParam, viewing, type AppDependencies } from '../context.js';
import { noQuery } from '../no-query.js';
import type { RateLimits } from '../rate-limits.js';
import { whoOf } from './recorded-reads.js';
import { requestId } from '../request-id.js';

export const changesPath = '/v1/channel/changes';
/** A change that adds a department has its certificates, and those of every consenter, in it. */
export const changeBytes = 1024 * 1024;
export const isChange = ({ method, path }: Request): boolean =>
  method === 'POST' && path === changesPath;

/**
 * Changes of the channel that departments sign one after the other. A change is brought by whoever has signed it, without a
 * session, since its signatures say who; whoever knows its fingerprint reads it. All of them are shown to members.
 */
export function channelChangeRoutes(deps: AppDependencies, limits: RateLimits): Router {
  const router = Router();
  const { changes, audit } = deps;
  router.post(changesPath, noQuery, async (request, response) => {
    limits.count('enrolments', addressOf(request));
    const brought = validated(channelChange, request.body, 'body');
    const { id, signed } = changes.read(brought);
    const line = { change: id, signed, requestId: requestId(response) };
    await audit.append({ kind: 'channel.sign', ...line });
    response.status(201).json(changes.put(brought));
  });
  router.get(changesPath, noQuery, (request, response) => {
    viewing(request, deps);
    response.json({ items: changes.list() });
  });
  router.get(`${changesPath}/:id`, noQuery, (request, response) => {
    response.json(changes.find(pathParam(request, 'id')));
  });
  router.post(`${changesPath}/:id/submit`, noQuery, async (request, response) => {
    const { caller, viewer } = viewing(request, deps);
    if (!caller.admin || deps.submitChange === undefined)
      throw new GatewayError('ROLE_REFUSED', 'An administrator submits a change of the channel.');
    const change = pathParam(request, 'id');
    const signed = changes.signed(change);
    const line = { change, requestId: requestId(response) };
    await audit.append({ kind: 'channel.submit', by: whoOf(caller, viewer), ...line });
    await deps.submitChange(signed);
    response.json({ sequence: Number(signed.next.sequence) });
  });
  return router;
}
