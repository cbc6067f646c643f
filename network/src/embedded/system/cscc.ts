import {
  blockMetadataIndex,
  decodeOrdererMetadata,
  decodeSignatureMetadata,
  metadataAt,
  parseBlock,
  WireWriter,
  type ChaincodeResponse,
} from '@yici/ledger';
import type { SystemChaincode } from '../chaincode/host.js';
import type { TransactionCall } from '../chaincode/invocation.js';
import type { AccessControl } from '../endorse/access.js';
import type { ChannelLedger } from '../ports.js';
import { toError } from '../../to-error.js';
import { failure, success, text } from './response.js';

/** Answers queries about the peer's channels (core/scc/cscc/configure.go). */
export class ConfigChaincode implements SystemChaincode {
  readonly #ledger: ChannelLedger;
  readonly #access: AccessControl;

  constructor(dependencies: { readonly ledger: ChannelLedger; readonly access: AccessControl }) {
    this.#ledger = dependencies.ledger;
    this.#access = dependencies.access;
  }

  async invoke(call: TransactionCall, args: readonly Uint8Array[]): Promise<ChaincodeResponse> {
    const name = text(args[0]);
    if (args.length < (name === 'GetChannels' ? 1 : 2)) {
      return failure(`Incorrect number of arguments, ${args.length}`);
    }
    if (call.calledChaincode !== 'cscc') {
      return failure(
        `Rejecting invoke of CSCC from another chaincode, original invocation for '${call.calledChaincode}'`,
      );
    }
    const channel = text(args[1]);
    switch (name) {
      case 'GetChannels':
        return this.#guarded(call, name, '', () => this.#channels());
      case 'GetConfigBlock':
        return this.#guarded(call, name, channel, () => this.#configBlock());
      case 'GetChannelConfig':
        return this.#guarded(call, name, channel, () => this.#ledger.config().bytes);
      case 'JoinChain':
      case 'JoinChainBySnapshot':
        return failure('this peer holds one channel, which it made itself: it joins no other');
      default:
        return failure(`Requested function ${name} not found.`);
    }
  }

  async #guarded(
    call: TransactionCall,
    name: string,
    channel: string,
    answer: () => Uint8Array | Promise<Uint8Array>,
  ): Promise<ChaincodeResponse> {
    if (channel !== '' && channel !== this.#ledger.channel) {
      return failure(`unknown channel ID, ${channel}`);
    }
    try {
      this.#access.check(`cscc/${name}`, call.creator, call.mspId);
    } catch (error) {
      const where = channel === '' ? `[${name}]` : `[${name}][${channel}]`;
      return failure(`access denied for ${where}: ${toError(error).message}`);
    }
    return success(await answer());
  }

  #channels(): Uint8Array {
    // peer.ChannelQueryResponse with one ChannelInfo
    return new WireWriter().message(1, new WireWriter().string(1, this.#ledger.channel)).finish();
  }

  async #configBlock(): Promise<Uint8Array> {
    const newest = await this.#ledger.blockByNumber(this.#ledger.height - 1n);
    const index = newest ? lastConfigNumber(newest) : 0n;
    return (await this.#ledger.blockByNumber(index)) ?? new Uint8Array(0);
  }
}

/** The genesis block names no config block: it is one. */
function lastConfigNumber(bytes: Uint8Array): bigint {
  const signatures = metadataAt(parseBlock(bytes), blockMetadataIndex.signatures);
  const { value } = decodeSignatureMetadata(signatures);
  return decodeOrdererMetadata(value).lastConfig ?? 0n;
}
