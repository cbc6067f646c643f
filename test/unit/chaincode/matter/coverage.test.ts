import type { CommandInput, MatterContent } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import {
  by,
  closedDataset,
  dataset,
  expectRefusal,
  foundEverything,
  leaseMatter,
  openDataset,
  publishDataset,
} from '../support/story.js';

type Content = CommandInput<'dataset.register'>;

describe('materials that a published data set covers (Order 809 art 19)', () => {
  let ledger: RuleLedger;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
  });

  const quoted = leaseMatter.materials.filter(({ code }) => code === 'quote');
  const draft = (changes: Partial<MatterContent['materials'][number]> = {}) =>
    ledger.run(
      'matter.draft',
      { ...leaseMatter, materials: quoted.map((material) => ({ ...material, ...changes })) },
      by('offices.clerk1'),
    );
  const rents = (shareClass: Content['shareClass'], more: Partial<Content> = {}): Content => {
    const kinds = { unconditional: openDataset, conditional: dataset, notShared: closedDataset };
    return { ...kinds[shareClass]('finance.rents'), ...more };
  };
  const publish = (content: Content) => publishDataset(ledger, content, 'finance');

  it('are not asked of the applicant when the data set is shared unconditionally', async () => {
    await publish(rents('unconditional', { covers: ['quote'] }));
    const refused = await expectRefusal(ledger, 'MATERIAL_COVERED', () => draft());
    expect(refused).to.deep.equal({
      code: 'quote',
      shareClass: 'unconditional',
      datasets: ['finance.rents'],
    });
    await expectRefusal(ledger, 'MATERIAL_COVERED', () => draft({ datasetId: 'finance.rents' }));
    await draft({ source: 'sharing', datasetId: 'finance.rents' });
  });

  it('may be asked when it is shared on conditions, if the data set is offered beside it', async () => {
    await publish(rents('conditional', { covers: ['quote'] }));
    const refused = await expectRefusal(ledger, 'MATERIAL_COVERED', () => draft());
    expect(refused['shareClass']).to.equal('conditional');
    await expectRefusal(ledger, 'MATERIAL_COVERED', () => draft({ datasetId: 'finance.budget' }));
    await draft({ datasetId: 'finance.rents' });
  });

  it('may be asked when the data set is not shared', async () => {
    await publish(rents('notShared', { covers: ['quote'] }));
    await draft();
  });

  it('are known by their Chinese name too, whatever the code, spaces and capitals', async () => {
    await publish(rents('unconditional', { coversNames: ['租金 报价'] }));
    await expectRefusal(ledger, 'MATERIAL_COVERED', () => draft({ code: 'price' }));
    await draft({ code: 'price', name: { zh: '租金报价说明', en: 'Note on the rent' } });
  });

  it('count as soon as the data set is published, and no longer than it covers them', async () => {
    const content = rents('unconditional', { covers: ['quote'], coversNames: ['租金报价'] });
    await ledger.run('dataset.register', content, by('finance.clerk1'));
    await draft();
    await publish(rents('unconditional', { covers: ['quote'], coversNames: ['租金报价'] }));
    await expectRefusal(ledger, 'MATERIAL_COVERED', () => draft());
    await publish(rents('unconditional', { covers: ['plan'] }));
    await draft();
  });

  it('stop the publication of a matter that was drafted before the data set came', async () => {
    const drafted = await draft();
    const contentDigest = drafted.kind === 'matter' ? drafted.contentDigest : '';
    const version = { taskCode: leaseMatter.taskCode, version: 2 };
    for (const user of ['offices.head1', 'establishment.head1']) {
      await ledger.run('matter.cosign', { ...version, contentDigest }, by(user));
    }
    await publish(rents('unconditional', { covers: ['quote'] }));
    await expectRefusal(ledger, 'MATERIAL_COVERED', () =>
      ledger.run('matter.publish', version, by('offices.clerk1')),
    );
  });
});
