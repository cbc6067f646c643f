import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { dataFolder } from '@yici/network';
import { exportCertificates, makeDepartmentKeys, parseTopology } from '@yici/network/testing';
import { expect } from 'chai';
import { fabricTool, needsFabric } from '../../../support/fabric.js';
import { DepartmentOnHost } from '../../../support/hosts/department.js';
import { HostNetwork, needsNamespaces } from '../../../support/hosts/namespaces.js';
import { renderAll } from '../../../support/hosts/render-all.js';
import { fourHosts } from '../../../support/hosts/topology.js';

const topology = fourHosts('roots', 1);

describe('a department that takes new roots beside its own', function () {
  this.timeout(240_000);
  const hosts = new HostNetwork();
  const all: DepartmentOnHost[] = [];
  let directory = '';
  let binDir = '';
  let folders: ReadonlyMap<string, string>;

  before(async function () {
    binDir = dirname(fabricTool('peer'));
    needsFabric(this, 'peer', 'orderer');
    needsNamespaces(this);
    directory = mkdtempSync(join(tmpdir(), 'yici-roots-'));
    folders = renderAll(directory, topology, binDir);
    await hosts.open(new Map(topology.departments.map(({ id, host = '' }) => [id, host])));
    for (const [id, folder] of folders) all.push(new DepartmentOnHost(id, hosts, folder, binDir));
    await Promise.all(all.map((each) => each.up()));
    await Promise.all(all.slice(0, 3).map((each) => each.node('approve')));
    await all[0]!.node('commit');
    await all[3]!.node('approve');
  });

  after(async () => {
    try {
      await Promise.all(all.map((each) => each.down()));
    } finally {
      await hosts.close();
      if (directory !== '') rmSync(directory, { recursive: true, force: true });
    }
  });

  const at = (name: string) => join(directory, name);
  const newKeys = () => at('east-new');
  const hostOf = (id: string) => folders.get(id) ?? '';
  const east = () => all[1]!;

  /** A change for which the department's own administrator suffices. */
  async function change(...what: string[]): Promise<unknown> {
    const file = at('change.json');
    await east().command('channel', 'propose', ...what, '--out', file);
    await east().command('channel', 'sign', file, '--yes');
    return east().command('channel', 'submit', file);
  }

  const rootsOn = (kind: string) =>
    readdirSync(join(hostOf('east'), 'pki/east', kind, 'msp/cacerts')).length;

  it('adds the new ones, and its nodes know them by a command', async () => {
    makeDepartmentKeys(dataFolder(newKeys()), at('city.yaml'), 'east', 'another sentence');
    const file = at('east-new.json');
    exportCertificates(parseTopology(topology), newKeys(), 'east', file);
    expect(await change('add-root', file)).to.deep.include({ sequence: 1 });
    const told = await east().command('node', 'msp');
    expect(told).to.deep.include({
      ...{ sequence: 1, restart: null },
      restarted: ['orderer0.east', 'peer0.east'],
    });
    expect([rootsOn('peers/peer0'), rootsOn('orderers/orderer0')]).to.deep.equal([2, 2]);
    await east().client('put', 'roots', 'two');
  });
});
