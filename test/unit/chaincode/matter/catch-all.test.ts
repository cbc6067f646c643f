import type { MatterContent } from '@yici/domain/model';
import { isCatchAll } from '@yici/domain/rules';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import { by, expectRefusal, foundEverything, leaseMatter } from '../support/story.js';

const named = (zh: string, en = 'Lease application', code = 'm1') => ({ name: { zh, en }, code });

const refusedNames = [
  '其他材料',
  '其它材料',
  '其他相关证明材料',
  '其他需要提交的材料',
  '其他应当提供的文件',
  '（四）其他有关资料。',
  '法律、法规规定的其他材料',
  '审批机关认为需要提供的其他证明文件',
  '相关材料',
  '有关证明文件',
  '必要的补充材料',
  '身份证等材料',
  '营业执照等相关证明文件',
  '身份证、户口本等',
  '证明材料',
];
const passingNames = [
  '其他应收款明细表',
  '其他负责人任职文件摘要表',
  '租用申请',
  '高等学校毕业证书',
  '三定规定摘录',
  '身份证明',
  '不动产权属证明',
  '社会保险参保证明',
  '申请书',
  '同等学力证书',
  '相关部门会签单',
  '核定编制与实有人数',
];
const refusedEnglish = [
  'Other materials',
  'Other',
  'Any other supporting documents',
  'Additional documents as required by the authority',
  'Miscellaneous',
  'Relevant documents',
  'Necessary supporting materials',
  'Licence, permit, etc.',
  'Plans and so on',
];
const passingEnglish = [
  'Statement of other receivables',
  'Lease application',
  'Proof of residence',
  'Additional tax certificate',
  'Related-party register',
  'Budget source',
  'Plan of further education',
];
const refusedCodes = ['other', 'others2', 'misc', 'otherMaterials', 'other-docs', 'qita', 'etc'];
const passingCodes = [
  'otherReceivables',
  'application',
  'miscalculation',
  'quote',
  'additionalTax',
];

describe('catch-all materials', () => {
  it('are known by their Chinese name', () => {
    for (const name of refusedNames) expect(isCatchAll(named(name)), name).to.equal(true);
    for (const name of passingNames) expect(isCatchAll(named(name)), name).to.equal(false);
  });

  it('are known by their English name', () => {
    for (const en of refusedEnglish) expect(isCatchAll(named('租用申请', en)), en).to.equal(true);
    for (const en of passingEnglish) expect(isCatchAll(named('租用申请', en)), en).to.equal(false);
  });

  it('are known by their code', () => {
    const coded = (code: string) => isCatchAll(named('租用申请', 'Lease application', code));
    for (const code of refusedCodes) expect(coded(code), code).to.equal(true);
    for (const code of passingCodes) expect(coded(code), code).to.equal(false);
  });

  it('do not take long over a hostile name', () => {
    const started = process.hrtime.bigint();
    isCatchAll(named('其他相关'.repeat(50), 'other the any '.repeat(14)));
    isCatchAll(named('等的'.repeat(100), 'relevant '.repeat(22)));
    isCatchAll(named('、'.repeat(199) + '等x', 'and '.repeat(50)));
    expect(Number(process.hrtime.bigint() - started) / 1e6).to.be.below(200);
  });

  it('are refused in a matter, by code and name', async () => {
    const ledger = new RuleLedger();
    await foundEverything(ledger);
    const [first] = leaseMatter.materials;
    const materials: MatterContent['materials'] = [
      { ...first!, code: 'm9', name: { zh: '其他材料', en: 'Floor plan' } },
    ];
    const details = await expectRefusal(ledger, 'MATERIAL_CATCH_ALL', () =>
      ledger.run('matter.draft', { ...leaseMatter, materials }, by('offices.clerk1')),
    );
    expect(details).to.deep.equal({ code: 'm9', name: { zh: '其他材料', en: 'Floor plan' } });
  });
});
