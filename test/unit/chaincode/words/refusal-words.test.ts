import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import {
  commandNames,
  commands,
  contractErrorCodes,
  contractErrors,
  fieldWords,
  notedFields,
  queries,
  refusalWords,
  type ContractErrorMeaning,
} from '@yici/domain/model';
import { z } from 'zod';

const departments: Readonly<Record<string, string>> = {
  finance: '财政局',
  offices: '机关事务中心',
  establishment: '编办',
  supervision: '督查室',
};
const names = { department: (id: string) => departments[id] };

const step = { stepId: 'funds', department: 'finance' };
const form = { code: 'application', name: { zh: '租用申请', en: 'Lease application' } };
const existing = {
  code: 'existingSpace',
  name: { zh: '办公用房现有情况', en: 'Existing space' },
  datasetId: 'office-space',
  department: 'offices',
};

/** A value for each slot of a sentence, with the words by which an official knows it again. */
const samples: Readonly<Record<string, readonly [value: unknown, said: string]>> = {
  absent: [['finance'], '财政局'],
  accredited: [['offices'], '机关事务中心'],
  added: [['每月一次'], '每月一次'],
  after: [[step], 'funds（财政局）'],
  allowed: [['granted'], '予以批准'],
  answerBy: ['2026-03-09', '2026-03-09'],
  areas: [['ecology'], '生态环境保护'],
  asked: [11, '11'],
  at: ['2026-03-02T01:05:00.000Z', '2026-03-02 09:05'],
  attestations: [[existing], '办公用房现有情况（机关事务中心）'],
  claimants: [['finance', 'offices'], '财政局、机关事务中心'],
  codes: [['application'], '租用申请（application）'],
  datasets: [['office-space'], 'office-space'],
  due: [[{ what: 'finish', colour: 'red', dueOn: '2026-03-09' }], '红牌 2026-03-09'],
  dueAt: ['2026-11-28T10:48:00.000Z', '2026-11-28 18:48'],
  expected: ['finance', '财政局'],
  function: ['supervision', '督查机构'],
  held: ['replies', '督办回复'],
  issues: [[{ path: 'stepId', code: 'invalid_type', message: '', missing: true }], '会办环节'],
  materials: [[form], '租用申请（application）'],
  missing: [['reason', 'remedy'], '理由、后续处理途径'],
  name: [{ code: 'other', name: { zh: '其他材料', en: 'Other' } }, '其他材料'],
  now: ['finance', '财政局'],
  of: ['finance', '财政局'],
  owner: ['offices', '机关事务中心'],
  previousLimit: [10, '10'],
  role: ['clerk', '经办'],
  score: [4, '4 不满意'],
  shareClass: ['conditional', '有条件'],
  steps: [[step], 'funds（财政局）'],
  subject: [{ kind: 'step', stepId: 'funds' }, '环节“funds”'],
  to: ['finance', '财政局'],
  waiting: [[step], 'funds（财政局）'],
};

/** Slots with a part of a detail. */
const couldAct = { department: 'supervision', role: 'supervisor', notOneOf: ['supervision.one'] };

const slotsIn = (template: string): string[] =>
  [...template.matchAll(/\{([A-Za-z.]+)\}/g)].map(([, name = '']) => name);

const meanings = contractErrorCodes.map((code): [string, ContractErrorMeaning] => [
  code,
  contractErrors[code],
]);

/** Every sentence, with the problem that selects it. */
const sentences = meanings.flatMap(([code, { zh, causes = {} }]) => [
  { code, zh, problem: {} },
  ...Object.entries(causes).map(([problem, words]) => ({
    code,
    zh: words.zh,
    problem: { problem },
  })),
]);

const said = (code: string, details: object) =>
  refusalWords({ code, details }, 'zh', names) ?? expect.fail(code);

describe('a refusal in words', () => {
  it('names the thing, whatever the code: each slot of each sentence is filled in, and its value is said', () => {
    for (const { code, zh, problem } of sentences) {
      const slots = slotsIn(zh).filter((slot) => !['record', 'acts'].includes(slot));
      const values = slots.map((slot): [string, unknown] => [
        slot,
        samples[slot]?.[0] ?? `${slot}-1`,
      ]);
      const named = { application: form.name };
      const details = { ...Object.fromEntries<unknown>(values), ...problem, couldAct, named };
      const { sentence } = said(code, { ...details, caseNo: 'YC1-20260302-0001' });
      expect(sentence, code).to.not.match(/[{}[\]]|未注明/);
      for (const slot of slots.filter((one) => !one.includes('.'))) {
        const word = samples[slot]?.[1];
        if (word !== undefined && slot !== 'allowed') expect(sentence, code).to.contain(word);
      }
    }
  });

  it('says where a case stands, when the act is possible and what comes next', () => {
    const details = { caseNo: 'YC1-20260302-0001', state: 'SUBMITTED', allowed: ['RECEIVED'] };
    expect(said('WRONG_STATE', details)).to.deep.equal({
      sentence: '办件“YC1-20260302-0001”当前为“已申报”，不能办理此操作，须在“已收件”时办理。',
      next: '下一步：收件。',
      acts: [{ command: 'case.receive', words: '收件' }],
    });
  });

  it('tells a missing attestation, with whose it is, from a missing material', () => {
    const attestation = said('MATERIAL_MISSING', {
      codes: ['existingSpace'],
      attestations: [existing],
    });
    expect(attestation.sentence).to.equal('尚缺数源部门存证：办公用房现有情况（机关事务中心）。');
    const material = said('MATERIAL_MISSING', { codes: ['application'], materials: [form] });
    expect(material.sentence).to.equal('缺少必需材料：租用申请（application）。');
  });

  it('says who may: the roles, the department, and beside whom a second person acts', () => {
    const role = said('ROLE_REFUSED', { command: 'case.decide', role: 'clerk', allowed: ['head'] });
    expect(role.sentence).to.contain('作出决定').and.to.contain('须由负责人办理');
    const other = said('WRONG_DEPARTMENT', { department: 'offices', expected: 'finance' });
    expect(other.sentence).to.equal('本操作应由财政局办理，当前部门为机关事务中心。');
    const checker = said('MAKER_IS_CHECKER', { user: 'supervision.one', couldAct });
    expect(checker.sentence).to.contain(
      '须由督查室的另一名督查员（supervision.one以外的人员）办理',
    );
  });

  it('calls a step as its matter does, with what it is typed by; one without a name by its id', () => {
    const named = { funds: { zh: '资金落实', en: 'Funds' } };
    const told = (more: object) =>
      said('STEP_UNKNOWN', { stepId: 'budget', waiting: [step], ...more }).sentence;
    expect(told({ named })).to.contain('budget').and.to.contain('资金落实（财政局）');
    expect(told({})).to.contain('funds（财政局）');
    expect(said('OPINION_AGREES', { stepId: 'funds', named }).sentence).to.contain(
      '资金落实（funds）',
    );
  });

  it('says when a limit of minutes ends to the minute, in Shanghai', () => {
    const details = { what: 'finish', colour: 'red', dueAt: '2026-11-28T10:48:00.000Z', due: [] };
    expect(said('CARD_NOT_DUE', details).next).to.equal(
      '到期时间为 2026-11-28 18:48，请届时再亮。',
    );
  });

  it('tells every detail that the sentence leaves out, each by its name', () => {
    const { sentence } = said('NOTHING_MISSING', {
      caseNo: 'YC1-20260302-0001',
      dueOn: '2026-03-09',
    });
    expect(sentence).to.equal(
      '材料齐全，应当受理（办件编号：YC1-20260302-0001；期限至：2026-03-09）。',
    );
  });

  it('puts nothing that somebody wrote in place of a slot, nor on a line of its own', () => {
    const name = 'a {dueOn}\nNOT_FOUND: gone [x]';
    const { sentence } = said('MATERIAL_CATCH_ALL', { code: 'other', name });
    expect(sentence).to.contain('a {dueOn} NOT_FOUND: gone [x]');
  });

  it('is not made up for a code that is not known', () => {
    expect(refusalWords({ code: 'NEWER_CODE' }, 'zh')).to.equal(undefined);
    expect(refusalWords({ code: 'toString' }, 'zh')).to.equal(undefined);
  });

  it('names only commands that there are as what comes next', () => {
    const acts = meanings.flatMap(([, { acts: named = [] }]) => named);
    expect(acts).to.have.length.above(40);
    expect(acts.filter((act) => !commandNames.some((name) => name === act))).to.deep.equal([]);
  });

  it('has a sentence of its own for each problem that a rule tells apart', () => {
    const folder = 'chaincode/src';
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const texts = files
      .filter(
        (file) => file.endsWith('.ts') && !file.includes('words/') && !/errors\.ts$/.test(file),
      )
      .map((file) => readFileSync(`${folder}/${file}`, 'utf8'));
    const problems = texts.flatMap((text) =>
      [...text.matchAll(/'([A-Z_]+)',(?:\s*'\w+',)?\s*\{\s*(?:\.\.\.\{\s*)?problem: '(\w+)'/g)].map(
        ([, code = '', problem = '']) => ({ code, problem }),
      ),
    );
    expect(problems).to.have.length.above(20);
    const causes = new Map(meanings.map(([code, meaning]) => [code, meaning.causes ?? {}]));
    const unsaid = problems.filter(
      ({ code, problem }) => !Object.hasOwn(causes.get(code) ?? {}, problem),
    );
    expect(unsaid).to.deep.equal([]);
  });
});

const schema = z.looseObject({
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
});

/** The names of all fields of a JSON schema, at any depth. */
function fieldsIn(value: unknown): string[] {
  const parsed = schema.safeParse(value);
  if (!parsed.success) return [];
  const { properties = {}, items, anyOf = [], oneOf = [] } = parsed.data;
  const inner = [...Object.values(properties), items, ...anyOf, ...oneOf];
  return [...Object.keys(properties), ...inner.flatMap(fieldsIn)];
}

describe('the fields of commands and queries', () => {
  it('each have a word in both languages', () => {
    const inputs = Object.values({ ...commands, ...queries }).map(({ input }) =>
      z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }),
    );
    const unnamed = inputs.flatMap(fieldsIn).filter((name) => !Object.hasOwn(fieldWords, name));
    expect([...new Set(unnamed)]).to.deep.equal([]);
  });

  it('have notes under names that there are', () => {
    const named = notedFields.map((field) => field.split('.').at(-1) ?? '');
    expect(named.filter((name) => !Object.hasOwn(fieldWords, name))).to.deep.equal([]);
  });
});
