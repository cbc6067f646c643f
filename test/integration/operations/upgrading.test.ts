import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { EarlierFolder } from '../../support/operations/earlier-release.js';

const folders = 'test/fixtures/data-folders';

/** Each is the data folder of a gateway on the embedded engine: a department that registered itself in block 3. */
for (const file of readdirSync(folders)) {
  const release = file.replace(/\.tar\.gz$/, '');
  describe(`a data folder of release ${release}`, function () {
    this.timeout(180_000);
    const earlier = new EarlierFolder();

    before(async () => {
      await earlier.unpack(join(folders, file));
      await earlier.serve('--state', earlier.folder);
    });

    after(async () => {
      await earlier.close();
      earlier.remove();
    });

    it('is opened, its chaincode approved anew where the code is another, and read', async () => {
      expect(await earlier.claims('offices')).to.deep.equal([]);
      const [noted, own] = earlier.releases();
      expect(noted).to.equal(own);
    });

    it('is written to', async () => {
      await earlier.yici('offices.head1', 'department', 'update', '--claim', 'supervision');
      expect(JSON.stringify(await earlier.claims('offices'))).to.contain('supervision');
    });
  });
}
