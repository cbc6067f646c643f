import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { dataFolder } from '@yici/network';
import {
  departmentPaths,
  ensurePki,
  examineMachine,
  exitCodes,
  freePorts,
  lockFolder,
  parseTopology,
  runCli,
  servingVersions,
  type DoctorReport,
} from '@yici/network/testing';
import {
  archiveFile,
  executable,
  program,
  release,
  tarGz,
} from '../../support/fabric-binaries/archive.js';
import { Cache } from '../../support/fabric-binaries/cache.js';
import { department, smallTopology } from '../topology/topologies.js';

describe('fabric doctor', () => {
  let cache: Cache;
  let state: string;
  beforeEach(() => {
    cache = new Cache();
    state = join(cache.folder, 'state');
  });
  afterEach(() => {
    cache.remove();
  });

  const cli = async (args: readonly string[], env: Record<string, string> = {}) => {
    const out: string[] = [];
    const err: string[] = [];
    const code = await runCli(['fabric', ...args, '--dir', state], {
      stdout: { write: (text) => out.push(text) },
      stderr: { write: (text) => err.push(text) },
      env: { ...cache.env, ...env },
      script: '/not/started',
      nodeOptions: [],
    });
    return { code, out: out.join(''), err: err.join('') };
  };

  /** A network whose nodes have these ports on this host; zero asks for any. */
  const topologyFile = (host: string, ports: readonly number[]): string => {
    const [peer = 0, peerChaincode = 0, peerOperations = 0, chaincode = 0] = ports;
    const only = {
      ...department('hrss', 1),
      host,
      ports: {
        peer,
        peerChaincode,
        peerOperations,
        chaincode,
        orderer: 0,
        ordererAdmin: 0,
        ordererOperations: 0,
      },
      orderer: true,
    };
    const file = join(cache.folder, 'topology.json');
    const topology = { ...smallTopology(), allowNoFaultTolerance: true, departments: [only] };
    writeFileSync(file, JSON.stringify(topology));
    return file;
  };

  const report = async (...args: string[]): Promise<DoctorReport & { code: number }> => {
    const { code, out } = await cli(['doctor', '--json', ...args]);
    return { ...(JSON.parse(out) as DoctorReport), code };
  };
  const check = ({ checks }: DoctorReport, name: string) =>
    checks.find((each) => each.name === name) ?? expect.fail(`no check ${name}`);

  it('names what is missing where nothing is installed, and how to mend it', async () => {
    const found = await report('--topology', topologyFile('127.0.0.1', await freePorts(4)));
    expect(found.code).to.equal(exitCodes.checkFailed);
    expect(found.ok).to.equal(false);
    const { status, mend, details } = check(found, 'binaries');
    expect(status).to.equal('missing');
    expect(mend?.zh).to.contain('yici-network fabric install');
    expect(details['missing']).to.include(join(cache.installed, 'bin', 'peer'));
    expect(check(found, 'disk').details['rooms']).to.have.length(2);
  });

  it('speaks Chinese, and English where it is asked to', async () => {
    const topology = topologyFile('127.0.0.1', await freePorts(4));
    const chinese = (await cli(['doctor', '--topology', topology])).out.split('\n');
    const at = chinese.indexOf('✗ 程序');
    expect(chinese[at + 1]).to.match(/^ {4}没有 Fabric 3\.1\.5/);
    expect(chinese[at + 2]).to.match(/^ {4}办法：/);
    const { out } = await cli(['doctor', '--topology', topology, '--lang', 'en']);
    expect(out).to.match(/^✗ binaries\n {4}Fabric 3\.1\.5 is not there.*\n {4}To mend: /m);
    expect(out).not.to.match(/\p{Script=Han}/u);
  });

  it('finds nothing missing where all is there, and says which version each program is of', async () => {
    await cache.installBytes(tarGz(release(executable('bin/osnadmin', '#!/bin/sh\nexit 1\n'))));
    const found = await report('--topology', topologyFile('127.0.0.1', await freePorts(4)));
    for (const name of ['node', 'binaries', 'ports', 'clock']) {
      expect(check(found, name).status, name).to.not.equal('missing');
    }
    // Disk and open files are what this machine has.
    expect(found.code).to.equal(found.ok ? exitCodes.ok : exitCodes.checkFailed);
    const tools = check(found, 'binaries').details['tools'] as { name: string; version?: string }[];
    expect(tools.find(({ name }) => name === 'peer')?.version).to.equal('3.1.5');
    expect(tools.find(({ name }) => name === 'osnadmin')).to.include({ present: true });
    expect(tools.find(({ name }) => name === 'configtxgen')).to.include({ present: false });
  });

  it('does not take programs of another version for installed ones', async () => {
    await cache.installBytes(tarGz(release()));
    writeFileSync(join(cache.installed, 'bin', 'orderer'), program('v2.5.0'));
    const found = await report('--topology', topologyFile('127.0.0.1', await freePorts(4)));
    expect(check(found, 'binaries').status).to.equal('missing');
    expect(check(found, 'binaries').details['code']).to.equal('FABRIC_VERSION_MISMATCH');
  });

  it('takes programs of a release that also serves, and says which it is', async () => {
    await cache.installBytes(tarGz(release()));
    const [, before = ''] = servingVersions;
    for (const name of ['peer', 'orderer']) {
      writeFileSync(join(cache.installed, 'bin', name), program(`v${before}`));
    }
    const found = await report('--topology', topologyFile('127.0.0.1', await freePorts(4)));
    expect(check(found, 'binaries').status).to.equal('ok');
    expect(check(found, 'binaries').found.en).to.contain(`Fabric ${before} is in `);
  });

  it('points to a peer on the PATH, but does not use it', async () => {
    const folder = join(cache.folder, 'path');
    mkdirSync(folder);
    writeFileSync(join(folder, 'peer'), program(), { mode: 0o755 });
    const { out } = await cli(['doctor', '--json'], { PATH: folder });
    const { status, mend } = check(JSON.parse(out) as DoctorReport, 'binaries');
    expect(status).to.equal('missing');
    expect(mend?.en).to.contain(`--bin-dir ${folder}`);
  });

  it('looks at the folder that --bin-dir names', async () => {
    await cache.installBytes(tarGz(release()));
    const other = new Cache();
    try {
      const args = ['doctor', '--json', '--bin-dir', join(cache.installed, 'bin')];
      const { out } = await cli(args, other.env);
      const { status, details } = check(JSON.parse(out) as DoctorReport, 'binaries');
      expect(status).to.equal('ok');
      expect(details['directory']).to.equal(cache.installed);
    } finally {
      other.remove();
    }
  });

  describe('with a port of the topology taken', () => {
    const server = createServer();
    let port: number;
    before((done) => {
      server.listen(0, '127.0.0.1', () => {
        port = (server.address() as AddressInfo).port;
        done();
      });
    });
    after((done) => {
      server.close(done);
    });

    it('names the port, the department and the node', async () => {
      const others = await freePorts(3);
      const found = await report('--topology', topologyFile('127.0.0.1', [port, ...others]));
      expect(found.code).to.equal(exitCodes.checkFailed);
      expect(check(found, 'ports').status).to.equal('missing');
      expect(check(found, 'ports').details['taken']).to.deep.equal([
        { department: 'hrss', node: 'peer', address: `127.0.0.1:${port}`, code: 'EADDRINUSE' },
      ]);
    });

    it('does not mind when the network of the folder runs', async () => {
      const lock = await lockFolder(dataFolder(state));
      try {
        const others = await freePorts(3);
        const found = await report('--topology', topologyFile('127.0.0.1', [port, ...others]));
        expect(check(found, 'ports').status).to.equal('ok');
      } finally {
        await lock.release();
      }
    });

    /** Two departments, the second on an address that is nobody's (RFC 5737) and a port that is taken here. */
    const elsewhere = () => {
      const input = { ...smallTopology(), engine: 'fabric' } as const;
      const [here, there] = input.departments;
      const mixed = [here, { ...there, host: '192.0.2.1', ports: { peer: port } }];
      return JSON.stringify({ ...input, departments: mixed });
    };

    it('leaves the ports of other hosts to them, and names the addresses that are not here', async () => {
      mkdirSync(state, { recursive: true });
      const file = join(state, 'mixed.yaml');
      writeFileSync(file, elsewhere());
      const found = check(await report('--topology', file), 'ports');
      expect([found.status, found.details['away']]).to.deep.equal(['warning', ['192.0.2.1']]);
      expect(found.found.zh).to.match(/192\.0\.2\.1 不是本机的/);
    });

    it('misses an address in a folder from which all start; of a rendered one only its own counts', async () => {
      mkdirSync(state, { recursive: true });
      const { topology } = dataFolder(state);
      const rendered = join(state, 'department.json');
      const status = async (department?: string) => {
        const file = {
          v: 1,
          department,
          mspId: 'x',
          channel: 'small',
          genesisHash: 'a'.repeat(64),
        };
        if (department !== undefined) writeFileSync(rendered, JSON.stringify(file));
        return check(await report(), 'ports').status;
      };
      writeFileSync(topology, elsewhere());
      try {
        expect(await status()).to.equal('missing');
        expect([await status('alpha'), await status('beta')]).to.deep.equal(['ok', 'missing']);
      } finally {
        for (const file of [topology, rendered]) rmSync(file, { force: true });
      }
    });

    it('misses the address of the department where no address of the topology is of this host', async () => {
      const found = await report('--topology', topologyFile('192.0.2.1', [port]));
      expect(found.code).to.equal(exitCodes.checkFailed);
      const { status, found: said } = check(found, 'ports');
      expect(status).to.equal('missing');
      expect(said.en).to.contain('192.0.2.1');
    });
  });

  it('misses certificates of the host’s nodes that have ended, and warns of those that soon do', async () => {
    const topology = parseTopology({ ...smallTopology(), engine: 'fabric' });
    const made = new Date();
    ensurePki(topology, state, made);
    const at = async (days: number) =>
      check(
        await examineMachine({
          topology,
          folder: dataFolder(state),
          env: cache.env,
          now: new Date(made.getTime() + days * 86_400_000),
        }),
        'certificates',
      );
    const { certificateDays } = topology;
    expect((await at(1)).status).to.equal('ok');
    expect((await at(certificateDays - 50)).status).to.equal('warning');
    const over = await at(certificateDays + 1);
    expect(over.status).to.equal('missing');
    expect(over.found.zh).to.contain(departmentPaths(state, 'alpha').peer.tls.certificate);
  });

  describe('with a clock', () => {
    const at = async (now: Date) =>
      check(
        await examineMachine({
          topology: parseTopology({ ...smallTopology(), engine: 'fabric' }),
          folder: dataFolder(state),
          env: cache.env,
          now,
        }),
        'clock',
      );

    it('of before the release, says that it is wrong', async () => {
      expect((await at(new Date('2020-01-01T00:00:00Z'))).status).to.equal('missing');
      expect((await at(new Date('2026-06-19T00:00:00Z'))).status).to.not.equal('missing');
    });

    it('of before the genesis block was written, says that it is wrong', async () => {
      mkdirSync(state);
      const genesis = dataFolder(state).genesis;
      writeFileSync(genesis, '');
      const made = new Date('2027-03-01T08:00:00Z');
      utimesSync(genesis, made, made);
      expect((await at(new Date('2027-03-01T07:00:00Z'))).status).to.equal('missing');
      expect((await at(new Date('2027-03-01T08:00:01Z'))).status).to.not.equal('missing');
    });
  });

  it('refuses a topology that is not valid, as every command does', async () => {
    const file = join(cache.folder, 'topology.yaml');
    writeFileSync(file, 'version: 2');
    expect((await cli(['doctor', '--topology', file])).code).to.equal(exitCodes.usage);
  });

  describe('and fabric install, as commands,', () => {
    it('print help with an example', async () => {
      for (const name of ['install', 'doctor']) {
        const { code, out } = await cli([name, '--help']);
        expect(code).to.equal(exitCodes.ok);
        expect(out).to.contain(`$ yici-network fabric ${name}`).and.to.contain('--json');
      }
    });

    it('refuse options that make no sense', async () => {
      const wrong: readonly (readonly string[])[] = [
        ['--sha256', 'abc'],
        ['--mirror', 'ftp://mirror.example/fabric'],
        ['--mirror', 'not an address'],
        ['--mirror', 'https://user:secret@mirror.example/fabric'],
        ['--archive', 'a', '--mirror', 'https://mirror.example/fabric'],
        ['--bin-dir', 'a', '--archive', 'b'],
        ['--bin-dir', 'a', '--sha256', 'ab'.repeat(32)],
      ];
      for (const args of wrong) {
        expect((await cli(['install', ...args])).code, args.join(' ')).to.equal(exitCodes.usage);
      }
    });

    it('say by code and exit code what went wrong', async () => {
      const archive = join(cache.folder, archiveFile());
      writeFileSync(archive, tarGz(release()));
      const { code, err } = await cli(['install', '--json', '--archive', archive]);
      expect(code).to.equal(exitCodes.environment);
      expect(err).to.contain('"code":"FABRIC_DIGEST_MISMATCH"');
      cache.expectNothing();
    });

    it('say where the release is, first when it is installed and then again', async () => {
      await cache.installBytes(tarGz(release()));
      const { code, out } = await cli(['install', '--json']);
      expect(code).to.equal(exitCodes.ok);
      expect(JSON.parse(out)).to.include({ source: 'present', directory: cache.installed });
      expect((await cli(['install'])).out)
        .to.contain('此前已安装')
        .and.to.contain(cache.installed);
    });
  });
});
