import { WireWriter, type ChaincodeResponse } from '@yici/ledger';
import type { SystemChaincode } from '../chaincode/host.js';
import type { TransactionCall } from '../chaincode/invocation.js';
import type { AccessControl } from '../endorse/access.js';
import type { ChannelLedger } from '../ports.js';
import { toError } from '../../to-error.js';
import { failure, success, text } from './response.js';

const largestBlockNumber = (1n << 64n) - 1n;

type Query = (ledger: ChannelLedger, argument: Uint8Array) => Promise<ChaincodeResponse>;

const queries = new Map<string, Query>([
  ['GetChainInfo', getChainInfo],
  ['GetBlockByNumber', getBlockByNumber],
  ['GetBlockByHash', getBlockByHash],
  ['GetTransactionByID', getTransactionById],
  ['GetBlockByTxID', getBlockByTxId],
]);

/** Answers queries about the channel's blocks (core/scc/qscc/query.go). */
export function queryChaincode(ledger: ChannelLedger, access: AccessControl): SystemChaincode {
  return async (call, args) => {
    const name = text(args[0]);
    const channel = text(args[1]);
    const refusal = refuseCall(call, name, args);
    if (refusal !== undefined) {
      return failure(refusal);
    }
    if (channel !== ledger.channel) {
      return failure(`Invalid chain ID, ${channel}`);
    }
    try {
      access.checkChannel(`qscc/${name}`, call.creator);
    } catch (error) {
      return failure(`access denied for [${name}][${channel}]: [${toError(error).message}]`);
    }
    const query = queries.get(name);
    if (!query) {
      return failure(`Requested function ${name} not found.`);
    }
    return query(ledger, args[2] ?? new Uint8Array(0));
  };
}

function refuseCall(
  call: TransactionCall,
  name: string,
  args: readonly Uint8Array[],
): string | undefined {
  if (args.length < 2) {
    return `Incorrect number of arguments, ${args.length}`;
  }
  if (call.calledChaincode !== 'qscc') {
    return `Rejecting invoke of QSCC from another chaincode because of potential for deadlocks, original invocation for '${call.calledChaincode}'`;
  }
  return name !== 'GetChainInfo' && args.length < 3
    ? `missing 3rd argument for ${name}`
    : undefined;
}

function getChainInfo(ledger: ChannelLedger): Promise<ChaincodeResponse> {
  const { height, currentBlockHash, previousBlockHash } = ledger.chainInfo();
  // common.BlockchainInfo
  const info = new WireWriter().varint(1, height).bytes(2, currentBlockHash);
  return Promise.resolve(success(info.bytes(3, previousBlockHash).finish()));
}

async function getBlockByNumber(
  ledger: ChannelLedger,
  argument: Uint8Array,
): Promise<ChaincodeResponse> {
  const wanted = text(argument);
  if (!/^\d+$/.test(wanted)) {
    return failure(
      `Failed to parse block number with error strconv.ParseUint: parsing ${JSON.stringify(wanted)}: invalid syntax`,
    );
  }
  const number = BigInt(wanted);
  // Fabric's block store treats the largest number as "the newest block".
  const block = await ledger.blockByNumber(
    number === largestBlockNumber ? ledger.height - 1n : number,
  );
  return answer(block, `block number ${wanted}, error no such block number [${wanted}]`);
}

async function getBlockByHash(ledger: ChannelLedger, hash: Uint8Array): Promise<ChaincodeResponse> {
  const block = await ledger.blockByHash(hash);
  const hex = Buffer.from(hash).toString('hex');
  return answer(block, `block hash ${hex}, error no such block hash [${hex}]`);
}

async function getTransactionById(
  ledger: ChannelLedger,
  argument: Uint8Array,
): Promise<ChaincodeResponse> {
  const txId = text(argument);
  const found = await ledger.transaction(txId);
  // peer.ProcessedTransaction
  const bytes = found && new WireWriter().message(1, found.envelope).varint(2, found.code).finish();
  return answer(bytes, `transaction with id ${txId}, error no such transaction ID [${txId}]`);
}

async function getBlockByTxId(
  ledger: ChannelLedger,
  argument: Uint8Array,
): Promise<ChaincodeResponse> {
  const txId = text(argument);
  const block = await ledger.blockByTxId(txId);
  return answer(block, `block for txID ${txId}, error no such transaction ID [${txId}]`);
}

function answer(found: Uint8Array | undefined, missing: string): ChaincodeResponse {
  return found ? success(found) : failure(`Failed to get ${missing} in index`);
}
