import { problem, transactionView } from '@yici/api';
import { inLanes } from '@yici/client';
import { contractEvent } from '@yici/domain/model';
import { Router, type Request } from 'express';
import { z } from 'zod';
import { wholeCommand } from '../../commands/command-input.js';
import { acceptableKey } from '../../commands/idempotency.js';
import { commandRoute, type CommandRoute } from '../../commands/route-table.js';
import type { CommandCall } from '../../commands/transitions.js';
import { GatewayError } from '../../errors.js';
import { validated } from '../../validate.js';
import { callOf, commandQuery, counted, statusOf, viewOf } from './command-routes.js';
import { beforeAct } from './case-materials.js';
import { authenticated, type AppDependencies } from '../context.js';
import type { Metrics } from '../metrics.js';
import { problemOf } from '../problem.js';
import type { RateLimits } from '../rate-limits.js';
import { requestId } from '../request-id.js';

const line = z.strictObject({
  command: contractEvent.shape.name,
  input: z.record(z.string(), z.unknown()).describe('Whole: with what the path of its route has.'),
  idempotencyKey: z.string().regex(acceptableKey),
});
type Line = z.output<typeof line>;
export const batchBody = z.strictObject({ commands: z.array(line).min(1).max(100) });

/** What became of one command: the status that its own route would have answered with. */
const outcome = z.strictObject({
  idempotencyKey: z.string(),
  status: z.number().int(),
  transaction: transactionView.optional(),
  problem: problem.optional(),
});
export const batchAnswer = z.strictObject({ items: z.array(outcome) });

/** Commands in progress of one batch. */
const width = 8;

/**
 * Commands of one custodial account, each its own transaction: one that is refused undoes none of the others. Those about
 * the same thing are done one after the other, in their order.
 */
export function batchRouter(
  deps: AppDependencies,
  { metrics, rates, onRefused }: BatchParts,
): Router {
  const router = Router();
  router.post('/v1/batches', async (request, response) => {
    const { wait } = validated(commandQuery, request.query, 'query');
    const { caller } = authenticated(request, deps);
    const { commands } = validated(batchBody, request.body, 'body');
    const sign = deps.accounts.signer(caller);
    if (sign === undefined) throw needsAccount();
    const until = Date.now() + wait * 1000;
    const run = async ({ command, input, idempotencyKey }: Line): Promise<Done> => {
      rates.count('requests', caller.fingerprint);
      const route = routeOf(command);
      const call = callOf(deps, caller, route, wholeCommand(route, input), idempotencyKey);
      const warnings = await beforeAct(deps, call);
      const left = Math.max(0, until - Date.now());
      const start = (signedOff: CommandCall) => deps.runner.run(signedOff, sign, left);
      const started = await counted(metrics, route, deps.signoffs.through(call, start));
      const view = viewOf(deps, started, warnings);
      return { status: statusOf(view, 200), transaction: view };
    };
    const refused = (error: unknown): Done => {
      const told = problemOf(error, request, requestId(response), deps);
      onRefused(request, told.status, told.code);
      return { status: told.status, problem: told };
    };
    const done = new Map<Line, Done>();
    await inLanes(commands, laneOf, width, async (one) => {
      done.set(one, await run(one).catch(refused));
    });
    const items = commands.map((one) => ({
      idempotencyKey: one.idempotencyKey,
      ...done.get(one),
    }));
    response.json({ items });
  });
  return router;
}

interface BatchParts {
  readonly metrics: Metrics;
  readonly rates: RateLimits;
  readonly onRefused: (request: Request, status: number, code: string) => void;
}
type Done = Omit<z.output<typeof outcome>, 'idempotencyKey'>;

/** Commands about the same thing share a lane. */
function laneOf({ command, input, idempotencyKey }: Line): string {
  const { key } = routeOf(command);
  return key === null ? idempotencyKey : JSON.stringify([key, input[key]]);
}

function routeOf(command: Line['command']): CommandRoute {
  const route = commandRoute(command);
  if (route !== undefined) return route;
  throw new GatewayError('ROUTE_NOT_FOUND', `There is no command ${command}.`);
}

function needsAccount(): GatewayError {
  const message =
    'A batch is for custodial accounts, whose gateway signs. Who holds the own key signs each command: yici batch FILE.';
  return new GatewayError('BATCH_NEEDS_ACCOUNT', message);
}
