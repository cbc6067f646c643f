import { caseRecord } from '@yici/domain/model';
import {
  attest,
  document,
  publishedVersion,
  taskCodes,
  type Attested,
  type Stage,
} from './stage.js';

const applicant = 'data.clerk1';
const owner = 'establishment.clerk1';
const ownerHead = 'establishment.head1';

/** No. 4, 用编核准: the Data Bureau files, three departments answer in parallel, the Establishment Office decides. */
export async function playEstablishmentUse(stage: Stage): Promise<string> {
  const { narrator } = stage;
  narrator.heading(
    '用编核准（事项 4） Establishment-use approval: 数据局申报，组织部、人力社保局、财政局并联会办',
  );
  const caseNo = await file(stage);
  await narrator.act(owner, 'case.receive', { caseNo });
  await narrator.attempt(
    'R5',
    {
      user: owner,
      command: 'case.refuse',
      input: { caseNo, reason: { code: 'notRequired', text: document('理由 reasons') } },
    },
    'REASON_REQUIRED',
    '不予受理却不告知救济途径 refuses without naming the remedy',
  );
  const attested = await attestMaterials(stage, caseNo);
  await narrator.act(owner, 'case.accept', { caseNo, attested });
  await answerInParallel(stage, caseNo);
  await finish(stage, caseNo);
  return caseNo;
}

async function file(stage: Stage): Promise<string> {
  const { narrator } = stage;
  const taskCode = taskCodes.establishmentUse;
  const matterVersion = await publishedVersion(stage, taskCode);
  const form = document('用编申请一张表 the one form');
  const application = { code: 'application', document: document('用编申请 application') };
  const recruitPlan = { code: 'recruitPlan', document: document('进人计划 plan') };
  await narrator.attempt(
    'R1',
    {
      user: applicant,
      command: 'case.submit',
      input: { taskCode: taskCodes.draftOnly, matterVersion: 1, form, materials: [application] },
    },
    'MATTER_NOT_PUBLISHED',
    '按未公布的事项申报 files against a matter that is only a draft',
  );
  const input = { taskCode, matterVersion, form };
  await narrator.attempt(
    'R2',
    { user: applicant, command: 'case.submit', input: { ...input, materials: [application] } },
    'MATERIAL_MISSING',
    '缺进人计划 files without the plan of recruitment or transfer',
  );
  const { result } = await narrator.act(applicant, 'case.submit', {
    ...input,
    materials: [application, recruitPlan],
  });
  const { caseNo } = caseRecord.parse(result);
  await narrator.attempt(
    'R4',
    { user: applicant, command: 'case.deemAccepted', input: { caseNo } },
    'DEEMED_ACCEPTANCE_NOT_DUE',
    '五个工作日未满就主张视为受理 claims deemed acceptance before the five working days are over',
  );
  return caseNo;
}

async function attestMaterials(stage: Stage, caseNo: string): Promise<Attested[]> {
  const common = {
    issuer: 'establishment',
    requester: 'establishment',
    caseNo,
    purpose: '用编核准 establishment-use approval',
  };
  return [
    await attest(stage, {
      ...common,
      code: 'dutyExtract',
      datasetId: 'establishment-duties',
      values: { unit: '数据局', clause: '演示值 demo value' },
    }),
    await attest(stage, {
      ...common,
      code: 'headcount',
      datasetId: 'establishment-headcount',
      values: { unit: '数据局', approved: '12', present: '10' },
    }),
  ];
}

/**
 * The steps opened at the same instant and the departments answer concurrently, each with its own signature. The writes
 * conflict on one case: the ledger accepts one, the clients sign the others again.
 */
async function answerInParallel({ narrator }: Stage, caseNo: string): Promise<void> {
  const agree = { caseNo, answer: 'agree' } as const;
  const text = '会办意见：同意（并联） agrees, parallel step';
  await Promise.all([
    narrator.act('organization.clerk1', 'case.opinion', { ...agree, stepId: 'quota' }, text),
    narrator.act('hrss.clerk1', 'case.opinion', { ...agree, stepId: 'posts' }, text),
    narrator.act('finance.clerk1', 'case.opinion', { ...agree, stepId: 'payroll' }, text),
  ]);
  await narrator.attempt(
    'R10',
    {
      user: 'finance.head1',
      command: 'case.opinion',
      input: {
        caseNo,
        stepId: 'payroll',
        answer: 'disagree',
        reason: { code: 'budgetNotAvailable', text: document('理由 reasons') },
      },
    },
    'ALREADY_ANSWERED',
    '同一环节二次答复 answers the same step again',
  );
}

async function finish(stage: Stage, caseNo: string): Promise<void> {
  const { narrator } = stage;
  await narrator.act(ownerHead, 'case.decide', {
    caseNo,
    outcome: 'granted',
    document: document('用编核准决定 decision'),
  });
  await narrator.act(owner, 'case.complete', { caseNo, result: document('用编核准单 permit') });
  await narrator.act(owner, 'case.deliver', { caseNo, form: 'web' });
  await narrator.attempt(
    'R14',
    {
      user: applicant,
      command: 'case.withdraw',
      input: { caseNo, reasonCode: 'changedMind' },
    },
    'CASE_CLOSED',
    '办件已终结还要撤回 withdraws a case that is closed',
  );
  await correct(stage, caseNo);
}

/** R13: nothing is deleted or rewritten; the author of an event may add a correction that refers to it. */
async function correct({ narrator }: Stage, caseNo: string): Promise<void> {
  const correction = {
    caseNo,
    seq: 1,
    reasonCode: 'clerical',
    note: '演示：收件凭证备注更正 demo',
  };
  await narrator.attempt(
    'R13',
    { user: 'data.head1', command: 'case.correct', input: correction },
    'WRONG_DEPARTMENT',
    '更正别的部门的记录 corrects another department’s record',
  );
  await narrator.act(
    ownerHead,
    'case.correct',
    correction,
    '更正：追加记录，原记录不变 a correction is added; the record stays',
  );
}
