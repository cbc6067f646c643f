import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as grpc from '@grpc/grpc-js';
import { gateway, google } from '@hyperledger/fabric-protos';
import { dataFolder } from '@yici/network';
import {
  adminEndpoint,
  departmentPaths,
  FabricPeer,
  hostname,
  joinOrderer,
  NetworkError,
  prepareFolder,
  resolveTopology,
  type PreparedNetwork,
} from '@yici/network/testing';
import { expect } from 'chai';
import { nativeTopology } from '../../support/fabric-network.js';
import { rejection } from '../../support/peer/rejection.js';

let directory: string;
let prepared: PreparedNetwork;

const department = () => prepared.topology.departments[0]!;
const tlsOf = (kind: 'peer' | 'orderer') => {
  const { certificate, key, root } = departmentPaths(directory, department().id)[kind].tls;
  return { cert: readFileSync(certificate), key: readFileSync(key), ca: readFileSync(root) };
};

async function prepare(): Promise<void> {
  directory = mkdtempSync(join(tmpdir(), 'yici-slow-'));
  const folder = dataFolder(directory);
  const topology = await resolveTopology({ topology: nativeTopology() }, folder);
  prepared = prepareFolder(topology, folder, new Date());
}

describe('an orderer that says that it is well before its admin endpoint listens', () => {
  let server: Server | undefined;

  before(prepare);

  afterEach(() => {
    server?.close();
    server = undefined;
  });

  after(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  const endpoint = () => adminEndpoint(prepared.topology, prepared.folder, department());

  /** The channel participation API as far as a join asks: no such channel, then created. */
  const listen = async (joined: string[]): Promise<void> => {
    server = createServer(
      { ...tlsOf('orderer'), requestCert: true, rejectUnauthorized: true },
      (request, response) => {
        let body = '';
        request.setEncoding('latin1').on('data', (text: string) => (body += text));
        request.on('end', () => {
          if (request.method === 'POST') joined.push(body);
          response.writeHead(request.method === 'POST' ? 201 : 404).end();
        });
      },
    );
    server.listen({ port: endpoint().port, host: '127.0.0.1' });
    await once(server, 'listening');
  };

  it('is joined once it listens', async () => {
    const joined: string[] = [];
    const { topology, genesisBlock } = prepared;
    const join = joinOrderer(endpoint(), topology.channel, genesisBlock);
    await delay(500);
    await listen(joined);
    await join;
    expect(joined).to.have.length(1);
    expect(joined[0]).to.include(Buffer.from(genesisBlock).toString('latin1'));
  });

  it('is not waited for longer than told', async () => {
    const join = joinOrderer(endpoint(), prepared.topology.channel, prepared.genesisBlock, 300);
    expect((await rejection(join, NetworkError)).code).to.equal('ORDERER_UNAVAILABLE');
  });

  it('is not waited for when it shows another certificate', async () => {
    await listen([]);
    const stranger = { ...endpoint(), tlsHostname: 'orderer0.elsewhere.yici.internal' };
    const started = performance.now();
    const join = joinOrderer(stranger, prepared.topology.channel, prepared.genesisBlock);
    expect((await rejection(join, NetworkError)).code).to.equal('ORDERER_UNAVAILABLE');
    expect(performance.now() - started).to.be.lessThan(10_000);
  });
});

describe('handing an envelope to a peer', () => {
  let server: grpc.Server;
  let peer: FabricPeer;
  /** What the peer's gateway answers, one after the other; then it takes the envelope. */
  let refusals: readonly string[];
  let calls: number;

  before(async () => {
    await prepare();
    server = new grpc.Server();
    const bytes = { serialize: (value: Buffer) => value, deserialize: (value: Buffer) => value };
    const submit = {
      path: '/gateway.Gateway/Submit',
      requestStream: false,
      responseStream: false,
      requestSerialize: bytes.serialize,
      requestDeserialize: bytes.deserialize,
      responseSerialize: bytes.serialize,
      responseDeserialize: bytes.deserialize,
    } as const;
    const answer: grpc.handleUnaryCall<Buffer, Buffer> = (_call, done) => {
      const refusal = refusals[calls];
      calls += 1;
      if (refusal === undefined) done(null, Buffer.alloc(0));
      else done({ code: grpc.status.UNAVAILABLE, details: 'too few', metadata: said(refusal) });
    };
    server.addService({ submit }, { submit: answer });
    const { cert, key, ca } = tlsOf('peer');
    const credentials = grpc.ServerCredentials.createSsl(null, [
      { cert_chain: cert, private_key: key },
    ]);
    const port = await new Promise<number>((done, fail) => {
      server.bindAsync('127.0.0.1:0', credentials, (error, bound) => {
        if (error === null) done(bound);
        else fail(error);
      });
    });
    peer = new FabricPeer({
      address: `127.0.0.1:${port}`,
      tlsHostname: hostname(prepared.topology, department(), 'peer0'),
      tlsRoot: ca.toString(),
    });
  });

  beforeEach(() => {
    calls = 0;
  });

  after(() => {
    peer.close();
    server.forceShutdown();
    rmSync(directory, { recursive: true, force: true });
  });

  it('takes the word of orderers that have ordered it for what it is', async () => {
    refusals = ['SERVICE_UNAVAILABLE, info=failed to submit request: request already processed'];
    await peer.submit(Buffer.from('envelope'));
    expect(calls).to.equal(1);
  });

  it('hands the same one over again while too few orderers take it', async () => {
    refusals = ['no Raft leader', 'no Raft leader'];
    await peer.submit(Buffer.from('envelope'));
    expect(calls).to.equal(3);
  });
});

/** google.rpc.Status with one gateway.ErrorDetail, as Fabric's gateway sends it. */
function said(message: string): grpc.Metadata {
  const detail = new gateway.ErrorDetail();
  detail.setMspId('FinanceMSP');
  detail.setMessage(message);
  const status = new google.rpc.Status();
  status.addDetails().pack(detail.serializeBinary(), 'gateway.ErrorDetail');
  const metadata = new grpc.Metadata();
  metadata.set('grpc-status-details-bin', Buffer.from(status.serializeBinary()));
  return metadata;
}
