import { caseRecord, type CaseRecord } from '@yici/domain/model';
import { ClientError } from '../errors.js';
import { deliverCase } from './handle.js';
import { attest, document, publishedVersion, type Stage } from './stage.js';

const taskCode = 'YC33110000000010';
const applicant = 'offices.clerk1';
const owner = 'nrp';
const stepId = 'site';

/**
 * No. 10, 安置房项目用地预审: the Construction Bureau twice offers the opinion to another department, which declines citing a clause.
 * The second decline refers the question to the Establishment Office, which rules by the clause. The clocks run on.
 */
export async function playBuckPassing(stage: Stage): Promise<readonly string[]> {
  const { narrator } = stage;
  narrator.heading(
    '推诿与职责裁定（事项 10） Buck-passing: 建设局两次推出，编办依三定条款裁定 the Establishment Office rules',
  );
  const caseNo = await file(stage);
  const before = await accept(stage, caseNo);
  await narrator.attempt(
    'returned-step',
    {
      user: 'construction.clerk1',
      command: 'case.returnStep',
      input: {
        ...{ caseNo, stepId },
        reason: { code: 'outsideDuty', text: document('不属于本局职责 not our duty') },
      },
    },
    'TRANSFER_REQUIRED',
    '以“不属于本部门职责”退件 returns the step as not its duty, citing nothing',
  );
  await bounce(stage, caseNo, { to: 'drc', dutyCode: 'DRC-01' });
  const bounced = await bounce(stage, caseNo, { to: 'nrp', dutyCode: 'NRP-01' });
  await rule(stage, bounced);
  await finish(stage, caseNo, before);
  return [caseNo];
}

async function file(stage: Stage): Promise<string> {
  const codes = ['application', 'siteMap', 'geologicalNote', 'commitmentLetter'];
  const { result } = await stage.narrator.act(applicant, 'case.submit', {
    taskCode,
    matterVersion: await publishedVersion(stage, taskCode),
    form: document('用地预审一张表 the one form'),
    materials: codes.map((code) => ({ code, document: document(code) })),
  });
  return caseRecord.parse(result).caseNo;
}

async function accept(stage: Stage, caseNo: string): Promise<CaseRecord> {
  const { narrator } = stage;
  await narrator.act(`${owner}.clerk1`, 'case.receive', { caseNo });
  const attested = await attest(stage, {
    ...{ code: 'proposalReply', datasetId: 'drc-proposal-replies', issuer: 'drc' },
    ...{ requester: owner, caseNo, purpose: '用地预审 land pre-review' },
    values: { project: '演示安置房项目 demo', reply: '演示批复 demo' },
  });
  const { result } = await narrator.act(`${owner}.clerk1`, 'case.accept', {
    ...{ caseNo, attested: [attested] },
  });
  await narrator.act('drc.clerk1', 'case.opinion', { caseNo, stepId: 'plan', answer: 'agree' });
  return caseRecord.parse(result);
}

/** The step is offered under a clause of the receiver, and declined under the clause that assigns it. */
async function bounce(
  { narrator }: Stage,
  caseNo: string,
  { to, dutyCode }: { readonly to: string; readonly dutyCode: string },
): Promise<CaseRecord> {
  await narrator.act(
    'construction.clerk1',
    'case.offerTransfer',
    { caseNo, stepId, to, dutyCode },
    `建设局提出移交，引用对方条款 ${dutyCode} offers the step to ${to}`,
  );
  const { result } = await narrator.act(
    `${to}.clerk1`,
    'case.declineTransfer',
    { caseNo, stepId, clauseOf: 'construction', dutyCode: 'CON-01' },
    '不接收：引用建设局条款 CON-01 declines by the clause that makes it the Construction Bureau’s',
  );
  return caseRecord.parse(result);
}

async function rule({ narrator }: Stage, bounced: CaseRecord): Promise<void> {
  const ruling = bounced.rulings?.at(-1);
  const { caseNo } = bounced;
  if (ruling === undefined) {
    throw new ClientError('CHECK_FAILED', `${caseNo} should have come to a duty ruling.`);
  }
  const { rulingId, dueOn } = ruling;
  narrator.checked(
    `第二次不接收，自动提请职责裁定 the second decline opened the ruling ${rulingId}，编办 ${dueOn} 前裁定 due`,
  );
  await narrator.attempt(
    'duty-ruling',
    {
      user: 'construction.clerk1',
      command: 'case.offerTransfer',
      input: { caseNo, stepId, to: 'drc', dutyCode: 'DRC-01' },
    },
    'DUTY_RULING_OPEN',
    '裁定期间继续推 passes it on while the ruling is open',
  );
  await narrator.act(
    'establishment.head1',
    'dutyRuling.decide',
    {
      ...{ rulingId, department: 'construction', dutyCode: 'CON-01' },
      document: document('职责裁定意见书 written ruling'),
    },
    '编办裁定：依条款 CON-01 由建设局负责（国务院令第486号第十条） ruled: the Construction Bureau’s, by its own clause',
  );
}

/** The due day of the step is that of acceptance: a hand-over does not extend it. */
async function finish(stage: Stage, caseNo: string, before: CaseRecord): Promise<void> {
  const { narrator } = stage;
  const { result } = await narrator.act('construction.clerk1', 'case.opinion', {
    ...{ caseNo, stepId, answer: 'agree' },
  });
  const after = caseRecord.parse(result);
  const due = (record: CaseRecord) => record.steps.find(({ id }) => id === stepId)?.dueOn;
  if (due(after) !== due(before) || after.dueOn !== before.dueOn) {
    throw new ClientError('CHECK_FAILED', `Passing ${caseNo} on should have changed no due day.`);
  }
  narrator.checked(
    `推诿 ${String(after.bounces ?? 0)} 次，环节到期日始终为 ${due(after) ?? '-'} passed on ${String(after.bounces ?? 0)} times, and the step was due the same day throughout`,
  );
  await narrator.act(`${owner}.head1`, 'case.decide', {
    ...{ caseNo, outcome: 'granted', document: document('用地预审决定 decision') },
  });
  await deliverCase(stage, { caseNo, owner, result: '用地预审与选址意见书 site opinion' });
}
