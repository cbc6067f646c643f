import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { expect } from 'chai';
import { dataFolder, pinGateway } from '@yici/network';
import { exitCodes, freePorts, lockFolder, runCli } from '@yici/network/testing';
import { everyCommand, faultsOf } from '../../support/every-command.js';
import { department, smallTopology } from './topologies.js';

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function cli(...args: string[]): Promise<Outcome> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCli(args, {
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    env: {},
    script: '/not/started',
    nodeOptions: [],
  });
  return { code, out: out.join(''), err: err.join('') };
}

const json = (text: string): Record<string, unknown> => {
  const value: unknown = JSON.parse(text);
  expect(value).to.be.an('object');
  return Object.fromEntries(Object.entries(value as object));
};

describe('yici-network', () => {
  let directory: string;
  let topology: string;
  const at = (...args: string[]) => cli(...args, '--dir', join(directory, 'state'));

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'yici-cli-'));
    topology = join(directory, 'topology.yaml');
    writeFileSync(topology, JSON.stringify(smallTopology()));
  });

  afterEach(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it('prints help with an example for every command, in either language', async () => {
    const pages = await everyCommand(async (args) => (await cli(...args)).out);
    expect(pages.map(({ path }) => path.join(' '))).to.include.members([
      ...['init', 'channel propose set', 'gateway config', 'node restore', 'keys renew'],
    ]);
    expect(pages.flatMap((page) => faultsOf(page, 'yici-network'))).to.deep.equal([]);
  });

  it('answers an unknown command or option with exit code 2', async () => {
    expect((await cli('fly')).code).to.equal(exitCodes.usage);
    expect((await cli('status', '--fast')).code).to.equal(exitCodes.usage);
    expect((await at('blocks', 'export', '--out', 'x', '--from', '-1')).code).to.equal(
      exitCodes.usage,
    );
  });

  it('names a file that is not there or cannot be written, which is no bug of the program', async () => {
    await at('init', '--topology', topology);
    const missing = join(directory, 'missing.tar');
    const below = join(topology, 'below');
    for (const [path, ...args] of [
      [missing, 'node', 'restore', missing],
      [topology, 'keys', 'export', '--department', 'beta', '--out', below],
    ] as const) {
      const { code, err } = await at(...args);
      expect(code, err).to.equal(exitCodes.environment);
      expect(err)
        .to.match(/DATA_FOLDER_UNUSABLE：/)
        .and.contain(path);
    }
  });

  describe('topology', () => {
    it('validate accepts a good file and exits 1 for a bad one, naming the paths', async () => {
      expect((await cli('topology', 'validate', topology)).code).to.equal(exitCodes.ok);
      writeFileSync(topology, JSON.stringify({ ...smallTopology(), channel: 'X Y' }));
      const told = await cli('topology', 'validate', topology);
      expect(told.out).to.match(/ 有误：\n( {2}[\w.]+：.+\n)+$/);
      const bad = await cli('topology', 'validate', topology, '--json');
      expect(bad.code).to.equal(exitCodes.checkFailed);
      expect(json(bad.out)['issues']).to.deep.include.members([
        { path: 'channel', message: "Fabric's channel names: lower case, digits, . and -" },
      ]);
      const admins = { policies: { admins: 'ANY' } };
      writeFileSync(topology, JSON.stringify({ ...smallTopology(), ...admins }));
      const unreadable = await cli('topology', 'validate', topology);
      expect(unreadable.code).to.equal(exitCodes.checkFailed);
      expect(unreadable.out).to.contain('policies.admins：策略缺少 (');
    });

    it('show draws the demo when nothing else is named', async () => {
      const { out } = await at('topology', 'show');
      expect(out)
        .to.match(/^flowchart LR/)
        .and.to.contain('HrssMSP');
    });
  });

  describe('init', () => {
    it('makes topology, keys and genesis block once, and says the genesis hash', async () => {
      const first = json((await at('init', '--topology', topology, '--json')).out);
      expect(first['genesisHash']).to.match(/^[0-9a-f]{64}$/);
      expect(first['fresh']).to.equal(true);
      const again = json((await at('init', '--json')).out);
      expect(again).to.deep.include({
        genesisHash: first['genesisHash'],
        fresh: false,
        certificates: 0,
      });
    });

    it('chooses a free port for each 0 and keeps it', async () => {
      await at('init', '--topology', topology);
      const stored = () => readFileSync(join(directory, 'state', 'topology.yaml'), 'utf8');
      const before = stored();
      expect(before).to.match(/peer: [1-9][0-9]+/);
      await at('init', '--topology', topology);
      expect(stored()).to.equal(before);
    });

    it('refuses a topology of another network and changes nothing', async () => {
      await at('init', '--topology', topology);
      writeFileSync(topology, JSON.stringify(smallTopology({ channel: 'another' })));
      const before = readFileSync(join(directory, 'state', 'genesis.block'));
      const { code, err } = await at('init', '--topology', topology, '--json');
      expect(code).to.equal(exitCodes.environment);
      expect(err).to.contain('GENESIS_MISMATCH');
      expect(readFileSync(join(directory, 'state', 'genesis.block')).equals(before)).to.equal(true);
    });

    it('refuses a policy that is none before it writes anything', async () => {
      writeFileSync(
        topology,
        JSON.stringify(smallTopology({ policies: { endorsement: 'OR(nobody' } })),
      );
      const { code, err } = await at('init', '--topology', topology);
      expect(code).to.equal(exitCodes.usage);
      expect(err).to.contain('TOPOLOGY_INVALID').and.to.contain('policies.endorsement');
      expect(() => statSync(join(directory, 'state'))).to.throw();
    });

    it('tells each fault once, those that its sentence has no room for below it', async () => {
      const wrong = Object.fromEntries(
        ['channel', 'batch', 'policies', 'departments'].map((name) => [name, 0]),
      );
      writeFileSync(topology, JSON.stringify({ ...smallTopology(), ...wrong }));
      const { err } = await at('init', '--topology', topology);
      for (const name of Object.keys(wrong))
        expect(err.split(`${name}：`), err).to.have.lengthOf(2);
      expect(err).to.match(/\n {2}\w+：.+\n$/);
    });

    it('refuses a folder that another process uses', async () => {
      const folder = dataFolder(join(directory, 'state'));
      const lock = await lockFolder(folder);
      const { code, err } = await at('init', '--topology', topology);
      await lock.release();
      expect(code).to.equal(exitCodes.environment);
      expect(err).to.match(/^DATA_FOLDER_LOCKED：/);
    });

    it('refuses a folder that is a file', async () => {
      writeFileSync(join(directory, 'state'), '');
      const { code, err } = await at('init', '--topology', topology);
      expect(code).to.equal(exitCodes.environment);
      expect(err).to.match(/^DATA_FOLDER_UNUSABLE：/);
    });
  });

  describe('up', () => {
    it('names the port that is in use before it writes anything', async () => {
      const [port = 0] = await freePorts(1);
      const server = createServer().listen(port, '127.0.0.1');
      const alpha = department('alpha', 1);
      const departments = [{ ...alpha, ports: { peer: port, orderer: 0 } }, department('beta', 2)];
      writeFileSync(topology, JSON.stringify(smallTopology({ departments })));
      const { code, err } = await at('up', '--topology', topology);
      server.close();
      expect(code).to.equal(exitCodes.environment);
      expect(err).to.contain('PORT_IN_USE').and.to.contain(`127.0.0.1:${port}`);
      expect(() => statSync(join(directory, 'state'))).to.throw();
    });

    it('says of an address of another machine that it is not here, not that it is taken', async () => {
      // RFC 5737: an address that is nobody's.
      const alpha = {
        ...department('alpha', 1),
        host: '192.0.2.1',
        ports: { peer: 7051, orderer: 0 },
      };
      const departments = [alpha, department('beta', 2)];
      writeFileSync(topology, JSON.stringify(smallTopology({ departments })));
      const { code, err } = await at('up', '--topology', topology);
      expect(code).to.equal(exitCodes.environment);
      expect(err).to.contain('ADDRESS_NOT_HERE').and.to.contain('192.0.2.1:7051');
      expect(() => statSync(join(directory, 'state'))).to.throw();
    });
  });

  describe('without a network', () => {
    it('down says that nothing runs', async () => {
      const { code, err } = await at('down');
      expect(code).to.equal(exitCodes.environment);
      expect(err).to.match(/^NOT_RUNNING：/);
    });

    it('status exits 1', async () => {
      const { code, out } = await at('status', '--json');
      expect(code).to.equal(exitCodes.checkFailed);
      expect(json(out)).to.include({ running: false, initialised: false });
    });

    it('blocks export and identity list say what to do', async () => {
      const out = join(directory, 'out');
      expect((await at('blocks', 'export', '--out', out)).err).to.match(
        /^NOT_RUNNING：.*yici-network up/,
      );
      expect((await at('identity', 'list')).err).to.match(/^NOT_RUNNING：.*yici-network init/);
    });
  });

  describe('identity', () => {
    beforeEach(async () => {
      await at('init', '--topology', topology);
    });

    it('list names every user with role and MSP', async () => {
      const { out } = await at('identity', 'list');
      expect(out)
        .to.contain('alpha.clerk1\tclerk\tAlphaMSP')
        .and.to.contain('beta.admin\tadmin\tBetaMSP');
    });

    it('export writes the files in their fixed format', async () => {
      const out = join(directory, 'clerk');
      const { code } = await at('identity', 'export', 'beta.clerk1', '--out', out);
      expect(code).to.equal(exitCodes.ok);
      const read = (name: string) => readFileSync(join(out, name), 'utf8');
      expect(Object.keys(json(read('connection.json')))).to.deep.equal([
        'mspId',
        'endpoint',
        'tlsHostname',
        'channel',
        'chaincode',
        'genesisHash',
      ]);
      expect(json(read('connection.json'))).to.include({
        mspId: 'BetaMSP',
        tlsHostname: 'peer0.beta.yici.internal',
        channel: 'small',
        chaincode: 'yici',
      });
      expect(json(read('connection.json'))['endpoint']).to.match(/^127\.0\.0\.1:[1-9][0-9]*$/);
      const certificate = new X509Certificate(read('cert.pem'));
      expect(certificate.checkPrivateKey(createPrivateKey(read('key.pem')))).to.equal(true);
      expect(read('key.pem')).to.match(/^-----BEGIN PRIVATE KEY-----/);
      expect(statSync(join(out, 'key.pem')).mode & 0o777).to.equal(0o600);
      const root = new X509Certificate(read('tls-ca.pem'));
      expect(root.ca).to.equal(true);
      const client = new X509Certificate(read('tls-cert.pem'));
      expect(client.verify(root.publicKey)).to.equal(true);
      expect(client.checkPrivateKey(createPrivateKey(read('tls-key.pem')))).to.equal(true);
      expect(statSync(join(out, 'tls-key.pem')).mode & 0o777).to.equal(0o600);
    });

    it('export pins the gateway that is named, and keeps it when none is', async () => {
      const out = join(directory, 'clerk');
      const read = () => json(readFileSync(join(out, 'connection.json'), 'utf8'))['gateways'];
      const door = ['--gateway', 'https://door.example', '--audience', 'the door'];
      const { code } = await at('identity', 'export', 'beta.clerk1', '--out', out, ...door);
      expect(code).to.equal(exitCodes.ok);
      const pinned = [{ audience: 'the door', addresses: ['https://door.example'] }];
      expect(read()).to.deep.equal(pinned);
      await at('identity', 'export', 'beta.clerk1', '--out', out);
      expect(read()).to.deep.equal(pinned);
      pinGateway(dataFolder(directory), { audience: 'x', addresses: ['http://127.0.0.1:1'] });
      expect(read(), 'no identity of the data folder').to.deep.equal(pinned);
      const bad = await at('identity', 'export', 'beta.clerk1', '--out', out, '--gateway', 'door');
      expect([bad.code, bad.err]).to.deep.include(exitCodes.usage);
    });

    it('export refuses a user that is not there', async () => {
      const { code, err } = await at('identity', 'export', 'beta.nobody', '--out', directory);
      expect(code).to.equal(exitCodes.usage);
      expect(err).to.match(/^IDENTITY_UNKNOWN：/);
    });
  });

  it('reset removes what the network wrote and nothing else', async () => {
    await at('init', '--topology', topology);
    mkdirSync(join(directory, 'state', 'mine'));
    expect((await at('reset')).code).to.equal(exitCodes.ok);
    expect((await at('status', '--json')).out).to.contain('"initialised": false');
    expect(statSync(join(directory, 'state', 'mine')).isDirectory()).to.equal(true);
  });
});
