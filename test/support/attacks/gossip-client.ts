import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { credentials } from '@grpc/grpc-js';
import { gossip } from '@hyperledger/fabric-protos';
import { createSigner, encodeIdentity } from '@yici/ledger';
import type { departmentPaths, PeerEndpoint } from '@yici/network/testing';

type NodePaths = ReturnType<typeof departmentPaths>['peer'];

/** Whoever has the files of a node or a user: its MSP identity, and the TLS certificate that it connects with. */
export interface GossipIdentity {
  readonly mspId: string;
  readonly files: NodePaths;
  /** What it connects with, when it is not what it says. */
  readonly connects?: NodePaths['tls'];
}

/** How long an answer may take, in milliseconds; a peer that has nothing to give answers nonetheless. */
const patience = 60_000;

/**
 * Speaks Fabric's gossip to a peer (gossip/message.proto): connects, says who it is as gossip/comm does (an identity bound to
 * the TLS certificate by a signature), asks one question and gives the answer with the same nonce.
 */
export async function gossiped(
  endpoint: PeerEndpoint,
  as: GossipIdentity,
  question: gossip.GossipMessage,
): Promise<gossip.GossipMessage> {
  const { connects: tls = as.files.tls } = as;
  const client = new gossip.GossipClient(
    endpoint.address,
    credentials.createSsl(
      Buffer.from(endpoint.tlsRoot),
      readFileSync(tls.key),
      readFileSync(tls.certificate),
    ),
    {
      'grpc.ssl_target_name_override': endpoint.tlsHostname,
      'grpc.default_authority': endpoint.tlsHostname,
      'grpc.max_receive_message_length': -1,
      'grpc.enable_http_proxy': 0,
    },
  );
  const stream = client.gossipStream({ deadline: Date.now() + patience });
  try {
    stream.write(introduction(as));
    return await new Promise((resolve, reject) => {
      stream.on('error', reject);
      stream.on('end', () => {
        reject(new RangeError('the peer ended the stream'));
      });
      stream.on('data', (envelope: gossip.Envelope) => {
        const message = gossip.GossipMessage.deserializeBinary(envelope.getPayload_asU8());
        // It introduces itself first: from then on it takes questions.
        if (message.hasConn())
          stream.write(enveloped(question.serializeBinary(), new Uint8Array()));
        else if (message.getNonce() === question.getNonce()) resolve(message);
      });
    });
  } finally {
    stream.on('error', () => undefined).cancel();
    client.close();
  }
}

/** The message that authenticates a connection: gossip/comm/comm_impl.go createConnectionMsg. */
function introduction({ mspId, files }: GossipIdentity): gossip.Envelope {
  const certificate = readFileSync(files.msp.certificate);
  const tlsCertificate = new X509Certificate(readFileSync(files.tls.certificate));
  const conn = new gossip.ConnEstablish();
  conn.setPkiId(sha256(Buffer.from(mspId), certificate));
  conn.setIdentity(encodeIdentity(mspId, certificate.toString('utf8')));
  conn.setTlsCertHash(sha256(tlsCertificate.raw));
  const message = new gossip.GossipMessage();
  message.setTag(gossip.GossipMessage.Tag.EMPTY);
  message.setConn(conn);
  const bytes = message.serializeBinary();
  return enveloped(bytes, createSigner(readFileSync(files.msp.key, 'utf8'))(bytes));
}

function enveloped(payload: Uint8Array, signature: Uint8Array): gossip.Envelope {
  const envelope = new gossip.Envelope();
  envelope.setPayload(payload);
  envelope.setSignature(signature);
  return envelope;
}

function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
