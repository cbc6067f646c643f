import { caseRecord } from '@yici/domain/model';
import {
  attest,
  document,
  publishedVersion,
  taskCodes,
  workingDayLimit,
  type Attested,
  type Stage,
} from './stage.js';

const applicant = 'supervision.clerk1';
const owner = 'offices.clerk1';
const ownerHead = 'offices.head1';

/**
 * No. 7, 办公用房租用审批: filed by the Supervision Office; one supplement, tolerant acceptance, two departments in sequence;
 * three materials are attested.
 */
export async function playOfficeLease(stage: Stage): Promise<string> {
  const { narrator } = stage;
  narrator.heading(
    '办公用房租用审批（事项 7） Office-space lease: 督查室申报，编办、财政局串联会办',
  );
  await promiseTooLong(stage);
  const caseNo = await fileAndSupplement(stage);
  const attested = await attestMaterials(stage, caseNo);
  await narrator.act(
    owner,
    'case.tolerantAccept',
    { caseNo, tolerated: ['rentalQuote'], limit: workingDayLimit(5), attested },
    '容缺受理：租金报价后补 tolerant acceptance: the rental quote may follow',
  );
  await answerInSequence(stage, caseNo);
  await narrator.act(
    applicant,
    'case.supplement',
    { caseNo, materials: [{ code: 'rentalQuote', document: document('租金报价 rental quote') }] },
    '补交容缺材料 hands in the tolerated material',
  );
  await finish(stage, caseNo, attested);
  return caseNo;
}

/** R6: a matter's promised time limit must not exceed the statutory one. */
async function promiseTooLong({ cast, narrator }: Stage): Promise<void> {
  const { client } = await cast.as(owner);
  const asked = { taskCode: taskCodes.draftOnly, version: 1 };
  const { content } = await client.read('matters.version', asked);
  await narrator.attempt(
    'R6',
    {
      user: owner,
      command: 'matter.draft',
      input: { ...content, statutoryLimit: workingDayLimit(5), promisedLimit: workingDayLimit(7) },
    },
    'LIMIT_EXCEEDS_STATUTORY',
    '承诺时限长于法定时限 promises longer than the law allows',
  );
}

const unclearTerm = {
  code: 'application',
  deficiency: 'unclear',
  note: '请写明租期 state the term of the lease',
};

async function fileAndSupplement(stage: Stage): Promise<string> {
  const { narrator } = stage;
  const taskCode = taskCodes.officeLease;
  const { result } = await narrator.act(applicant, 'case.submit', {
    taskCode,
    matterVersion: await publishedVersion(stage, taskCode),
    form: document('办公用房租用一张表 the one form'),
    materials: [{ code: 'application', document: document('租用申请 application') }],
    pledge: document('容缺承诺书 promise to hand in the rental quote'),
  });
  const { caseNo } = caseRecord.parse(result);
  await narrator.act(owner, 'case.receive', { caseNo });
  const notice = { caseNo, items: [unclearTerm], limit: workingDayLimit(5) };
  await narrator.act(
    owner,
    'case.supplementNotice',
    notice,
    '一次性告知补正 asks once for what is missing',
  );
  await narrator.act(applicant, 'case.supplement', {
    caseNo,
    materials: [
      { code: 'application', document: document('租用申请（补正） application, supplemented') },
    ],
  });
  await narrator.attempt(
    'R3',
    { user: owner, command: 'case.supplementNotice', input: notice },
    'SECOND_NOTICE',
    '没有新事实又要补正 asks again without a new fact',
  );
  return caseNo;
}

async function attestMaterials(stage: Stage, caseNo: string): Promise<Attested[]> {
  const common = { requester: 'offices', caseNo, purpose: '办公用房租用审批 office-space lease' };
  return [
    await attest(stage, {
      ...common,
      code: 'headcount',
      datasetId: 'establishment-headcount',
      issuer: 'establishment',
      values: { unit: '督查室', approved: '8', present: '8' },
    }),
    await attest(stage, {
      ...common,
      code: 'budgetSource',
      datasetId: 'finance-budget-source',
      issuer: 'finance',
      values: { unit: '督查室', indicator: '演示指标 demo', amount: '120000' },
    }),
    await attest(stage, {
      ...common,
      code: 'spaceRecord',
      datasetId: 'offices-space-record',
      issuer: 'offices',
      values: { unit: '督查室', area: '64' },
    }),
  ];
}

/** The second step starts only when the first has its answer (R9). */
async function answerInSequence({ narrator }: Stage, caseNo: string): Promise<void> {
  const agree = { caseNo, answer: 'agree' } as const;
  await narrator.attempt(
    'R9',
    {
      user: 'finance.clerk1',
      command: 'case.opinion',
      input: { ...agree, stepId: 'funds' },
    },
    'STEP_NOT_OPEN',
    '前一环节未办结就答复 answers before the earlier step is done',
  );
  await narrator.act(
    'establishment.clerk1',
    'case.opinion',
    { ...agree, stepId: 'headcount' },
    '会办意见：同意（串联第一步） agrees, first of two sequential steps',
  );
  await narrator.act(
    'finance.clerk1',
    'case.opinion',
    { ...agree, stepId: 'funds' },
    '会办意见：同意（串联第二步） agrees, second of two sequential steps',
  );
}

async function finish(
  { narrator }: Stage,
  caseNo: string,
  attested: readonly Attested[],
): Promise<void> {
  await narrator.act(ownerHead, 'case.decide', {
    caseNo,
    outcome: 'granted',
    document: document('租用批复 decision'),
  });
  await narrator.act(owner, 'case.complete', { caseNo, result: document('租用批复 approval') });
  await narrator.act(owner, 'case.deliver', { caseNo, form: 'web' });
  for (const { code, attestationId } of attested) {
    await narrator.act(
      owner,
      'attestation.recordUse',
      {
        attestationId,
        useId: `use-${attestationId}`,
        scenario: '办公用房租用审批 office-space lease',
        process: '核对存证字段 compared the attested fields',
        effect: `免交材料 ${code} not asked for`,
        storage: '不留存 not kept',
      },
      `登记使用 records the use of "${code}"（政务数据共享条例第二十九条 Order 809 art 29）`,
    );
  }
}
