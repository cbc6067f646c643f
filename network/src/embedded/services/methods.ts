import { Readable } from 'node:stream';
import { common } from '@hyperledger/fabric-protos';
import type { Endorser } from '../endorse/endorser.js';
import type { ChannelLedger } from '../ports.js';
import { broadcast } from './broadcast.js';
import { isSuccess, statusResponse, type DeliverService } from './deliver.js';
import type { DeliverKind, PeerGateway } from './peer-gateway.js';
import { processProposal } from './process-proposal.js';
import { isBound } from './seek.js';
import type { Method } from './server.js';
import { ordererCalls, peerCalls, peerDeliver } from './wire-methods.js';
import { conversation, pipeline, serverStream, unary } from './wire-service.js';

interface PeerMethodsDependencies {
  readonly mspId: string;
  readonly gateway: PeerGateway;
  readonly endorser: Endorser;
  readonly ledger: ChannelLedger;
  /** Whether clients present TLS certificates; seeks must then name the certificate's hash. */
  readonly mutualTls: boolean;
  /** Ends every stream when it aborts. */
  readonly closing: AbortSignal;
}

/** Fabric's services of one department's peer: gateway.Gateway, protos.Deliver, protos.Endorser. */
export function peerMethods(dependencies: PeerMethodsDependencies): readonly Method[] {
  const { mspId, gateway, mutualTls, closing } = dependencies;
  const deliver = (kind: DeliverKind): ReturnType<typeof conversation> =>
    conversation(
      (seek, signal, shown) =>
        mutualTls && !isBound(seek, shown) ? notBound() : gateway.deliver(seek, kind, signal),
      isSuccess,
      closing,
    );
  return [
    [peerCalls.evaluate, unary((request) => gateway.evaluate(request))],
    [peerCalls.endorse, unary((request) => gateway.endorse(request))],
    [peerCalls.submit, unary((request) => gateway.submit(request))],
    [
      peerCalls.commitStatus,
      unary((request, signal) => gateway.commitStatus(request, AbortSignal.any([signal, closing]))),
    ],
    [
      peerCalls.chaincodeEvents,
      serverStream((request, signal) => gateway.chaincodeEvents(request, signal), closing),
    ],
    [peerCalls.processProposal, unary((request) => processProposal(request, mspId, dependencies))],
    [peerDeliver.full, deliver('full')],
    [peerDeliver.filtered, deliver('filtered')],
    [peerDeliver.private, deliver('private')],
  ];
}

/** A stream whose only message is this status. */
const notBound = (): AsyncIterable<Uint8Array> =>
  Readable.from([statusResponse(common.Status.BAD_REQUEST)]);

interface OrdererMethodsDependencies {
  readonly ledger: ChannelLedger;
  readonly deliver: DeliverService;
  readonly closing: AbortSignal;
}

/** Fabric's orderer.AtomicBroadcast service. */
export function ordererMethods(dependencies: OrdererMethodsDependencies): readonly Method[] {
  const { ledger, deliver, closing } = dependencies;
  return [
    [ordererCalls.broadcast, pipeline((envelope) => broadcast(envelope, ledger))],
    [
      ordererCalls.deliver,
      conversation((seek, signal) => deliver.stream(seek, 'full', signal), isSuccess, closing),
    ],
  ];
}
