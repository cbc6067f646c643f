import {
  longestWait,
  otherReads,
  type CommandLine,
  type CommandWarning,
  type Transaction,
} from '@yici/api';
import { Router, type Response } from 'express';
import { z } from 'zod';
import type { Caller } from '../../callers/caller.js';
import { assertRole, givenCommand } from '../../commands/command-input.js';
import type { CommandCall } from '../../commands/transitions.js';
import { idempotencyKey, type Started } from '../../commands/idempotency.js';
import { commandRoutes, type CommandRoute } from '../../commands/route-table.js';
import { ownPeerOf } from '../../peer/own-peers.js';
import { beforeAct } from './case-materials.js';
import { authenticated, expressPath, pathParam, type AppDependencies } from '../context.js';
import { validated } from '../../validate.js';
import type { Metrics } from '../metrics.js';
import { noQuery } from '../no-query.js';

/** `?wait=`: how many seconds a custodial command waits for its block. */
export const commandQuery = z.strictObject({
  wait: z.coerce.number().min(0).max(longestWait).default(30),
});

/** A route for each command of the chaincode's registry. */
export function commandRouter(deps: AppDependencies, metrics: Metrics): Router {
  const router = Router();
  // Express tries one route after another; most commands create something, and those paths name no record.
  const later = ({ key }: CommandRoute): number => (key === null ? 0 : 1);
  for (const route of [...commandRoutes].sort((left, right) => later(left) - later(right))) {
    router.post(expressPath(route.path), async (request, response) => {
      const { wait } = validated(commandQuery, request.query, 'query');
      const { caller } = authenticated(request, deps);
      const pathValue = route.key === null ? '' : pathParam(request, route.key);
      const given = givenCommand(route, request.body, pathValue);
      const key = idempotencyKey(request.get('idempotency-key'));
      const call = callOf(deps, caller, route, given, key);
      const sign = deps.accounts.signer(call.caller);
      // Looked at before the act: afterwards a custodial account's is on the ledger already.
      const warnings = await beforeAct(deps, call);
      if (sign === undefined) {
        const propose = (signedOff: CommandCall) => deps.transactions.propose(signedOff);
        const proposed = await deps.signoffs.through(call, propose);
        answer(response, { view: viewOf(deps, proposed, warnings), ...proposed }, 202);
        return;
      }
      const run = (signedOff: CommandCall) => deps.runner.run(signedOff, sign, wait * 1000);
      const started = await counted(metrics, route, deps.signoffs.through(call, run));
      answer(response, { view: viewOf(deps, started, warnings), ...started }, 200);
    });
  }
  router.get(otherReads['commands.list'].path, noQuery, (_request, response) => {
    response.json({ items: commandRoutes.map(commandLine) });
  });
  return router;
}

/** One item of GET /v1/commands. */
export function commandLine(route: CommandRoute): CommandLine {
  const { name, path, key, summary, roles } = route;
  const isPrivate = route.private !== null;
  return { name, method: 'POST', path, key, summary, roles: [...roles], private: isPrivate };
}

/** A command as it is run. @throws GatewayError ROLE_REFUSED, PRIVATE_VALUES_ELSEWHERE */
export function callOf(
  deps: AppDependencies,
  caller: Caller,
  route: CommandRoute,
  { input, secret }: ReturnType<typeof givenCommand>,
  key: string | null,
): CommandCall {
  assertRole(route, caller, input);
  if (secret !== undefined) ownPeerOf(deps.ownPeers, caller);
  return { caller, route, input, idempotencyKey: key, secret };
}

/** A transaction with what its caller is told beside. */
export function viewOf(
  deps: AppDependencies,
  { transaction }: Pick<Started, 'transaction'>,
  warnings: readonly CommandWarning[],
): Transaction {
  const view = deps.transactions.view(transaction);
  return warnings.length === 0 ? view : { ...view, warnings: [...warnings] };
}

function answer(
  response: Response,
  { view, replayed }: Pick<Started, 'replayed'> & { readonly view: Transaction },
  done: number,
): void {
  if (replayed) response.set('Idempotency-Replayed', 'true');
  response.location(`/v1/transactions/${view.id}`);
  response.status(statusOf(view, done)).json(view);
}

export const statusOf = (view: Transaction, done: number): number =>
  view.state === 'committed' ? 200 : view.state === 'submitted' ? 202 : done;

export async function counted<T>(
  metrics: Metrics,
  route: CommandRoute,
  run: Promise<T>,
): Promise<T> {
  try {
    const result = await run;
    metrics.transaction(route.name, 'passed');
    return result;
  } catch (error) {
    metrics.transaction(route.name, codeOf(error));
    throw error;
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'INTERNAL';
