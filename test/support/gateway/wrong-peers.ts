import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { status } from '@grpc/grpc-js';
import {
  GatewayError,
  openFabricEngine,
  peerFailure,
  readConfig,
  type Engine,
} from '@yici/gateway/testing';
import { departmentPaths, type Department, type Topology } from '@yici/network/testing';
import { expect } from 'chai';
import { stringify } from 'yaml';

/** A running network whose peers are reached over gRPC. */
export interface PeerStand {
  /** Its data folder. */
  readonly folder: string;
  readonly topology: Topology;
}

const own = 'data';
const other = 'establishment';

/** The `engine:` of a gateway of the Data Bureau's, with whatever is to be wrong in it. */
export function engineSettings({ folder, topology }: PeerStand, change: object = {}): object {
  const department = named(topology, own);
  const { msp, tls } = departmentPaths(folder, own).user(`${own}.gateway`);
  return {
    kind: 'fabric',
    channel: topology.channel,
    mspId: department.mspId,
    certificate: msp.certificate,
    key: msp.key,
    tlsClient: { certificate: tls.certificate, key: tls.key },
    ...peerOf({ folder, topology }, department),
    ...change,
  };
}

function peerOf({ folder, topology }: PeerStand, { id, host, ports }: Department) {
  return {
    endpoint: `${host}:${ports.peer}`,
    tlsRoot: departmentPaths(folder, id).peer.tls.root,
    tlsHostname: `peer0.${id}.${topology.domain}`,
  };
}

function named({ departments }: Topology, id: string): Department {
  return departments.find((one) => one.id === id) ?? expect.fail(`no department ${id}`);
}

/** Opens an engine as `yici-gateway --config` does. */
export async function openWith(stand: PeerStand, change: object = {}): Promise<Engine> {
  const file = join(stand.folder, 'changed.yaml');
  writeFileSync(file, stringify({ engine: engineSettings(stand, change) }));
  const { engine, custodial } = readConfig({ config: file }, {});
  if (engine.kind !== 'fabric') return expect.fail('another engine');
  return openFabricEngine(engine, custodial);
}

/** What a gateway must refuse before it serves anything, whichever engine the peers run on. Registers the tests. */
export function refusesWrongPeers(stand: () => PeerStand): void {
  const refusal = async (change: object): Promise<string> => {
    const engine = await openWith(stand(), change).catch((error: unknown) => error);
    if (engine instanceof GatewayError) {
      expect(engine.words?.zh, 'for a reader of Chinese').to.match(/\p{Script=Han}/u);
      return engine.code;
    }
    return expect.fail(engine instanceof Error ? engine.message : 'it was opened');
  };
  const foreign = () => peerOf(stand(), named(stand().topology, other));

  it('takes the peer that is meant', async () => {
    const engine = await openWith(stand());
    expect(engine).to.include({ kind: 'fabric', user: 'data.gateway' });
    await engine.close();
  });

  it('refuses a peer that is on another channel', async () => {
    expect(await refusal({ channel: 'elsewhere' })).to.equal('PEER_OF_OTHER_CHANNEL');
  });

  it('refuses to be of a department that did not issue its certificate', async () => {
    const { mspId } = named(stand().topology, other);
    expect(await refusal({ mspId })).to.equal('IDENTITY_REFUSED');
    expect(await refusal({ mspId: 'NobodyMSP' })).to.equal('IDENTITY_REFUSED');
  });

  it('says that it must show a TLS certificate', async () => {
    expect(await refusal({ tlsClient: undefined })).to.equal('IDENTITY_REFUSED');
  });

  it('refuses another department’s peer as its own', async () => {
    expect(await refusal(foreign())).to.equal('PEER_OF_OTHER_DEPARTMENT');
  });

  it('refuses whoever cannot show the certificate expected', async () => {
    expect(await refusal({ tlsRoot: foreign().tlsRoot })).to.equal('PEER_UNTRUSTED');
    expect(await refusal({ tlsHostname: foreign().tlsHostname })).to.equal('PEER_UNTRUSTED');
  });

  it('says that nobody answers, unless another peer stands in', async () => {
    const endpoint = '127.0.0.1:1';
    expect(await refusal({ endpoint, startWithin: 0 })).to.equal('PEER_UNAVAILABLE');
    const { mspId } = named(stand().topology, other);
    const engine = await openWith(stand(), { endpoint, fallback: [{ ...foreign(), mspId }] });
    const failure = await engine.peer.evaluate(new Uint8Array()).catch(peerFailure);
    expect(failure, 'the second peer’s own word').to.include({ code: status.INVALID_ARGUMENT });
    await engine.close();
    const wrong = { endpoint, fallback: [foreign()] };
    expect(await refusal(wrong)).to.equal('PEER_OF_OTHER_DEPARTMENT');
  });

  it('refuses settings that make no sense, naming the field', async () => {
    for (const change of [{ endpoint: 'nowhere' }, { deadline: 0 }, { fallback: [{}] }]) {
      const error = await openWith(stand(), change).catch((failure: unknown) => failure);
      expect(error).to.be.instanceOf(GatewayError).with.property('code', 'CONFIG_INVALID');
      expect(error).to.have.property('message').that.contains(Object.keys(change)[0]);
    }
  });
}
