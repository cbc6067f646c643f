import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { dataFolder } from '@yici/network';
import {
  demoTopologyFile,
  exportCertificates,
  freePorts,
  genesisHashOf,
  makeDepartmentKeys,
  parseTopology,
  readTopology,
  type TopologyInput,
} from '@yici/network/testing';
import { expect } from 'chai';
import { parse, stringify } from 'yaml';
import {
  RunningGateway,
  startGateway,
  type Finished,
} from '../../support/gateway/running-gateway.js';
import { commandsOf, runElsewhere } from '../../support/operations/book.js';
import { releaseFolder } from '../render/support.js';

const book = commandsOf('docs/operations.md').filter(({ command }) =>
  runElsewhere.every(({ like }) => !like.test(command)),
);
const passphrase = 'a sentence of the test';

/** A command with what stands here for the folders and numbers that the book makes up. */
interface Way {
  readonly like: RegExp;
  /** What has to be there when it is typed. */
  readonly before?: () => unknown;
  readonly instead?: () => Readonly<Record<string, string>>;
  /** It may find something, which is said by exit 1. */
  readonly mayFind?: boolean;
  readonly after?: () => unknown;
}

describe('the commands of docs/operations.md', function () {
  this.timeout(180_000);
  let gateway: RunningGateway;

  before(async () => {
    gateway = await RunningGateway.start({ listening: true });
    const city = await cityOf(['hrss', 'finance', 'data', 'establishment']);
    writeFileSync(at('city.yaml'), stringify(city));
    const [peer = 0, orderer = 0] = await freePorts(2);
    const audit = {
      ...{ id: 'audit', mspId: 'AuditMSP', name: { zh: '审计局', en: 'Audit Office' } },
      ...{ level: 'city', regionCode: '331100', orderer: true, ports: { peer, orderer } },
      users: [{ name: 'audit.clerk1', role: 'clerk' }],
    } as const;
    const withAudit = (topology: TopologyInput) =>
      stringify({ ...topology, departments: [...topology.departments, audit] });
    writeFileSync(at('wider.yaml'), withAudit(city));
    writeFileSync(at('wider-running.yaml'), withAudit(readTopology(at('state/topology.yaml'))));
    releaseFolder(gateway.folder);
  });

  after(() => gateway.stop());

  const at = (name: string) => join(gateway.folder, name);
  const type = (line: string): Promise<Finished> =>
    gateway.shell(line, {
      YICI_ROOT_PASSPHRASE: passphrase,
      YICI_BACKUP_PASSPHRASE: passphrase,
      YICI_CUSTODY_KEY: at('state/keys/custody.key'),
    });

  async function done(line: string): Promise<void> {
    const { exitCode, out, err } = await type(line);
    expect(exitCode, `${line}\n${out}${err}`).to.equal(0);
  }

  /** The demo's departments of these names on ports of this run. */
  async function cityOf(ids: readonly string[]): Promise<TopologyInput> {
    const demo = parse(readFileSync(demoTopologyFile, 'utf8')) as TopologyInput;
    const ports = await freePorts(2 * ids.length);
    const departments = ids.flatMap((id, no) =>
      demo.departments
        .filter((each) => each.id === id)
        .map((each) => ({
          ...each,
          ports: { peer: ports[2 * no]!, orderer: ports[2 * no + 1]! },
        })),
    );
    return { ...demo, departments };
  }

  /** The gateway of another department over its own peer, of the configuration that was printed. */
  async function servesBeside(): Promise<void> {
    const other = await startGateway(['--config', at('finance.yaml')], '0');
    try {
      expect(other.ready?.genesisHash, other.errors()).to.equal(gateway.genesisHash);
      const ready = () => fetch(`${other.ready?.url ?? ''}/readyz`);
      const deadline = performance.now() + 60_000;
      while (!(await ready()).ok && performance.now() < deadline) await delay(100);
      expect((await ready()).status, other.errors()).to.equal(200);
      expect(existsSync(at('state/gateways/finance/gateway'))).to.equal(true);
    } finally {
      const ended = once(other.process, 'exit');
      other.process.kill('SIGTERM');
      await ended;
    }
  }

  const keysOf = (id: string, topology = 'city.yaml', folder = `${id}-keys`) => {
    const read = parseTopology(parse(readFileSync(at(topology), 'utf8')));
    makeDepartmentKeys(dataFolder(at(folder)), at(topology), id, passphrase);
    exportCertificates(read, at(folder), id, at(`${id}.certificates.json`));
  };

  /** Makes a copy of a change that this department signed, with the one that orders here, whose consent it needs. */
  const copyOf = async (id: string) => {
    cpSync(at('change.json'), at(`from-${id}.json`));
    const signers = `--department ${id} establishment`;
    await done(`yici-network channel sign from-${id}.json --yes --dir state ${signers}`);
  };
  const newest = (name: RegExp) =>
    readdirSync(gateway.folder).find((each) => name.test(each)) ?? '';
  const pin = (file: string) => genesisHashOf(readFileSync(at(file)));
  const ofRunning = { '/var/lib/yici': 'state' };
  const asHrss = { '/var/lib/yici': 'state --department hrss' };
  /** As `channel propose` has printed it. */
  let fingerprint = '';
  /** A change that the others' signatures count for: the embedded engine has one ordering department. */
  const gathered = (department: string) => ({
    ...{ 'batch.timeout=100ms': '"policies.lifecycleEndorsement=ALL Endorsement"' },
    ...{ 'change.json': 'gathered.json', 'https://ledger.hrss.example': '$YICI_GATEWAY' },
    ...{ '3f9a…c2': fingerprint, '/var/lib/yici': `state --department ${department}` },
  });
  const everybody = () => readTopology(at('state/topology.yaml')).departments.map(({ id }) => id);

  const ways: readonly Way[] = [
    { like: /^yici-network (?:up|status|down|reset)\b/ },
    { like: /^yici-network fabric doctor /, mayFind: true },
    {
      like: /^yici-network gateway config /,
      instead: () => ({ './city': 'state' }),
      after: servesBeside,
    },
    { like: /^yici-network keys (?:make|export) .*hrss/ },
    {
      like: /^yici-network keys collect \*/,
      before: () => {
        for (const id of ['finance', 'data', 'establishment']) keysOf(id);
      },
    },
    {
      like: /^yici-network render --department hrss /,
      instead: () => ({ '--fabric': '--bin-dir release/bin --fabric' }),
    },
    { like: /^yici-network node backup /, instead: () => ofRunning },
    {
      like: /^yici-gateway backup /,
      instead: () => ({ '/var/lib/yici/gateway.yaml': 'gateway.yaml --state state' }),
    },
    {
      like: /^yici-network node restore /,
      before: async () => {
        await gateway.halt();
        renameSync(at('state'), at('lost'));
        renameSync(at(newest(/^node-.*tar$/)), at('node.tar'));
        renameSync(at(newest(/^keys-.*age$/)), at('keys.age'));
        renameSync(at(newest(/^gateway-.*tar$/)), at('gateway.tar'));
      },
      instead: () => ofRunning,
    },
    {
      like: /^yici-gateway restore --check /,
      instead: () => ({ '/var/lib/yici/gateway.yaml': 'gateway.yaml --state state' }),
    },
    {
      like: /^yici-gateway restore /,
      instead: () => ({ '/var/lib/yici/gateway.yaml': 'gateway.yaml --state state' }),
      after: () => gateway.restart(),
    },
    { like: /^yici-network keys (?:status|renew) /, instead: () => ofRunning },
    {
      like: /^yici-network keys collect --genesis .*hrss-keys/,
      before: () => {
        for (const name of ['ca', 'tlsca'])
          rmSync(at(`hrss-keys/pki/hrss/${name}`), { recursive: true });
      },
      instead: () => ({
        'genesis.block': 'hrss-host/genesis.block',
        '6be0…41': pin('hrss-host/genesis.block'),
      }),
    },
    { like: /^yici-network channel propose add-root /, instead: () => asHrss },
    {
      like: /^yici-network identity revoke(?:d)? /,
      // The roots of the other folder are those that were lost.
      instead: () => ({ './hrss-keys': './hrss-new', '5f3a…': '5f3a' }),
    },
    {
      like: /^yici-network chaincode approvals$/,
      instead: () => ({ approvals: 'approvals --dir state' }),
    },
    { like: /^yici-network channel show /, instead: () => ofRunning },
    {
      like: /^yici-network channel (?:propose|submit) .*--gateway /,
      instead: () => gathered('hrss'),
    },
    {
      like: /^yici-network channel sign .*--gateway /,
      instead: () => gathered(`${everybody().join(' ')} --yes`),
    },
    {
      like: /^yici channel pending /,
      instead: () => ({ ...gathered('hrss'), './hrss.admin': 'state/identities/hrss.clerk1' }),
    },
    { like: /^yici-network channel propose set /, instead: () => asHrss },
    {
      like: /^yici-network channel sign /,
      instead: () => ({ '/var/lib/yici': 'state --department hrss establishment --yes' }),
    },
    {
      like: /^yici-network channel submit /,
      before: () => Promise.all(['finance', 'data'].map(copyOf)),
      instead: () => asHrss,
    },
    {
      like: /^yici-network channel propose add-department /,
      before: () => {
        keysOf('audit', 'wider.yaml');
      },
      instead: () => ({ ...asHrss, 'wider.yaml': 'wider-running.yaml' }),
    },
    {
      like: /^yici-network keys collect --genesis .*audit-keys/,
      instead: () => ({
        'genesis.block': 'hrss-host/genesis.block',
        '6be0…41': pin('hrss-host/genesis.block'),
      }),
    },
    {
      like: /^yici-network render --department audit /,
      instead: () => ({ '--out': '--bin-dir release/bin --out' }),
    },
  ];

  for (const { line, command } of book) {
    it(`run: line ${String(line)}, ${command}`, async () => {
      const way = ways.find(({ like }) => like.test(command));
      if (way === undefined) expect.fail('no suite runs it: give it a way here, or a reason');
      await way.before?.();
      const typed = Object.entries(way.instead?.() ?? {}).reduce(
        (text, [printed, real]) => text.replaceAll(printed, real),
        command,
      );
      const { exitCode, out, err } = await type(typed);
      expect(exitCode, `${typed}\n${out}${err}`).to.be.oneOf(way.mayFind === true ? [0, 1] : [0]);
      fingerprint =
        /(?:[0-9a-f]{4} ){15}[0-9a-f]{4}/.exec(out)?.[0].replaceAll(' ', '') ?? fingerprint;
      await way.after?.();
    });
  }
});
