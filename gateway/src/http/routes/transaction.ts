import { otherReads, type CommittedTransaction, type Transaction } from '@yici/api';
import { Router } from 'express';
import { z } from 'zod';
import { maySee, type Viewer } from '../../access/access.js';
import type { Caller } from '../../callers/caller.js';
import { without } from '../../without.js';
import { noSuchTransaction } from './chain.js';
import { authenticated, expressPath, pathParam, type AppDependencies } from '../context.js';
import { validated } from '../../validate.js';
import { noQuery } from '../no-query.js';

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
  const { transactions } = deps;
  const signed = (body: unknown) =>
    Buffer.from(validated(signatureBody, body, 'body').signature, 'base64');
  const step = (name: string, status: number, take: Step) =>
    router.post(`/v1/transactions/:id/${name}`, noQuery, async (request, response) => {
      const { caller } = authenticated(request, deps);
      response.status(status).json(await take(caller, pathParam(request, 'id'), request.body));
    });
  step('endorse', 200, (caller, id, body) => transactions.endorse(caller, id, signed(body)));
  step('submit', 202, (caller, id, body) => transactions.submit(caller, id, signed(body)));
  step('retry', 202, (caller, id, body) => {
    validated(emptyBody, body, 'body');
    return retry(deps, caller, id);
  });
  router.get(expressPath(read.path), async (request, response) => {
    const { caller } = authenticated(request, deps);
    const { wait } = validated(read.query, request.query, 'query');
    const id = pathParam(request, 'id');
    const own = gatewayId.test(id) || transactions.owns(caller, id);
    if (own) response.json(await transactions.status(caller, id, wait * 1000));
    else response.json(committed(id, deps.viewers.of(caller), deps));
  });
  return router;
}

type Step = (caller: Caller, id: string, body: unknown) => Promise<Transaction>;

async function retry(deps: AppDependencies, caller: Caller, id: string): Promise<Transaction> {
  const { transactions, signoffs, accounts, runner } = deps;
  const transaction = transactions.retryable(caller, id);
  return signoffs.again(transaction.input, async () => {
    const sign = accounts.signer(caller);
    if (sign === undefined) return transactions.retry(caller, id);
    return transactions.view(await runner.retry(transaction, sign, 30_000));
  });
}

/** A committed transaction by its Fabric id, of any submitter; its event only for those whom it concerns. */
function committed(txId: string, viewer: Viewer, { index }: AppDependencies): CommittedTransaction {
  const row = index.transaction(txId);
  if (row === undefined) throw noSuchTransaction(txId);
  const event = maySee(viewer, row.parties) ? index.event(row.block, row.index) : undefined;
  return {
    ...without(row, 'parties'),
    ...(event === undefined ? {} : { event: { name: event.name, payload: event.payload } }),
  };
}
