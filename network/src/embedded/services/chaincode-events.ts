import { status } from '@grpc/grpc-js';
import { orderer, type gateway } from '@hyperledger/fabric-protos';
import {
  encodeChaincodeEvent,
  headerType,
  parseBlock,
  WireWriter,
  type ChaincodeEvent,
} from '@yici/ledger';
import type { ChannelLedger } from '../ports.js';
import { blockTransactions } from './block-transactions.js';
import { RpcError } from './rpc-error.js';

const valid = 0;

/**
 * Events of one chaincode, block by block, of valid transactions only; blocks without events are skipped
 * (internal/pkg/gateway/chaincodeevents.go). Ends when the signal aborts.
 */
export async function* chaincodeEvents(
  request: gateway.ChaincodeEventsRequest,
  ledger: ChannelLedger,
  signal?: AbortSignal,
): AsyncIterable<Uint8Array> {
  const after = request.getAfterTransactionId();
  const from = await startBlock(request, ledger);
  const chaincode = request.getChaincodeId();
  let passed = after === '';
  for await (const block of ledger.blocks(from, signal)) {
    const { number, events } = eventsOf(block);
    const wanted: ChaincodeEvent[] = [];
    for (const event of events) {
      if (!passed) {
        passed = event.txId === after;
      } else if (event.chaincodeId === chaincode) {
        wanted.push(event);
      }
    }
    if (wanted.length > 0) {
      yield encode(number, wanted);
    }
  }
}

async function startBlock(
  request: gateway.ChaincodeEventsRequest,
  ledger: ChannelLedger,
): Promise<bigint> {
  const after = request.getAfterTransactionId();
  const block = after === '' ? undefined : await ledger.blockByTxId(after);
  if (block) {
    return parseBlock(block).number;
  }
  const position = request.getStartPosition();
  return position ? positionBlock(position, ledger.height) : ledger.height;
}

function positionBlock(position: orderer.SeekPosition, height: bigint): bigint {
  const { TypeCase } = orderer.SeekPosition;
  switch (position.getTypeCase()) {
    case TypeCase.TYPE_NOT_SET:
    case TypeCase.NEXT_COMMIT:
      return height;
    case TypeCase.SPECIFIED:
      return BigInt(position.getSpecified()?.getNumber() ?? 0);
    default:
      throw new RpcError(status.INVALID_ARGUMENT, 'invalid start position type');
  }
}

function eventsOf(bytes: Uint8Array): { number: bigint; events: ChaincodeEvent[] } {
  const block = parseBlock(bytes);
  const events = blockTransactions(block).flatMap(({ type, code, event }) =>
    type === headerType.endorserTransaction && code === valid && event ? [event] : [],
  );
  return { number: block.number, events };
}

/** gateway.ChaincodeEventsResponse bytes. */
function encode(number: bigint, events: readonly ChaincodeEvent[]): Uint8Array {
  return new WireWriter().repeated(1, events.map(encodeChaincodeEvent)).varint(2, number).finish();
}
