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
import { conversation, pipeline, serverStream, unary, wireMethod } from './wire-service.js';

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

const bothWays = { request: true, response: true };

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
    [wireMethod('/gateway.Gateway/Evaluate'), unary((request) => gateway.evaluate(request))],
    [wireMethod('/gateway.Gateway/Endorse'), unary((request) => gateway.endorse(request))],
    [wireMethod('/gateway.Gateway/Submit'), unary((request) => gateway.submit(request))],
    [
      wireMethod('/gateway.Gateway/CommitStatus'),
      unary((request, signal) => gateway.commitStatus(request, AbortSignal.any([signal, closing]))),
    ],
    [
      wireMethod('/gateway.Gateway/ChaincodeEvents', { response: true }),
      serverStream((request, signal) => gateway.chaincodeEvents(request, signal), closing),
    ],
    [
      wireMethod('/protos.Endorser/ProcessProposal'),
      unary((request) => processProposal(request, mspId, dependencies)),
    ],
    [wireMethod('/protos.Deliver/Deliver', bothWays), deliver('full')],
    [wireMethod('/protos.Deliver/DeliverFiltered', bothWays), deliver('filtered')],
    [wireMethod('/protos.Deliver/DeliverWithPrivateData', bothWays), deliver('private')],
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
    [
      wireMethod('/orderer.AtomicBroadcast/Broadcast', bothWays),
      pipeline((envelope) => broadcast(envelope, ledger)),
    ],
    [
      wireMethod('/orderer.AtomicBroadcast/Deliver', bothWays),
      conversation((seek, signal) => deliver.stream(seek, 'full', signal), isSuccess, closing),
    ],
  ];
}
