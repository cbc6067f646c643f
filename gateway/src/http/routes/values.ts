import { createHash } from 'node:crypto';
import { sharingReads } from '@yici/api';
import { canonicalJson, functionName, shareValues, type ShareRecord } from '@yici/domain/model';
import { parseProposal, type ParsedProposal } from '@yici/ledger';
import { Router } from 'express';
import { z } from 'zod';
import { maySeeShare, type Viewer } from '../../access/access.js';
import { draftProposal } from '../../commands/proposals.js';
import type { Target } from '../../peer/port.js';
import { GatewayError, recordNotFound } from '../../errors.js';
import { toGatewayError } from '../../peer/failures.js';
import { evaluateResult, proposalRequest } from '../../peer/messages.js';
import { ownPeerOf } from '../../peer/own-peers.js';
import type { Caller } from '../../callers/caller.js';
import { checkSignature } from '../../callers/signature-check.js';
import { validated } from '../../validate.js';
import { expressPath, viewing, type AppDependencies } from '../context.js';
import type { Handler } from './read-route.js';
import { noQuery } from '../no-query.js';

const { path, params: shareParams } = sharingReads['shares.values'];
const query = functionName('sharing.values');

const base64 = z.base64().min(1).max(16_384);
/** The signed query and its signature; empty for custodial accounts, for which the gateway signs. */
export const valuesBody = z.union([
  z.strictObject({ proposal: base64, signature: base64 }),
  z.strictObject({}),
]);
/**
 * The query that the reader has to sign. The values are read with the reader's own signature (POST), so that the peer and
 * the contract check the reader's rights; the gateway's own key cannot read them.
 */
export const valuesRequest: Handler<(typeof sharingReads)['shares.values']> = (context) => {
  const { deps, caller, viewer, params } = context;
  requireSide(seenShare(deps, viewer, params.shareId), caller.mspId);
  ownPeerOf(deps.ownPeers, caller);
  const { proposal } = drafted(deps, caller, params.shareId);
  const bytes = Buffer.from(proposal);
  const digest = createHash('sha256').update(bytes).digest('hex');
  return { ...params, sign: { kind: 'query', bytes: bytes.toString('base64'), digest } };
};

export function valuesRouter(deps: AppDependencies): Router {
  const router = Router();
  router.post(expressPath(path), noQuery, async (request, response) => {
    const { caller, viewer } = viewing(request, deps);
    const params = validated(shareParams, request.params, 'path');
    const body = validated(valuesBody, request.body, 'body');
    requireSide(seenShare(deps, viewer, params.shareId), caller.mspId);
    const peer = ownPeerOf(deps.ownPeers, caller);
    const signed = await signedQuery(deps, caller, params.shareId, body);
    const call = { channel: deps.transactions.target.channel, ...signed };
    const answer = await peer
      .evaluate(proposalRequest(call, [caller.mspId]))
      .catch((error: unknown) => {
        throw toGatewayError(error, [caller.mspId]);
      });
    const text = Buffer.from(evaluateResult(answer)).toString('utf8');
    response.set('Cache-Control', 'no-store').type('application/json');
    response.send(JSON.stringify(shareValues.parse(JSON.parse(text))));
    deps.journal.read(viewer.department ?? caller.mspId, caller.role ?? 'none', path);
  });
  return router;
}

/** @throws GatewayError VALIDATION_FAILED, SIGNATURE_MALFORMED, SIGNATURE_HIGH_S, SIGNATURE_INVALID */
async function signedQuery(
  deps: AppDependencies,
  caller: Caller,
  id: string,
  body: z.output<typeof valuesBody>,
) {
  if ('proposal' in body) {
    const proposal = Buffer.from(body.proposal, 'base64');
    const { transactionId } = asked(deps.transactions.target, caller, id, proposal);
    const signature = Buffer.from(body.signature, 'base64');
    await checkSignature(caller.publicKey, proposal, signature);
    return { txId: transactionId, proposal, signature };
  }
  const sign = deps.accounts.signer(caller);
  if (sign === undefined) throw notAsked();
  const { txId, proposal } = drafted(deps, caller, id);
  return { txId, proposal, signature: await sign(proposal) };
}

function drafted({ transactions, now }: AppDependencies, caller: Caller, id: string) {
  return draftProposal(transactions.target, caller.creator, query, { shareId: id }, { now: now() });
}

/** Refuses every query other than that for the values of this share by this caller. */
function asked(target: Target, caller: Caller, id: string, bytes: Uint8Array): ParsedProposal {
  const proposal = read(bytes);
  if (proposal === undefined) throw notAsked();
  const args = proposal.args.map((arg) => Buffer.from(arg).toString('utf8'));
  const holds =
    proposal.channel === target.channel &&
    proposal.chaincode === target.chaincode &&
    Buffer.compare(proposal.creator, caller.creator) === 0 &&
    args.length === 2 &&
    args[0] === query &&
    args[1] === canonicalJson({ shareId: id }) &&
    proposal.transient.size === 0;
  if (!holds) throw notAsked();
  return proposal;
}

function read(bytes: Uint8Array): ParsedProposal | undefined {
  try {
    return parseProposal(bytes);
  } catch {
    return undefined;
  }
}

function notAsked(): GatewayError {
  const message = 'Send the query that GET answered, and your signature over it.';
  return new GatewayError('VALIDATION_FAILED', message, {
    details: { errors: [{ path: '/proposal', code: 'invalid_query', message }] },
  });
}

/** @throws GatewayError RECORD_NOT_FOUND */
export function seenShare(deps: AppDependencies, viewer: Viewer, id: string): ShareRecord {
  const share = deps.index.record('share', id);
  if (share !== undefined && maySeeShare(viewer, share)) return share;
  throw recordNotFound('share', [id]);
}

/** Only the two departments of the share may read the values; others who see the share see digests of them. */
function requireSide(share: ShareRecord, mspId: string): void {
  if (mspId === share.providerMsp || mspId === share.requesterMsp) return;
  throw new GatewayError('ROLE_REFUSED', 'Values are for the provider and the requester alone.', {
    details: { shareId: share.shareId },
  });
}
