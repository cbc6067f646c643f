import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoTopologyFile } from '@yici/network/testing';
import { expect } from 'chai';
import { FabricCa, StepCa, toolAt, type Authority } from '../../support/operations/authorities.js';
import { yiciNetworkHere } from '../topology/support.js';

for (const [name, kind] of [
  ['step-ca', StepCa],
  ['Fabric CA', FabricCa],
] as const) {
  const missing = kind.tools.filter((tool) => toolAt(tool) === undefined);

  describe(`a department whose certificates ${name} issues`, function () {
    this.timeout(120_000);
    let directory = '';
    const authorities: Authority[] = [];

    before(function () {
      if (missing.length > 0) this.skip();
      directory = mkdtempSync(join(tmpdir(), 'yici-authority-'));
    });

    after(async () => {
      await Promise.all(authorities.map((each) => each.close()));
      if (directory !== '') rmSync(directory, { recursive: true, force: true });
    });

    const at = (file: string) => join(directory, file);
    async function done(...args: string[]): Promise<void> {
      const { code, err } = await yiciNetworkHere(...args);
      expect(code, `${args.join(' ')}\n${err}`).to.equal(0);
    }

    const without = missing.length === 0 ? '' : ` (not here: ${missing.join(', ')})`;
    it(`takes what it issues for the requests, all of it${without}`, async () => {
      const own = ['--department', 'hrss', '--dir', at('keys')];
      const requests = at('requests');
      await done('keys', 'request', ...own, '--topology', demoTopologyFile, '--out', requests);
      for (const each of ['identities', 'connections']) {
        authorities.push(await kind.open(directory, each));
      }
      const [ca, tlsCa] = authorities;
      const certificates = [
        ...(await ca!.issueAll(requests, /^(?:peer0|orderer0|hrss\.\w+)\.csr$/)),
        ...(await tlsCa!.issueAll(requests, /\.tls\.csr$/)),
      ];
      expect(certificates).to.have.length(14);
      const chains = ['--ca', ca!.chain, '--tls-ca', tlsCa!.chain];
      await done('keys', 'accept', ...certificates, ...own, ...chains);
      await done('keys', 'export', ...own, '--out', at('hrss.certificates.json'));
    });
  });
}
