import { otherReads, type CommittedTransaction } from '@yici/api';
import { Router } from 'express';
import { z } from 'zod';
import { maySee, type Viewer } from '../access/access.js';
import type { TransactionRow } from '../index-store/model.js';
import { without } from '../without.js';
import { noSuchTransaction } from './chain-routes.js';
import { authenticated, expressPath, pathParam, type AppDependencies } from './context.js';
import { validated } from '../validate.js';
import { noQuery } from './no-query.js';

export const signatureBody = z.strictObject({
  signature: z
    .base64()
    .min(1)
    .max(1024)
    .describe('ECDSA, DER, low S, over SHA-256 of the bytes to sign.'),
});
export const emptyBody = z.strictObject({}).optional();

const read = otherReads['transactions.get'];
const gatewayId = /^tr_[0-9a-f]{32}$/;

/** The steps of a write after its proposal, and the state of a transaction. */
export function transactionRoutes(deps: AppDependencies): Router {
  const router = Router();
  const signed = (body: unknown) =>
    Buffer.from(validated(signatureBody, body, 'body').signature, 'base64');
  router.post('/v1/transactions/:id/endorse', noQuery, async (request, response) => {
    const { caller } = authenticated(request, deps);
    const signature = signed(request.body);
    response.json(await deps.transactions.endorse(caller, pathParam(request, 'id'), signature));
  });
  router.post('/v1/transactions/:id/submit', noQuery, async (request, response) => {
    const { caller } = authenticated(request, deps);
    const signature = signed(request.body);
    const view = await deps.transactions.submit(caller, pathParam(request, 'id'), signature);
    response.status(202).json(view);
  });
  router.post('/v1/transactions/:id/retry', noQuery, async (request, response) => {
    const { caller } = authenticated(request, deps);
    validated(emptyBody, request.body, 'body');
    response.status(202).json(await retry(deps, caller, pathParam(request, 'id')));
  });
  router.get(expressPath(read.path), async (request, response) => {
    const { caller } = authenticated(request, deps);
    const { wait } = validated(read.query, request.query, 'query');
    const id = pathParam(request, 'id');
    const own = gatewayId.test(id) || deps.transactions.owns(caller, id);
    if (own) response.json(await deps.transactions.status(caller, id, wait * 1000));
    else response.json(committed(id, deps.viewers.of(caller), deps));
  });
  return router;
}

async function retry(
  deps: AppDependencies,
  caller: Parameters<typeof deps.transactions.retry>[0],
  id: string,
) {
  const sign = deps.accounts.signer(caller);
  if (sign === undefined) return deps.transactions.retry(caller, id);
  const transaction = deps.transactions.retryable(caller, id);
  return deps.transactions.view(await deps.runner.retry(transaction, sign, 30_000));
}

/** A committed transaction by its Fabric id, of any submitter. */
function committed(txId: string, viewer: Viewer, deps: AppDependencies) {
  const row = deps.index.transaction(txId);
  if (row !== undefined) return transactionDocument(row, viewer, deps);
  throw noSuchTransaction(txId);
}

/** A transaction as shown to every member; its event only to those whom it concerns. */
function transactionDocument(
  row: TransactionRow,
  viewer: Viewer,
  deps: AppDependencies,
): CommittedTransaction {
  const event = maySee(viewer, row.parties) ? deps.index.event(row.block, row.index) : undefined;
  return {
    ...without(row, 'parties'),
    ...(event === undefined ? {} : { event: { name: event.name, payload: event.payload } }),
  };
}
