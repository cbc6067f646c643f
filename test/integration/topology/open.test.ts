import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseBlock } from '@yici/ledger';
import { dataFolder, openEmbeddedNetwork, type EmbeddedNetwork } from '@yici/network';
import {
  earlierIds,
  NetworkError,
  packageOf,
  readBlockFiles,
  TransactionClient,
  type TopologyInput,
} from '@yici/network/testing';
import { sayIn, type Text } from '@yici/terminal';
import { writeForeignContract } from './contracts.js';
import { smallTopology } from '../../unit/topology/topologies.js';

describe('an embedded network', function () {
  this.timeout(60_000);
  let directory: string;
  let topology: TopologyInput;
  let network: EmbeddedNetwork | undefined;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'yici-open-'));
    const path = writeForeignContract(join(directory, 'contract'));
    topology = smallTopology({ chaincode: { name: 'foreign', path, port: 0 } });
  });

  afterEach(async () => {
    await network?.close();
    network = undefined;
    rmSync(directory, { recursive: true, force: true });
  });

  const state = () => join(directory, 'state');
  const open = async (
    change: Partial<TopologyInput> = {},
    progress: (text: Text) => void = () => undefined,
  ) => {
    network = await openEmbeddedNetwork({
      topology: { ...topology, ...change },
      directory: state(),
      listen: false,
      progress,
    });
    return network;
  };
  const clientOf = async (user: string, mspId: string) =>
    new TransactionClient({
      channel: 'small',
      gateway: network!.peer(mspId),
      identity: await network!.identity(user),
      now: () => new Date(),
    });
  const call = (...args: string[]) => ({
    chaincode: 'foreign',
    args: args.map((text) => Buffer.from(text)),
  });

  it('approves the chaincode with every department’s own key and commits it, once', async () => {
    await open();
    // Genesis, one approval each, the commit.
    expect(network!.height()).to.equal(4n);
    await network!.close();
    await open();
    expect(network!.height()).to.equal(4n);
  });

  it('runs transactions under a user’s identity with its attributes', async () => {
    await open();
    const client = await clientOf('alpha.clerk1', 'AlphaMSP');
    await client.submit(call('put', 'colour', 'red'));
    const other = await clientOf('beta.head1', 'BetaMSP');
    expect(Buffer.from(await other.evaluate(call('get', 'colour'))).toString()).to.equal('red');
    expect(Buffer.from(await other.evaluate(call('whoami'))).toString()).to.equal('beta.head1');
  });

  it('keeps what was written and the genesis hash over a restart', async () => {
    const { genesisHash } = await open();
    await (await clientOf('alpha.clerk1', 'AlphaMSP')).submit(call('put', 'colour', 'blue'));
    await network!.close();
    expect((await open()).genesisHash).to.equal(genesisHash);
    const client = await clientOf('beta.clerk1', 'BetaMSP');
    expect(Buffer.from(await client.evaluate(call('get', 'colour'))).toString()).to.equal('blue');
  });

  it('upgrades the chaincode when the topology asks for the next sequence', async () => {
    await open();
    const before = network!.height();
    await network!.close();
    const { chaincode } = topology;
    await open({ chaincode: { ...chaincode, sequence: 2, version: '2.0', label: 'foreign_2.0' } });
    expect(network!.height()).to.equal(before + 3n);
    await (await clientOf('alpha.clerk1', 'AlphaMSP')).submit(call('put', 'colour', 'green'));
  });

  it('has the package of an earlier release approved anew, and goes on', async () => {
    // What a release before TLS to the chaincode called the same label.
    const packageId = earlierIds('yici_1.0')[0]!;
    await open({ chaincode: { ...topology.chaincode, packageId, valuesCollections: false } });
    const before = network!.height();
    await (await clientOf('alpha.clerk1', 'AlphaMSP')).submit(call('put', 'colour', 'old'));
    await network!.close();
    // This release would define more for the same sequence: that is an upgrade, and not what is approved here.
    await open({ chaincode: { ...topology.chaincode, valuesCollections: true } });
    expect(network!.height()).to.equal(before + 3n);
    await (await clientOf('alpha.clerk1', 'AlphaMSP')).submit(call('put', 'colour', 'new'));
  });

  it('has code that took the place of what was approved approved anew, and says so', async () => {
    const path = writeForeignContract(join(directory, 'changing'));
    const chaincode = { ...topology.chaincode, path };
    await open({ chaincode });
    await network!.close();
    appendFileSync(join(path, 'index.js'), '// mended\n');
    const said: string[] = [];
    await open({ chaincode }, (text) => said.push(sayIn('en')(text)));
    const { packageId } = packageOf(network!.topology.chaincode);
    expect(said).to.include(
      `The chaincode's code is not what was approved: AlphaMSP approves ${packageId}`,
    );
    await (await clientOf('alpha.clerk1', 'AlphaMSP')).submit(call('put', 'colour', 'mended'));
  });

  it('gives a user added to the topology keys that work, at the next start', async () => {
    await open();
    await network!.close();
    const [alpha, beta] = topology.departments;
    const users = [...(alpha!.users ?? []), { name: 'alpha.clerk2', role: 'clerk' as const }];
    await open({ departments: [{ ...alpha!, users }, beta!] });
    await (await clientOf('alpha.clerk2', 'AlphaMSP')).submit(call('put', 'colour', 'black'));
  });

  it('gives each department its own chaincode process when asked to, which knows whose it is', async () => {
    const departments = topology.departments.map((each) => ({
      ...each,
      ports: { ...each.ports, chaincode: 0 },
    }));
    await open({ departments, chaincode: { ...topology.chaincode, perDepartment: true } });
    for (const [user, mspId] of [
      ['alpha.clerk1', 'AlphaMSP'],
      ['beta.clerk1', 'BetaMSP'],
    ] as const) {
      const answer = await (await clientOf(user, mspId)).evaluate(call('beside'));
      expect(Buffer.from(answer).toString()).to.equal(mspId);
    }
    await (await clientOf('alpha.clerk1', 'AlphaMSP')).submit(call('put', 'colour', 'white'));
  });

  it('does not open a folder that a newer release opened, and leaves it as it is', async () => {
    await open();
    await network!.close();
    const note = join(state(), 'release.json');
    const { release } = JSON.parse(readFileSync(note, 'utf8')) as { release: string };
    const [major, ...rest] = release.split('.');
    const newer = JSON.stringify({ release: [Number(major) + 1, ...rest].join('.') });
    writeFileSync(note, newer);
    const refused: unknown = await open().catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(NetworkError).with.property('code', 'DATA_FOLDER_NEWER');
    expect(readFileSync(note, 'utf8')).to.equal(newer);
    // What follows a hyphen is of the same release.
    writeFileSync(note, JSON.stringify({ release: `${release}-rc.1` }));
    await open();
  });

  it('is refused a second time on the same folder', async () => {
    await open();
    const again: unknown = await openEmbeddedNetwork({ directory: state(), listen: false }).catch(
      (error: unknown) => error,
    );
    expect(again).to.be.instanceOf(NetworkError).with.property('code', 'DATA_FOLDER_LOCKED');
  });

  it('leaves nothing running and nothing locked when its chaincode does not start', async () => {
    const chaincode = { name: 'foreign', path: directory, port: 0 };
    const failed: unknown = await open({ chaincode }).catch((error: unknown) => error);
    expect(failed).to.be.instanceOf(NetworkError).with.property('code', 'CHAINCODE_UNAVAILABLE');
    await open();
  });

  it('says that there is no user or department of another name', async () => {
    await open();
    const unknown: unknown = await network!.identity('alpha.nobody').catch((e: unknown) => e);
    expect(unknown).to.have.property('code', 'IDENTITY_UNKNOWN');
    expect(() => network!.peer('NobodyMSP')).to.throw(NetworkError);
  });

  it('exports every user’s identity and lets its block files be read while it runs', async () => {
    await open();
    const folder = dataFolder(state());
    expect(readdirSync(folder.identities).sort()).to.deep.equal([
      'alpha.admin',
      'alpha.clerk1',
      'alpha.head1',
      'beta.admin',
      'beta.clerk1',
      'beta.head1',
    ]);
    const numbers: bigint[] = [];
    for await (const { number, bytes } of readBlockFiles(folder, 1n)) {
      expect(parseBlock(bytes).number).to.equal(number);
      numbers.push(number);
    }
    expect(numbers).to.deep.equal([1n, 2n, 3n]);
  });
});
