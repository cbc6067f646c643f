import { createHash } from 'node:crypto';
import { commands } from '@yici/domain/model';
import { ClientError } from '@yici/client';
import {
  checkInput,
  formOf,
  type FormSources,
  processTerminal,
  readForm,
  seal,
  unseals,
  inputIssues,
} from '@yici/client/testing';
import { expect } from 'chai';

const salt = new Uint8Array(32).fill(7);

const sources: FormSources = {
  terminal: {
    ...processTerminal(new AbortController().signal),
    read: (path) => Promise.resolve(new TextEncoder().encode(files[path] ?? '')),
  },
  seal: (content) => Promise.resolve(seal(content, salt).sealed),
  sealValue: (content) => Promise.resolve(seal(content, salt).sealed),
};

const files: Readonly<Record<string, string>> = {
  'application.ofd': 'the application',
  'input.json': '{"caseNo":"A-20260302-0001","stepId":"budget"}',
  'broken.json': '{',
  'list.json': '[]',
};

const application = new TextEncoder().encode('the application');

async function refusal(work: Promise<unknown>): Promise<ClientError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ClientError) return error;
    throw error;
  }
  return expect.fail('it was not refused');
}

describe('a form derived from a command’s schema', () => {
  it('names every field of case.submit as an option', () => {
    const form = formOf(commands['case.submit'].input);
    expect(form.map(({ name, flag, kind }) => ({ name, flag, kind }))).to.deep.equal([
      { name: 'caseNo', flag: 'case-no', kind: 'text' },
      { name: 'insteadOf', flag: 'instead-of', kind: 'text' },
      { name: 'taskCode', flag: 'task-code', kind: 'text' },
      { name: 'matterVersion', flag: 'matter-version', kind: 'number' },
      { name: 'form', flag: 'form', kind: 'digest' },
      { name: 'materials', flag: 'material', kind: 'documents' },
      { name: 'contested', flag: 'contested', kind: 'pairs' },
      { name: 'substitutes', flag: 'substitute', kind: 'pairs' },
      { name: 'pledge', flag: 'pledge', kind: 'digest' },
      { name: 'commitment', flag: 'commitment', kind: 'commitment' },
    ]);
  });

  it('knows limits, pairs, reasons, closed lists and sealed fields', () => {
    const kinds = (name: keyof typeof commands) =>
      Object.fromEntries(formOf(commands[name].input).map((field) => [field.name, field.kind]));
    expect(kinds('case.tolerantAccept')).to.include({
      limit: 'limit',
      tolerated: 'list',
      attested: 'pairs',
    });
    expect(kinds('case.supplementNotice')).to.include({ items: 'pairs', fields: 'pairs' });
    expect(kinds('case.refuse')).to.include({
      ...{ reason: 'reason', voucherNo: 'text', voucher: 'digest' },
      ...{ sealSystem: 'text', seal: 'digest' },
    });
    expect(kinds('attestation.issue')).to.include({ fields: 'sealedFields' });
    expect(kinds('department.register')).to.include({ name: 'localText', level: 'text' });
    const level = formOf(commands['department.register'].input).find(
      ({ name }) => name === 'level',
    );
    expect(level?.choices).to.include('city');
  });

  it('turns options into an input', async () => {
    const form = formOf(commands['case.tolerantAccept'].input);
    const input = await readForm(
      form,
      { tolerated: ['quote'], limit: '5', attested: ['headcount=att-1', 'budget=att=2'] },
      sources,
    );
    expect(input).to.deep.equal({
      tolerated: ['quote'],
      limit: { value: 5, unit: 'workingDay' },
      attested: [
        { code: 'headcount', attestationId: 'att-1' },
        { code: 'budget', attestationId: 'att=2' },
      ],
    });
  });

  it('takes only the salted digest of a document', async () => {
    const form = formOf(commands['case.submit'].input);
    const input = await readForm(form, { material: ['application=application.ofd'] }, sources);
    expect(input).to.deep.equal({
      materials: [
        { code: 'application', document: seal(Buffer.from('the application'), salt).sealed },
      ],
    });
  });

  it('takes a commitment with the materials it stands for', async () => {
    const form = formOf(commands['case.submit'].input);
    const values = { commitment: 'application.ofd', replacing: ['quote', 'plan'] };
    expect(await readForm(form, values, sources)).to.deep.equal({
      commitment: {
        document: seal(application, salt).sealed,
        materials: ['quote', 'plan'],
      },
    });
  });

  it('writes the acts about time with what a clerk types', async () => {
    const values = {
      procedure: 'hearing',
      law: '行政许可法',
      clause: '第四十六条',
      limit: '5',
      notice: 'application.ofd',
    };
    const input = await readForm(
      formOf(commands['case.startSpecialProcedure'].input),
      values,
      sources,
    );
    expect(input).to.deep.equal({
      ...values,
      limit: { value: 5, unit: 'workingDay' },
      notice: seal(application, salt).sealed,
    });
    const kinds = formOf(commands['case.supplementNotice'].input);
    expect(await readForm(kinds, { field: ['area=wrong'] }, sources)).to.deep.equal({
      fields: [{ code: 'area', deficiency: 'wrong' }],
    });
    const revoked = await readForm(
      formOf(commands['case.revokeDecision'].input),
      { reason: '违反承诺', reasonCode: 'commitmentBroken', remedy: '60日内' },
      sources,
    );
    expect(revoked['reason']).to.deep.include({ code: 'commitmentBroken', remedy: '60日内' });
  });

  it('has an option for each field of an object, so that nobody writes JSON', async () => {
    const form = formOf(commands['sharing.request'].input);
    const flags = form.filter(({ of }) => of !== undefined).map(({ flag }) => flag);
    expect(flags).to.include.members(['basis-law', 'basis-clause', 'basis-text', 'from', 'to']);
    const typed = { basisLaw: '条例', basisClause: '第八条', from: '2026-03-02', to: '2026-12-31' };
    expect(await readForm(form, typed, sources)).to.deep.equal({
      basis: { law: '条例', clause: '第八条' },
      term: { from: '2026-03-02', to: '2026-12-31' },
    });
  });

  it('computes the digest of a public document that is cited, which whoever has it can check', async () => {
    const form = formOf(commands['case.approveExtension'].input);
    const typed = { governmentNumber: '5号', governmentDocument: 'application.ofd' };
    const digest = createHash('sha256').update(application).digest('hex');
    expect(await readForm(form, typed, sources)).to.deep.equal({
      government: { number: '5号', digest, digestAlg: 'sha256' },
    });
  });

  it('takes Chinese words where a pair has codes', async () => {
    const ask = formOf(commands['sharing.askMissing'].input);
    expect(await readForm(ask, { item: ['使用依据=未写明条款'] }, sources)).to.deep.equal({
      items: [{ part: 'basis', note: '未写明条款' }],
    });
    const notice = formOf(commands['case.supplementNotice'].input);
    expect(await readForm(notice, { item: ['application=不清楚'] }, sources)).to.deep.equal({
      items: [{ code: 'application', deficiency: 'unclear' }],
    });
  });

  it('takes what stands for a material with what it proves', async () => {
    const form = formOf(commands['case.accept'].input);
    const typed = { substitute: ['quote=application.ofd=租金标准'] };
    expect(await readForm(form, typed, sources)).to.deep.equal({
      substitutes: [
        { code: 'quote', document: seal(application, salt).sealed, proves: '租金标准' },
      ],
    });
  });

  it('takes a digest that was made elsewhere as it is', async () => {
    const digest = 'ab'.repeat(32);
    const input = await readForm(
      formOf(commands['case.complete'].input),
      { result: `sm3:${digest}` },
      sources,
    );
    expect(input).to.deep.equal({ result: { digestAlg: 'sm3', digest } });
  });

  it('lets an option override the file', async () => {
    const form = formOf(commands['case.opinion'].input);
    const input = await readForm(form, { file: 'input.json', step: 'other' }, sources);
    expect(input).to.deep.equal({ caseNo: 'A-20260302-0001', stepId: 'other' });
  });

  for (const [what, command, values] of [
    ['a file that is no JSON', 'case.opinion', { file: 'broken.json' }],
    ['a file that is no object', 'case.opinion', { file: 'list.json' }],
    ['a number that is none', 'matter.publish', { version: 'two' }],
    ['a pair without "="', 'case.accept', { attested: ['headcount'] }],
    ['a name in one language', 'department.register', { name: '编办' }],
    ['JSON that is none', 'matter.draft', { material: '{' }],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const error = await refusal(readForm(formOf(commands[command].input), values, sources));
      expect(error.code).to.equal('USAGE');
    });
  }
});

describe('checking an input before it is sent', () => {
  const input = {
    taskCode: 'YC1',
    matterVersion: 1,
    form: { digestAlg: 'sha256', digest: 'a'.repeat(64) },
    materials: [],
  };

  const filing = { schema: commands['case.submit'].input, later: ['caseNo'] };

  it('lets the gateway fill in the case number', () => {
    expect(() => {
      checkInput(input, filing);
    }).not.to.throw();
  });

  it('names the option that is missing, and says what is wrong in either language', () => {
    const fields = formOf(commands['case.opinion'].input);
    const checked = { schema: commands['case.opinion'].input, fields };
    const said = inputIssues({ caseNo: 'A-20260302-0001', answer: 7 }, checked);
    expect(said.map(({ words }) => words)).to.deep.include({
      zh: '缺少“会办环节”（--step）',
      en: 'step (--step) is missing',
    });
    for (const { words } of said) {
      expect(words.en).not.to.match(/\p{Script=Han}/u);
      expect(words.zh).to.match(/\p{Script=Han}/u);
    }
  });

  it('names every offending path', () => {
    const wrong = { ...input, matterVersion: 'x', more: true };
    expect(() => {
      checkInput(wrong, filing);
    })
      .to.throw(ClientError)
      .satisfies((error: ClientError) => {
        expect(error.code).to.equal('USAGE');
        expect(JSON.stringify(error.details)).to.contain('/matterVersion').and.to.contain('more');
        return true;
      });
  });
});

describe('a salted digest', () => {
  it('opens with its content and its salt only', () => {
    const made = seal('12');
    expect(unseals(made.sealed.digest, '12', made.salt)).to.equal(true);
    expect(unseals(made.sealed.digest, '13', made.salt)).to.equal(false);
    expect(unseals(made.sealed.digest, '12', salt)).to.equal(false);
  });

  it('differs each time', () => {
    expect(seal('12').sealed.digest).not.to.equal(seal('12').sealed.digest);
  });
});
