import { type signoffReads, type SignoffView } from '@yici/api';
import { code, contractEvent, text, withoutHidden } from '@yici/domain/model';
import { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import { idempotencyKey } from '../../commands/idempotency.js';
import { isDelegable } from '../../commands/route-table.js';
import { placeOf } from '../../drafts/store.js';
import { GatewayError, recordNotFound } from '../../errors.js';
import { chainsBody } from '../../signoff/chains-input.js';
import { viewOf, type Asker } from '../../signoff/desk.js';
import type { StepName } from '../../signoff/rules.js';
import { pageOfSorted } from '../../store/page.js';
import { validated } from '../../validate.js';
import { pathParam, viewing, type AppDependencies } from '../context.js';
import { draftInput } from './draft.js';
import { noQuery } from '../no-query.js';
import { nothing } from './record-reads.js';
import type { Handlers } from './read-route.js';
import { whoOf } from './recorded-reads.js';

const comment = text(2_000);
const version = z.int().min(1).describe('The version that was read.');
const under = code(64).exactOptional();

export const newSignoffBody = withoutHidden(
  z.strictObject({
    command: contractEvent.shape.name,
    title: text(200),
    input: draftInput,
    comment: comment.exactOptional(),
    under,
  }),
);
const taken = {
  version,
  comment: comment.exactOptional(),
  input: draftInput.exactOptional(),
  under,
};
/** Bodies of the steps, by their names. */
export const signoffBodies = {
  approve: withoutHidden(z.strictObject(taken)),
  return: withoutHidden(
    z.strictObject({
      version,
      comment,
      to: z.enum(['before', 'drafter']).default('before'),
      under,
    }),
  ),
  issue: withoutHidden(z.strictObject(taken)),
} as const satisfies Readonly<Record<StepName, z.ZodType>>;
export const withdrawBody = z.strictObject({ version });

export function signoffRoutes(deps: AppDependencies): Router {
  const router = Router();
  const { signoffs } = deps;
  router.put('/v1/signoff/chains', noQuery, async (request, response) => {
    const asker = askerOf(request, deps);
    const { version: read, chains } = validated(chainsBody, request.body, 'body');
    assertAdmin(asker);
    response.json(await signoffs.configure(asker.by, read, chains));
  });
  router.post('/v1/signoffs', noQuery, async (request, response) => {
    const asker = askerOf(request, deps);
    const given = validated(newSignoffBody, request.body, 'body');
    assertOfficial(asker);
    const key = idempotencyKey(request.get('idempotency-key'));
    response.status(201).json(viewOf(await signoffs.begin(asker, given, key)));
  });
  const step =
    (name: StepName): RequestHandler =>
    async (request, response) => {
      const asker = askerOf(request, deps);
      const body = validated(signoffBodies[name], request.body, 'body');
      assertOfficial(asker);
      const { id } = await visible(deps, asker, pathParam(request, 'id'));
      response.json(viewOf(await signoffs.step(asker, id, { step: name, ...body })));
    };
  router.post('/v1/signoffs/:id/approve', noQuery, step('approve'));
  router.post('/v1/signoffs/:id/return', noQuery, step('return'));
  router.post('/v1/signoffs/:id/issue', noQuery, step('issue'));
  router.post('/v1/signoffs/:id/withdraw', noQuery, async (request, response) => {
    const asker = askerOf(request, deps);
    const body = validated(withdrawBody, request.body, 'body');
    assertOfficial(asker);
    const { id } = await visible(deps, asker, pathParam(request, 'id'));
    await signoffs.withdraw(asker, id, body.version);
    response.json({});
  });
  return router;
}

export const signoffHandlers: Handlers<typeof signoffReads> = {
  'signoffs.list': async ({ deps, caller, viewer, query: { state, waiting, ...page } }) => {
    if (viewer.department === null) return nothing;
    const seen = await deps.signoffs.seen(caller, viewer.department);
    const wanted = seen.filter(
      ({ line, waits }) => (state ?? line.state) === line.state && (waiting === undefined || waits),
    );
    return pageOfSorted(
      wanted.map(({ line }) => line),
      placeOf,
      page,
    );
  },
  'signoffs.get': ({ deps, caller, viewer, params: { id } }) =>
    visible(deps, { caller, by: whoOf(caller, viewer) }, id),
  'signoffs.chains': ({ deps, caller, viewer }) =>
    deps.signoffs.chains(viewer.department ?? caller.mspId),
};

/** @throws GatewayError RECORD_NOT_FOUND also when the caller may not see it */
async function visible(
  deps: AppDependencies,
  { caller, by }: Asker,
  id: string,
): Promise<SignoffView> {
  const view = await deps.signoffs.read(caller, by.department, id);
  if (view !== undefined) return view;
  throw recordNotFound('signoff', [id]);
}

/** @throws GatewayError ROLE_REFUSED outside a registered department */
function askerOf(request: Parameters<RequestHandler>[0], deps: AppDependencies): Asker {
  const { caller, viewer } = viewing(request, deps);
  if (viewer.department !== null) return { caller, by: whoOf(caller, viewer) };
  const message = 'A sign-off is inside a registered department.';
  throw new GatewayError('ROLE_REFUSED', message, { details: { role: caller.role } });
}

/** Officials sign off, nobody else. @throws GatewayError ROLE_REFUSED */
function assertOfficial({ caller: { role } }: Asker): void {
  if (isDelegable(role)) return;
  const message = 'A sign-off is taken part in by officials: clerks and heads.';
  throw new GatewayError('ROLE_REFUSED', message, {
    details: { role, allowed: ['clerk', 'head'] },
  });
}

/** @throws GatewayError ROLE_REFUSED */
function assertAdmin({ caller: { role, admin } }: Asker): void {
  if (admin || role === 'admin') return;
  const message = 'The administrator of a department gives it its chains of sign-off.';
  throw new GatewayError('ROLE_REFUSED', message, { details: { role, allowed: ['admin'] } });
}
