import { caseJson } from '@yici/client';
import { expect } from 'chai';
import { bouncedCase } from './support/exported-case.js';

type Row = Readonly<Record<string, string>>;

describe('an act of a department that has another name by now', () => {
  it('is exported with the name of its day', async () => {
    const sources = await bouncedCase();
    const formerNames = [
      { name: { zh: '旧名', en: 'former' }, until: '2026-03-04', reformId: 'reform-1' },
    ];
    const departments = sources.departments.map((one) => ({ ...one, formerNames }));
    const json = JSON.parse(caseJson({ ...sources, departments })) as {
      readonly 事项办理: { readonly 办理环节: readonly Row[] };
    };
    const acts = json.事项办理.办理环节.map((row) => [row['环节结束时间'], row['处理单位名称']]);
    const former = acts.filter(([, unit]) => unit === '旧名').map(([at = '']) => at.slice(0, 8));
    expect(new Set(former)).to.deep.equal(new Set(['20260302', '20260303']));
    expect(acts.length).to.be.greaterThan(former.length);
  });
});
