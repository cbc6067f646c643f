import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChainVerifier } from '@yici/ledger';
import { genesisHashOf } from '@yici/network/testing';
import { expect } from 'chai';
import { needsFabric } from '../../support/fabric.js';
import { EarlierFolder } from '../../support/operations/earlier-release.js';
import { yiciNetwork } from '../topology/support.js';

const folders = 'test/fixtures/fabric-data-folders';

/**
 * Each is the data folder of two departments on Fabric, stopped, without what every start writes (settings, exported identities):
 * the Data Bureau registered itself and claimed to supervise; its gateway has an index of that release.
 */
for (const file of readdirSync(folders)) {
  const release = file.replace(/\.tar\.gz$/, '');
  describe(`a data folder of release ${release} on Fabric`, function () {
    this.timeout(240_000);
    const earlier = new EarlierFolder();
    const at = (...words: string[]) =>
      yiciNetwork(...words, '--dir', earlier.folder, '--lang', 'en');

    before(async function () {
      needsFabric(this, 'peer', 'orderer');
      await earlier.unpack(join(folders, file));
    });

    after(async () => {
      await earlier.close();
      await at('down');
      earlier.remove();
    });

    it('is started: its nodes keep what they have, and every department approves the code of now', async () => {
      const bin = process.env['YICI_FABRIC_BIN'];
      const up = await at('up', ...(bin === undefined ? [] : ['--bin-dir', bin]));
      expect(up.code, up.err).to.equal(0);
      for (const id of ['establishment', 'data']) {
        expect(up.err).to.include(`${id} approves chaincode yici 1.0, package `);
      }
      const [noted, own] = earlier.releases();
      expect(noted).to.equal(own);
      const { code, out } = await at('chaincode', 'approvals');
      expect(code, out).to.equal(0);
    });

    it('is read through a gateway whose index is made anew, and written to', async () => {
      await earlier.serve('--config', join(earlier.folder, 'gateway.yaml'));
      expect(JSON.stringify(await earlier.claims('data'))).to.contain('supervision');
      expect(earlier.said).to.include('made anew from block 0');
      await earlier.yici('data.head1', 'department', 'update', '--claim', 'leadAuthority');
      expect(JSON.stringify(await earlier.claims('data'))).to.contain('leadAuthority');
    });

    it('has one chain, which anybody can verify', async () => {
      const out = join(earlier.folder, 'exported');
      const exported = await at('blocks', 'export', '--out', out);
      expect(exported.code, exported.err).to.equal(0);
      const genesisHash = genesisHashOf(readFileSync(join(earlier.folder, 'genesis.block')));
      const verifier = new ChainVerifier({ genesisHash });
      for (const number of readdirSync(out).keys()) {
        await verifier.add(BigInt(number), readFileSync(join(out, `${number}.block`)));
      }
      expect(verifier.report()).to.deep.include({ verdict: 'VERIFIED', findings: [] });
    });
  });
}
