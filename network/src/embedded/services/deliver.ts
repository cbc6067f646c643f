import { common } from '@hyperledger/fabric-protos';
import { encodeBlock, headerType, parseBlock, parseEnvelope, WireWriter } from '@yici/ledger';
import type { Clock } from '../../clock.js';
import type { AccessControl } from '../endorse/access.js';
import type { Logger } from '../../logger.js';
import type { ChannelLedger } from '../ports.js';
import { toError } from '../../to-error.js';
import { filteredBlock } from './filtered-block.js';
import type { DeliverKind } from './peer-gateway.js';
import type { PrivateBlocks } from './private-blocks.js';
import {
  readSeek,
  seekRange,
  type DeliverStatus,
  type SeekRange,
  type SeekRequest,
} from './seek.js';

/** Fields of peer.DeliverResponse by content; orderer.DeliverResponse has the first two. */
const field = { status: 1, full: 2, filtered: 3, private: 4 } as const;

export interface DeliverOptions {
  /** The resource whose policy a reader must satisfy. */
  readonly resource: (kind: DeliverKind) => string;
  /** Converts a block before it is sent. */
  readonly prepare?: (block: Uint8Array) => Uint8Array;
}

/** Deliver options of a peer. */
export const peerDelivery: DeliverOptions = {
  resource: (kind) => (kind === 'filtered' ? 'event/FilteredBlock' : 'event/Block'),
};

interface DeliverDependencies {
  readonly ledger: ChannelLedger;
  readonly access: AccessControl;
  readonly privateBlocks: PrivateBlocks;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Streams blocks to authorised readers of the channel (common/deliver/deliver.go, core/peer/deliverevents.go). */
export class DeliverService {
  readonly #options: DeliverOptions;
  readonly #dependencies: DeliverDependencies;

  constructor(options: DeliverOptions, dependencies: DeliverDependencies) {
    this.#options = options;
    this.#dependencies = dependencies;
  }

  /** Answers one signed seek request with DeliverResponse bytes, the last of which is a status. */
  async *stream(
    bytes: Uint8Array,
    kind: DeliverKind,
    signal?: AbortSignal,
  ): AsyncIterable<Uint8Array> {
    const { ledger, clock, logger } = this.#dependencies;
    const request = readSeek(bytes, ledger, clock);
    if (typeof request === 'number') {
      yield statusResponse(request);
      return;
    }
    const session = new Session({ request, kind, ...this.#options, ...this.#dependencies });
    const refusal = await session.begin();
    if (refusal !== undefined) {
      logger.info({ refusal }, 'deliver request refused');
      yield statusResponse(common.Status.FORBIDDEN);
      return;
    }
    const range = seekRange(request.info, ledger.height);
    if (typeof range === 'number') {
      yield statusResponse(range);
      return;
    }
    yield* session.blocks(range, signal);
  }
}

interface SessionParts extends DeliverOptions, DeliverDependencies {
  readonly request: SeekRequest;
  readonly kind: DeliverKind;
}

/** One seek request in progress; read permission is checked again whenever the channel's config changes. */
class Session {
  readonly #parts: SessionParts;
  #sequence = -1n;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  /** Verifies the envelope's signature and read permission; returns the reason of a refusal. */
  async begin(): Promise<string | undefined> {
    const { payload: message, signature, signatureHeader } = this.#parts.request.envelope;
    const identity = signatureHeader.creator;
    try {
      await this.#parts.access.verified({ identity, message, signature });
    } catch (error) {
      return toError(error).message;
    }
    return this.#refusal();
  }

  async *blocks(range: SeekRange, signal?: AbortSignal): AsyncIterable<Uint8Array> {
    const { ledger } = this.#parts;
    if (range.failIfNotReady && range.first >= ledger.height) {
      yield statusResponse(common.Status.NOT_FOUND);
      return;
    }
    let next = range.first;
    for await (const block of ledger.blocks(range.first, signal)) {
      const refusal = this.#refusal();
      if (refusal !== undefined) {
        yield statusResponse(common.Status.FORBIDDEN);
        return;
      }
      yield await this.#response(block, range);
      if (next === range.last) {
        yield statusResponse(common.Status.SUCCESS);
        return;
      }
      next += 1n;
      if (range.failIfNotReady && next >= ledger.height) {
        yield statusResponse(common.Status.NOT_FOUND);
        return;
      }
    }
    if (signal?.aborted !== true) {
      yield statusResponse(common.Status.SERVICE_UNAVAILABLE);
    }
  }

  #refusal(): string | undefined {
    const { access, clock, ledger } = this.#parts;
    const identity = this.#parts.request.envelope.signatureHeader.creator;
    const { sequence } = ledger.config();
    try {
      if (clock() > access.identity(identity).certificate.notAfter) {
        return 'deliver client identity expired';
      }
      if (sequence !== this.#sequence) {
        access.checkChannel(this.#parts.resource(this.#parts.kind), identity);
        this.#sequence = sequence;
      }
      return undefined;
    } catch (error) {
      return toError(error).message;
    }
  }

  async #response(block: Uint8Array, { headersOnly }: SeekRange): Promise<Uint8Array> {
    const prepared = this.#parts.prepare?.(block) ?? block;
    const sent = headersOnly ? withoutData(prepared) : prepared;
    switch (this.#parts.kind) {
      case 'full':
        return new WireWriter().message(field.full, sent).finish();
      case 'filtered':
        return new WireWriter().message(field.filtered, filteredBlock(sent)).finish();
      case 'private': {
        const reader = this.#parts.request.envelope.signatureHeader.creator;
        const both = await this.#parts.privateBlocks.withPrivateData(sent, reader);
        return new WireWriter().message(field.private, both).finish();
      }
    }
  }
}

/** DeliverResponse bytes that end a stream. */
export function statusResponse(status: DeliverStatus): Uint8Array {
  return new WireWriter().varint(field.status, status).finish();
}

/** Whether DeliverResponse bytes are the status SUCCESS, after which a client may send another seek. */
export function isSuccess(response: Uint8Array): boolean {
  return Buffer.compare(response, statusResponse(common.Status.SUCCESS)) === 0;
}

/** Config blocks keep their data: a client that follows headers must be able to follow the config. */
function withoutData(bytes: Uint8Array): Uint8Array {
  const block = parseBlock(bytes);
  const [first] = block.envelopes;
  if (first && parseEnvelope(first).channelHeader.type === headerType.config) {
    return bytes;
  }
  return encodeBlock({ ...block, envelopes: [] });
}
