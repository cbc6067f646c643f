import { oneThingCaseRecord, type OneThingCaseRecord } from '@yici/domain/model';
import { refusalCode } from '../contract-refusal.js';
import { ClientError } from '../errors.js';
import { deliverCase, grantCase, type PlainCase } from './handle.js';
import { attest, document, type Attested, type Stage } from './stage.js';

const code = 'YC33110000000001';
const applicant = 'drc.clerk1';

/**
 * No. 1, 公务员转任调动“一件事”: one form and one set of materials, submitted once. First no. 4, then pay, medical insurance and
 * housing fund in parallel in three departments.
 */
export async function playOneThing(stage: Stage): Promise<readonly string[]> {
  const { narrator } = stage;
  narrator.heading(
    '一件事（事项 1） One thing: 发改委为一名公务员转任，一次提交，六个部门办 filed once, handled by six departments',
  );
  const filed = await submit(stage);
  const { no } = filed;
  const permit = caseOf(filed, 'establishment');
  await narrator.attempt(
    'one-thing-filed',
    { user: applicant, command: 'oneThing.advance', input: { no } },
    'ONE_THING_NOTHING_DUE',
    '用编核准尚未批准就想启动后续事项 opens the later parts before the first is granted',
  );
  await grantPermit(stage, permit);
  const advanced = await advance(
    stage,
    no,
    '用编核准已批准：三个事项同时启动 three parts open together',
  );
  await Promise.all([
    deliverCase(stage, permitOf(permit)),
    ...laterParts(advanced).map((part) => grantPart(stage, part)),
  ]);
  const ended = await advance(stage, no, '三个事项均已办结：一件事办成 all parts are granted');
  if (ended.status !== 'granted') {
    throw new ClientError('CHECK_FAILED', `${no} should be granted, not ${ended.status}.`);
  }
  return ended.parts.map(({ id }) => caseOf(ended, id));
}

async function submit({ cast, narrator }: Stage): Promise<OneThingCaseRecord> {
  const { client } = await cast.as(applicant);
  const template = await client.read('oneThings.get', { code });
  const { version, listed, materials, content } = template;
  narrator.checked(
    `${String(content.nodes.length)} 个事项合为一件事，各事项共列 ${String(listed)} 份材料，合并后只交 ${String(materials.length)} 份 ` +
      `the parts list ${String(listed)} materials, ${String(materials.length)} are asked for`,
  );
  const { result } = await narrator.act(
    applicant,
    'oneThing.submit',
    {
      ...{ code, version },
      form: document('公务员转任一张表 the one form'),
      materials: materials
        .filter(({ mayFollow }) => !mayFollow)
        .map((material) => ({ code: material.code, document: document(material.name.zh) })),
      pledge: document('容缺承诺书 promise to hand in the pay transfer slip'),
    },
    '一次提交：一张表、一套材料 one submission: one form, one set of materials',
  );
  return oneThingCaseRecord.parse(result);
}

const permitOf = (caseNo: string): PlainCase => ({
  ...{ caseNo, owner: 'establishment', result: '用编核准单 permit' },
});

async function grantPermit(stage: Stage, caseNo: string): Promise<void> {
  const owner = 'establishment';
  const common = { issuer: owner, requester: owner, caseNo, purpose: '用编核准 establishment use' };
  const attested = await Promise.all([
    attest(stage, {
      ...{ ...common, code: 'dutyExtract', datasetId: 'establishment-duties' },
      values: { unit: '发改委', clause: '演示值 demo value' },
    }),
    attest(stage, {
      ...{ ...common, code: 'headcount', datasetId: 'establishment-headcount' },
      values: { unit: '发改委', approved: '40', present: '38' },
    }),
  ]);
  const opinions = [
    { department: 'organization', stepId: 'quota' },
    { department: 'hrss', stepId: 'posts' },
    { department: 'finance', stepId: 'payroll' },
  ];
  await grantCase(stage, { ...permitOf(caseNo), attested, opinions });
}

/** Whoever is first triggers the next parts: the applicant here, or a gateway's scheduler. */
async function advance(
  { cast, narrator }: Stage,
  no: string,
  text: string,
): Promise<OneThingCaseRecord> {
  try {
    const { result } = await narrator.act(applicant, 'oneThing.advance', { no }, text);
    return oneThingCaseRecord.parse(result);
  } catch (error) {
    if (refusalCode(error) !== 'ONE_THING_NOTHING_DUE') throw error;
  }
  const { client } = await cast.as(applicant);
  narrator.checked(`${text}（网关按时推进，先到一步 a gateway’s clock was there first）`);
  return (await client.read('oneThingCases.get', { no })).record;
}

function laterParts(filed: OneThingCaseRecord): (PlainCase & { readonly part: string })[] {
  const opinions = [{ department: 'finance', stepId: 'payroll' }];
  return [
    { part: 'pay', owner: 'hrss', opinions, result: '工资关系转移单 pay transfer record' },
    { part: 'medical', owner: 'medical', result: '医保关系转移凭证 insurance transfer' },
    { part: 'fund', owner: 'fund', result: '公积金账户转移凭证 account transfer' },
  ].map((plain) => ({ ...plain, caseNo: caseOf(filed, plain.part) }));
}

/** The pay part relies on attestations of two other departments and tolerates a missing slip; the other two need nothing. */
async function grantPart(
  stage: Stage,
  { part, ...plain }: PlainCase & { readonly part: string },
): Promise<void> {
  if (part === 'pay') await grantPay(stage, plain);
  else await grantCase(stage, plain);
  await deliverCase(stage, plain);
}

async function grantPay(stage: Stage, plain: PlainCase): Promise<void> {
  const { caseNo } = plain;
  const attested = await attestForPay(stage, caseNo);
  const slip = { code: 'payTransferSlip', document: document('工资转移介绍信 slip') };
  const tolerate = { tolerated: [slip.code], limit: { value: 3, unit: 'workingDay' } };
  const { narrator } = stage;
  await narrator.act('hrss.clerk1', 'case.receive', { caseNo });
  await narrator.act('hrss.clerk1', 'case.tolerantAccept', { caseNo, ...tolerate, attested });
  await Promise.all(
    (plain.opinions ?? []).map(({ department, stepId }) =>
      narrator.act(`${department}.clerk1`, 'case.opinion', { caseNo, stepId, answer: 'agree' }),
    ),
  );
  await narrator.act(applicant, 'case.supplement', { caseNo, materials: [slip] });
  await narrator.act('hrss.head1', 'case.decide', {
    ...{ caseNo, outcome: 'granted' },
    document: document(`${plain.result} decision`),
  });
}

function attestForPay(stage: Stage, caseNo: string): Promise<Attested[]> {
  const common = { requester: 'hrss', caseNo, purpose: '工资关系转移 pay transfer' };
  return Promise.all([
    attest(stage, {
      ...{ ...common, code: 'usePermit', issuer: 'establishment' },
      ...{ datasetId: 'establishment-use-permits', values: { permit: '演示核准单 demo' } },
    }),
    attest(stage, {
      ...{ ...common, code: 'archiveCheck', issuer: 'organization' },
      ...{ datasetId: 'organization-archive-check', values: { opinion: '演示：档案齐全 demo' } },
    }),
  ]);
}

function caseOf({ no, parts }: OneThingCaseRecord, id: string): string {
  const caseNo = parts.find((part) => part.id === id)?.caseNo;
  if (caseNo === undefined) throw new ClientError('CHECK_FAILED', `${no} has no case of ${id}.`);
  return caseNo;
}
