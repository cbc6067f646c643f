import {
  blockMetadataIndex,
  decodeOrdererMetadata,
  decodeSignatureMetadata,
  metadataAt,
  parseBlock,
  WireWriter,
} from '@yici/ledger';
import type { SystemChaincode } from '../chaincode/host.js';
import type { TransactionCall } from '../chaincode/invocation.js';
import type { AccessControl } from '../endorse/access.js';
import type { ChannelLedger } from '../ports.js';
import { toError } from '../../to-error.js';
import { failure, success, text } from './response.js';

type Query = (ledger: ChannelLedger) => Uint8Array | Promise<Uint8Array>;

const queries = new Map<string, Query>([
  // peer.ChannelQueryResponse with one ChannelInfo
  ['GetChannels', ({ channel }) => field1(field1(Buffer.from(channel)))],
  ['GetConfigBlock', configBlock],
  ['GetChannelConfig', (ledger) => ledger.config().bytes],
]);
const joins = new Set(['JoinChain', 'JoinChainBySnapshot']);

/** Answers queries about the peer's channels (core/scc/cscc/configure.go). */
export function configChaincode(ledger: ChannelLedger, access: AccessControl): SystemChaincode {
  return async (call, args) => {
    const name = text(args[0]);
    const refusal = refuseCall(call, name, args);
    if (refusal !== undefined) {
      return failure(refusal);
    }
    const query = queries.get(name);
    if (!query) {
      return failure(`Requested function ${name} not found.`);
    }
    const channel = name === 'GetChannels' ? '' : text(args[1]);
    if (channel !== '' && channel !== ledger.channel) {
      return failure(`unknown channel ID, ${channel}`);
    }
    try {
      access.check(`cscc/${name}`, call.creator, call.mspId);
    } catch (error) {
      const where = channel === '' ? `[${name}]` : `[${name}][${channel}]`;
      return failure(`access denied for ${where}: ${toError(error).message}`);
    }
    return success(await query(ledger));
  };
}

function refuseCall(
  call: TransactionCall,
  name: string,
  args: readonly Uint8Array[],
): string | undefined {
  if (args.length < (name === 'GetChannels' ? 1 : 2)) {
    return `Incorrect number of arguments, ${args.length}`;
  }
  if (call.calledChaincode !== 'cscc') {
    return `Rejecting invoke of CSCC from another chaincode, original invocation for '${call.calledChaincode}'`;
  }
  return joins.has(name)
    ? 'this peer holds one channel, which it made itself: it joins no other'
    : undefined;
}

async function configBlock(ledger: ChannelLedger): Promise<Uint8Array> {
  const newest = await ledger.blockByNumber(ledger.height - 1n);
  const index = newest ? lastConfigNumber(newest) : 0n;
  return (await ledger.blockByNumber(index)) ?? new Uint8Array(0);
}

function field1(bytes: Uint8Array): Uint8Array {
  return new WireWriter().message(1, bytes).finish();
}

/** The genesis block names no config block: it is one. */
function lastConfigNumber(bytes: Uint8Array): bigint {
  const signatures = metadataAt(parseBlock(bytes), blockMetadataIndex.signatures);
  const { value } = decodeSignatureMetadata(signatures);
  return decodeOrdererMetadata(value).lastConfig ?? 0n;
}
