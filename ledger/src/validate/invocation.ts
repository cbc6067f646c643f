import { decodeHeaderExtension, type ChaincodeId } from '../envelope/chaincode.js';
import {
  chaincodeActionOf,
  decodeChaincodeEvent,
  type ChaincodeAction,
} from '../envelope/response.js';
import { decodeTxRwSet } from '../rwset/codec.js';
import type { NamespaceRwSet, TxRwSet } from '../rwset/model.js';
import { attempt, finding, isFinding, type Finding } from './model.js';
import type { EndorsedAction, Submission } from './syntax.js';

/** The effects of a transaction and the namespaces whose endorsement policies apply. */
export interface Effects {
  readonly rwset: TxRwSet;
  /** The invoked chaincode first, then every other namespace that is written to, in the order of the read-write set. */
  readonly namespaces: readonly string[];
}

/** Decodes a transaction's effects with the checks and codes of txvalidator/v20/plugindispatcher/dispatcher.go. */
export function readEffects(submission: Submission, action: EndorsedAction): Effects | Finding {
  const invoked = attempt('BAD_HEADER_EXTENSION', () => ({
    id: decodeHeaderExtension(submission.channelHeader.extension),
  }));
  if (isFinding(invoked)) return invoked;
  if (action.response.extension === undefined || action.response.extension.length === 0) {
    return finding('BAD_RESPONSE_PAYLOAD', 'the response payload is missing its extension');
  }
  const executed = attempt('BAD_RESPONSE_PAYLOAD', () => chaincodeActionOf(action.response));
  if (isFinding(executed)) return executed;
  const read = attempt('BAD_RWSET', () => ({ rwset: decodeTxRwSet(executed.results) }));
  if (isFinding(read)) return read;
  const chaincode = checkChaincode(invoked.id, executed);
  if (typeof chaincode !== 'string') return chaincode;
  const refused = checkEvent(executed.event, chaincode) ?? checkNamespaces(read.rwset);
  if (refused !== undefined) return refused;
  const written = read.rwset.filter(writes).map(({ namespace }) => namespace);
  return { rwset: read.rwset, namespaces: [...new Set([chaincode, ...written])] };
}

/** The invoked chaincode's name; header and endorsers must agree on it. */
function checkChaincode(
  invoked: ChaincodeId | undefined,
  { chaincode: executed }: ChaincodeAction,
): string | Finding {
  if (invoked === undefined) {
    return finding('INVALID_OTHER_REASON', 'the header extension names no chaincode');
  }
  if (executed === undefined) {
    return finding('INVALID_OTHER_REASON', 'the endorsed action names no chaincode');
  }
  if (invoked.name === '') return finding('INVALID_CHAINCODE', 'the chaincode has no name');
  if (invoked.name !== executed.name) {
    return finding('INVALID_CHAINCODE', `asked ${invoked.name}, but ${executed.name} answered`);
  }
  if (executed.version === '') return finding('INVALID_CHAINCODE', 'the chaincode has no version');
  return invoked.name;
}

function checkEvent(event: Uint8Array | undefined, chaincode: string): Finding | undefined {
  if (event === undefined || event.length === 0) return undefined;
  const read = attempt('INVALID_OTHER_REASON', () => decodeChaincodeEvent(event));
  if (isFinding(read)) return read;
  if (read.chaincodeId === chaincode) return undefined;
  return finding('INVALID_OTHER_REASON', `its event claims to be of ${read.chaincodeId}`);
}

function checkNamespaces(rwset: TxRwSet): Finding | undefined {
  const seen = new Set<string>();
  for (const { namespace } of rwset) {
    if (seen.has(namespace)) {
      return finding(
        'ILLEGAL_WRITESET',
        `namespace ${namespace} stands twice in its read-write set`,
      );
    }
    seen.add(namespace);
  }
  return undefined;
}

function writes(rwset: NamespaceRwSet): boolean {
  return (
    rwset.writes.length > 0 ||
    rwset.metadataWrites.length > 0 ||
    rwset.collections.some((item) => item.writes.length > 0 || item.metadataWrites.length > 0)
  );
}
