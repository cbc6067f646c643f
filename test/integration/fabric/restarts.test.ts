import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { digest } from '@yici/ledger';
import { dataFolder } from '@yici/network';
import {
  departmentPaths,
  exportCertificates,
  makeDepartmentKeys,
  readTopology,
} from '@yici/network/testing';
import { expect } from 'chai';
import { z } from 'zod';
import { nativeSuite } from '../../support/fabric-network.js';
import { connectWith, yiciNetworkHere, type Connected } from '../topology/support.js';

const submitted = z.object({
  silent: z.array(z.number()),
  restarted: z.array(z.string()),
  restart: z.array(z.unknown()),
});

const followed = z.object({
  restarted: z.array(z.string()),
  restart: z.string().nullable(),
});

describe('native nodes that a change of the channel wants started again', function () {
  this.timeout(480_000);
  const suite = nativeSuite();

  const at = (name: string) => join(suite.directory, name);
  async function channel(...args: string[]): Promise<string> {
    const { code, out, err } = await yiciNetworkHere('channel', ...args, '--dir', suite.directory);
    expect(code, `${out}${err}`).to.equal(0);
    return out;
  }
  const pids = (of: 'orderer' | 'peer' = 'orderer') =>
    new Map(
      suite.network
        .nodes()
        .flatMap(({ kind, department, pid }) => (kind === of ? [[department, pid] as const] : [])),
    );

  it('has the others start again, one after the other, where they run, and all sign blocks', async () => {
    const before = pids();
    const { departments } = readTopology(at('topology.yaml'));
    const port = departments.find(({ id }) => id === 'hrss')?.ports.orderer;
    const change = ['consenter-address', 'HrssMSP', `localhost:${String(port)}`];
    await channel('propose', ...change, '--out', at('moves.json'));
    const signers = ['hrss', 'finance', 'data'];
    await channel('sign', at('moves.json'), '--department', ...signers, '--yes');
    const out = submitted.parse(JSON.parse(await channel('submit', at('moves.json'), '--json')));
    expect(out).to.deep.equal({
      ...{ silent: [], restart: [] },
      restarted: ['establishment', 'finance', 'data'],
    });
    for (const [id, pid] of pids()) {
      if (id === 'hrss') expect(pid).to.equal(before.get(id));
      else expect(pid, id).to.not.equal(before.get(id));
    }
  });

  /** A change for which the department's own administrator suffices. */
  async function change(...what: string[]): Promise<void> {
    const file = at(`${what.join('-').replaceAll('/', '-').slice(-60)}.json`);
    await channel('propose', ...what, '--out', file);
    await channel('sign', file, '--department', 'hrss', '--yes');
    await channel('submit', file);
  }

  /** `node msp` of a department; its nodes are others afterwards, and all sign blocks. */
  async function follows(): Promise<void> {
    const before = [pids().get('hrss'), pids('peer').get('hrss')];
    const own = ['--department', 'hrss', '--dir', suite.directory, '--json'];
    const { code, out, err } = await yiciNetworkHere('node', 'msp', ...own);
    expect(code, err).to.equal(0);
    expect(followed.parse(JSON.parse(out))).to.deep.include({
      ...{ restarted: ['orderer0.hrss', 'peer0.hrss'], restart: null },
    });
    const after = [pids().get('hrss'), pids('peer').get('hrss')];
    expect(after.filter((pid) => before.includes(pid))).to.deep.equal([]);
    const shown = await channel('show', '--signing', '--json');
    expect(JSON.parse(shown)).to.have.property('silent').that.deep.equals([]);
  }

  /** A user's connection with the certificate that another root of the department issued. */
  function certifiedAnew(): Connected {
    const folder = at('new-head');
    cpSync(join(suite.directory, 'identities/hrss.head1'), folder, { recursive: true });
    const { msp } = departmentPaths(at('hrss-new'), 'hrss').user('hrss.head1');
    cpSync(msp.certificate, join(folder, 'cert.pem'));
    cpSync(msp.key, join(folder, 'key.pem'));
    return connectWith(folder);
  }

  it('know a new root once the command for it has started them again, orderer before peer', async () => {
    makeDepartmentKeys(dataFolder(at('hrss-new')), at('topology.yaml'), 'hrss', 'a sentence');
    const file = at('hrss-new.certificates.json');
    exportCertificates(readTopology(at('topology.yaml')), at('hrss-new'), 'hrss', file);
    await change('add-root', file);
    await follows();
    const { gateway, channel: name, chaincode, close } = certifiedAnew();
    const contract = gateway.getNetwork(name).getContract(chaincode);
    const input = { id: 'hrss', name: { zh: '甲', en: 'x' }, level: 'city', regionCode: '331100' };
    const register = () => contract.submitTransaction('department:register', JSON.stringify(input));
    // A peer that has just started does not know the others yet.
    const deadline = performance.now() + 60_000;
    for (;;) {
      try {
        await register();
        break;
      } catch (error) {
        if (performance.now() > deadline) throw error;
        await delay(250);
      }
    }
    close();
  });

  it('refuse what a retired root certified', async () => {
    const { msp } = departmentPaths(at('hrss-new'), 'hrss');
    const root = digest(readFileSync(join(msp, 'cacerts/ca.pem')));
    await change('retire-root', 'HrssMSP', root);
    await follows();
    const { gateway, channel: name, chaincode, close } = certifiedAnew();
    const contract = gateway.getNetwork(name).getContract(chaincode);
    const asked = contract.evaluateTransaction('department:get', JSON.stringify({ id: 'hrss' }));
    const refused = await asked.then(
      () => 'answered',
      (error: unknown) => String(error),
    );
    close();
    expect(refused).to.match(/access denied|creator|unknown authority/i);
  });
});
