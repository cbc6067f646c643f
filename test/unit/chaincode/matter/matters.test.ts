import type { MatterContent } from '@yici/domain/model';
import { businessLinesIn, canonicalDigest, compositeKey, matterContent } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import {
  by,
  closedDataset,
  dataset,
  expectRefusal,
  foundEverything,
  leaseMatter,
  morning,
  publishDataset,
  publishMatter,
  submission,
  taskCode,
  without,
} from '../support/story.js';

describe('the matter catalogue', () => {
  let ledger: RuleLedger;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
  });

  const draft = (changes: Partial<MatterContent>, user = 'offices.clerk1') =>
    ledger.run('matter.draft', { ...leaseMatter, ...changes }, by(user));

  it('keeps a published version whole, with both cosignatures and the digest they signed', () => {
    const matter = ledger.get('matter', taskCode, '000001');
    expect(matter?.status).to.equal('published');
    expect(matter?.cosignatures.map(({ as }) => as)).to.deep.equal(['owner', 'establishment']);
    expect(matter?.contentDigest).to.equal(canonicalDigest(leaseMatter));
    expect(matter?.participants).to.deep.equal(['data', 'establishment', 'finance']);
  });

  it('gives a matter’s key to the owner and the Establishment Office together', () => {
    const key = compositeKey({ objectType: 'matter', attributes: [taskCode, '000001'] });
    expect(ledger.endorsements.get(key)).to.deep.equal([
      'GovernmentOfficesMSP',
      'EstablishmentMSP',
    ]);
  });

  it('has the lead authority cosign what the Establishment Office owns itself', async () => {
    const own = { ...leaseMatter, taskCode: '331100BB000400004', catalogCode: 'BB0004' };
    const matter = await publishMatter(ledger, own, 'establishment', 'data');
    expect(matter.cosigner).to.equal('data');
    const key = compositeKey({ objectType: 'matter', attributes: [own.taskCode, '000001'] });
    expect(ledger.endorsements.get(key)).to.deep.equal(['EstablishmentMSP', 'DataBureauMSP']);
  });

  it('does not let another department draft, cosign, publish or retire', async () => {
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => draft({}, 'hrss.clerk1'));
    await draft({});
    const cosign = { taskCode, version: 2, contentDigest: canonicalDigest(leaseMatter) };
    const version = { taskCode, version: 2 };
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('matter.cosign', cosign, by('hrss.head1')),
    );
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('matter.publish', version, by('hrss.clerk1')),
    );
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('matter.retire', { ...version, reasonCode: 'merged' }, by('hrss.head1')),
    );
  });

  it('does not let the drafter cosign, a side sign twice, or anyone sign another content', async () => {
    await draft({}, 'offices.head1');
    const cosign = { taskCode, version: 2, contentDigest: canonicalDigest(leaseMatter) };
    await expectRefusal(ledger, 'MAKER_IS_CHECKER', () =>
      ledger.run('matter.cosign', cosign, by('offices.head1')),
    );
    await ledger.run('matter.cosign', cosign, by('offices.head2'));
    await expectRefusal(ledger, 'ALREADY_CONFIRMED', () =>
      ledger.run('matter.cosign', cosign, by('offices.head2')),
    );
    await expectRefusal(ledger, 'DIGEST_MISMATCH', () =>
      ledger.run(
        'matter.cosign',
        { ...cosign, contentDigest: '0'.repeat(64) },
        by('establishment.head1'),
      ),
    );
    await expectRefusal(ledger, 'ROLE_REFUSED', () =>
      ledger.run('matter.cosign', cosign, by('establishment.clerk1')),
    );
    await expectRefusal(ledger, 'NOT_FOUND', () =>
      ledger.run('matter.cosign', { ...cosign, version: 3 }, by('establishment.head1')),
    );
  });

  it('does not publish before both have cosigned, nor cosign afterwards', async () => {
    await draft({});
    const version = { taskCode, version: 2 };
    await expectRefusal(ledger, 'WRONG_STATE', () =>
      ledger.run('matter.publish', version, by('offices.clerk1')),
    );
    const cosign = { taskCode, version: 1, contentDigest: canonicalDigest(leaseMatter) };
    await expectRefusal(ledger, 'WRONG_STATE', () =>
      ledger.run('matter.cosign', cosign, by('establishment.head1')),
    );
  });

  it('replaces a draft in place and lets its cosignatures fall', async () => {
    await draft({});
    const cosign = { taskCode, version: 2, contentDigest: canonicalDigest(leaseMatter) };
    await ledger.run('matter.cosign', cosign, by('establishment.head1'));
    await draft({ promisedLimit: { value: 6, unit: 'workingDay' } });
    const matter = ledger.get('matter', taskCode, '000002');
    expect(matter?.cosignatures).to.deep.equal([]);
    expect(matter?.content.promisedLimit.value).to.equal(6);
    expect(ledger.get('matterHead', taskCode)?.latest).to.equal(2);
  });

  it('ends the version before on the day before the next one begins', async () => {
    const next = { ...leaseMatter, effectiveFrom: '2026-04-01' };
    await publishMatter(ledger, next, 'offices');
    const before = ledger.get('matter', taskCode, '000001');
    expect(before).to.include({ status: 'published', effectiveTo: '2026-03-31', supersededBy: 2 });
    const details = await expectRefusal(ledger, 'MATTER_NOT_EFFECTIVE', () =>
      ledger.run(
        'case.submit',
        { ...submission(), matterVersion: 2 },
        by('hrss.clerk1', morning('2026-03-02')),
      ),
    );
    expect(details).to.include({ effectiveFrom: '2026-04-01', today: '2026-03-02' });
  });

  it('retires a published version, once', async () => {
    const input = { taskCode, version: 1, reasonCode: 'merged' as const };
    await expectRefusal(ledger, 'ROLE_REFUSED', () =>
      ledger.run('matter.retire', input, by('offices.clerk1')),
    );
    await ledger.run('matter.retire', input, by('offices.head1'));
    await expectRefusal(ledger, 'WRONG_STATE', () =>
      ledger.run('matter.retire', input, by('offices.head1')),
    );
  });

  it('refuses a promised limit longer than the statutory one (R6)', async () => {
    const details = await expectRefusal(ledger, 'LIMIT_EXCEEDS_STATUTORY', () =>
      draft({ promisedLimit: { value: 21, unit: 'workingDay' } }),
    );
    expect(details).to.deep.equal({ promised: 21, statutory: 20 });
  });

  it('refuses what it points at and cannot find', async () => {
    const [first] = leaseMatter.flow;
    const [, , , , shared] = leaseMatter.materials;
    await expectRefusal(ledger, 'DEPARTMENT_UNKNOWN', () =>
      draft({ flow: [{ ...first!, department: 'nobody' }] }),
    );
    await expectRefusal(ledger, 'DATASET_UNKNOWN', () =>
      draft({ materials: [{ ...shared!, datasetId: 'nothing' }] }),
    );
    await expectRefusal(ledger, 'DUTY_UNKNOWN', () => draft({ dutyCode: 'none' }));
    await expectRefusal(ledger, 'VALIDITY_INVALID', () => draft({ effectiveTo: '2025-12-31' }));
  });

  it('refuses a shared material without a data set, or with one that is not shared or not published', async () => {
    const [, , , , shared] = leaseMatter.materials;
    const bare = without(shared!, 'datasetId');
    await expectRefusal(ledger, 'MATERIAL_LIST_INVALID', () => draft({ materials: [bare] }));
    await publishDataset(ledger, closedDataset('finance.closed'), 'finance');
    await ledger.run('dataset.register', dataset('finance.fresh'), by('finance.clerk1'));
    await expectRefusal(ledger, 'DATASET_NOT_PUBLISHED', () =>
      draft({ materials: [{ ...shared!, datasetId: 'finance.fresh' }] }),
    );
    await expectRefusal(ledger, 'SHARE_CLASS_REFUSED', () =>
      draft({ materials: [{ ...shared!, datasetId: 'finance.closed' }] }),
    );
  });

  it('refuses paper copies of what is filed as a file', async () => {
    const [first] = leaseMatter.materials;
    const papers = { ...first!, form: 'electronic' as const, originals: 1 };
    const details = await expectRefusal(ledger, 'MATERIAL_LIST_INVALID', () =>
      draft({ materials: [papers] }),
    );
    expect(details).to.include({ problem: 'paperOfElectronic' });
    await draft({ materials: [{ ...papers, form: 'either' }] });
  });

  it('refuses a flow that is no graph or longer than what is promised', async () => {
    const [a, b, c] = leaseMatter.flow;
    const problems: [problem: string, flow: MatterContent['flow']][] = [
      ['unknownPrior', [{ ...a!, after: ['nothing'] }]],
      ['sequentialWithoutPrior', [{ ...a!, mode: 'sequential' }]],
      [
        'cycle',
        [
          { ...a!, after: [b!.id] },
          { ...b!, after: [a!.id] },
        ],
      ],
      ['cycle', [{ ...a!, after: [a!.id] }]],
      ['longerThanPromised', [a!, b!, { ...c!, limit: { value: 5, unit: 'workingDay' } }]],
    ];
    for (const [problem, flow] of problems) {
      const details = await expectRefusal(ledger, 'FLOW_INVALID', () => draft({ flow }));
      expect(details['problem']).to.equal(problem);
    }
  });
});

describe('the guide of a matter', () => {
  const limit = { value: 5, unit: 'workingDay' as const };
  const read = (guide: object, changes: object = {}) =>
    matterContent.safeParse({ ...leaseMatter, ...changes, guide });

  it('announces special procedures by kind and days, each kind once (Administrative Licensing Law art 45)', () => {
    const hearing = { procedure: 'hearing', limit };
    expect(read({ specialProcedures: [hearing] }).success).to.equal(true);
    expect(read({ specialProcedures: [hearing, hearing] }).success).to.equal(false);
    expect(read({ specialProcedures: [{ ...hearing, procedure: 'lunch' }] }).success).to.equal(
      false,
    );
    expect(read({ specialProcedures: [{ procedure: 'hearing' }] }).success).to.equal(false);
  });

  it('names the basis of a fee, who entrusted, and offices’ numbers only', () => {
    expect(read({ fee: { charged: true } }).success).to.equal(false);
    expect(read({ fee: { charged: true, basis: '收费依据' } }).success).to.equal(true);
    expect(read({ fee: { charged: false, basis: '收费依据' } }).success).to.equal(false);
    expect(read({ entrustedBy: '某部门' }).success).to.equal(false);
    expect(read({ entrustedBy: '某部门' }, { ownerNature: 'entrusted' }).success).to.equal(true);
    expect(read({ consultPhone: '0578-12345' }).success).to.equal(true);
    expect(read({ consultPhone: '某经办人' }).success).to.equal(false);
    expect(read({ handlingScope: 'everywhere' }).success).to.equal(false);
  });
});

describe('the lines of business that matters have', () => {
  it('are each there once, those of steps among them', () => {
    const [step] = leaseMatter.flow;
    const flow = [{ ...step!, businessLine: 'budget' }, step!];
    const lines = businessLinesIn([
      { content: { ...leaseMatter, businessLine: 'offices', flow } },
      { content: { ...leaseMatter, businessLine: 'budget', flow: [] } },
    ]);
    expect(lines).to.deep.equal(['budget', 'offices']);
  });
});
