import type {
  CommandInput,
  MatterContent,
  OneThingCaseRecord,
  OneThingRecord,
} from '@yici/domain/model';
import type { Runner } from './story.js';
import { consulted, by, digestOf, leaseMatter, morning, publishMatter } from './story.js';

const days = (value: number) => ({ value, unit: 'workingDay' }) as const;

function material(
  code: string,
  zh: string,
  more: Partial<MatterContent['materials'][number]> = {},
) {
  return {
    code,
    name: { zh, en: `Material ${code}` },
    required: true,
    tolerable: false,
    source: 'applicant',
    form: 'electronic',
    ...more,
  } as const;
}

function part(code: string, materials: MatterContent['materials'], limit: number): MatterContent {
  return { ...leaseMatter, taskCode: code, materials, flow: [], promisedLimit: days(limit) };
}

/** The parts of the transfer: its first, then two in parallel, then one after both. */
export const partCodes = {
  use: '331100BB00001',
  pay: '331100CZ00002',
  medical: '331100RS00003',
  fund: '331100JG00004',
} as const;

const idCard = (code: string) => material(code, '调动 人员名册');

export const partMatters: Readonly<Record<keyof typeof partCodes, MatterContent>> = {
  use: part(partCodes.use, [material('application', '用编申请'), idCard('roster')], 3),
  pay: part(
    partCodes.pay,
    [
      material('application', '工资转移申请'),
      idCard('list'),
      material('slip', '工资介绍信', { tolerable: true }),
      material('headcount', '编制数', {
        source: 'sharing',
        datasetId: 'establishment.headcount',
      }),
    ],
    4,
  ),
  medical: part(partCodes.medical, [idCard('roster'), material('photo', '照片回执')], 2),
  fund: part(partCodes.fund, [material('picture', '相片回执'), idCard('names')], 2),
};
const owners = { use: 'establishment', pay: 'finance', medical: 'hrss', fund: 'offices' } as const;

export const transferCode = 'TRANSFER01';

/** 公务员转任调动“一件事” in small, DOMAIN 6c no. 1: the establishment use first, then pay and medical insurance, then the fund. */
export const transfer: CommandInput<'oneThing.draft'> = {
  code: transferCode,
  name: { zh: '公务员转任调动“一件事”', en: 'Civil-servant transfer' },
  nodes: [
    { id: 'use', taskCode: partCodes.use, matterVersion: 1, after: [] },
    { id: 'pay', taskCode: partCodes.pay, matterVersion: 1, after: ['use'] },
    { id: 'medical', taskCode: partCodes.medical, matterVersion: 1, after: ['use'] },
    { id: 'fund', taskCode: partCodes.fund, matterVersion: 1, after: ['pay', 'medical'] },
  ],
  same: [
    {
      code: 'photo',
      of: [
        { node: 'medical', code: 'photo' },
        { node: 'fund', code: 'picture' },
      ],
    },
  ],
  promisedLimit: days(12),
  previousLimit: days(40),
  policyDocuments: [],
  effectiveFrom: '2026-01-01',
};

const start = morning('2026-01-12');

export async function publishParts(runner: Runner): Promise<void> {
  for (const [id, content] of Object.entries(partMatters)) {
    const owner = owners[id as keyof typeof owners];
    const cosigner = owner === 'establishment' ? 'data' : 'establishment';
    await publishMatter(runner, content, owner, cosigner, start);
  }
}

export async function publishTransfer(runner: Runner, content = transfer): Promise<OneThingRecord> {
  const drafted = (await runner.run(
    'oneThing.draft',
    content,
    by('hrss.clerk1', start),
  )) as OneThingRecord;
  const { code, version, contentDigest, signers } = drafted;
  for (const signer of signers) {
    const input = { code, version, contentDigest };
    await runner.run('oneThing.cosign', input, by(`${signer}.head1`, start));
  }
  const heard = consulted({ code, version, contentDigest });
  await runner.run('oneThing.recordConsultation', heard, by('hrss.clerk1', start));
  const published = { code, version };
  return (await runner.run(
    'oneThing.publish',
    published,
    by('hrss.clerk1', start),
  )) as OneThingRecord;
}

export const transferNo = `${transferCode}-20260302-0001`;
export const caseOf = (id: keyof typeof partCodes, day = '20260302') =>
  `${partCodes[id]}-${day}-0001`;

export const allMaterials = ['use.application', 'roster', 'pay.application', 'photo'];

export function transferSubmission(
  codes: readonly string[] = allMaterials,
): CommandInput<'oneThing.submit'> {
  return {
    no: transferNo,
    code: transferCode,
    version: 1,
    form: digestOf('one form'),
    pledge: digestOf('one pledge'),
    materials: codes.map((code) => ({ code, document: digestOf(`one ${code}`) })),
    cases: [{ node: 'use', caseNo: caseOf('use') }],
  };
}

export async function submitTransfer(runner: Runner): Promise<OneThingCaseRecord> {
  return (await runner.run(
    'oneThing.submit',
    transferSubmission(),
    by('supervision.clerk1', morning('2026-03-02')),
  )) as OneThingCaseRecord;
}

/** A part's owner handles its case to a decision; none of these matters has a flow. */
export async function decidePart(
  runner: Runner,
  caseNo: string,
  owner: string,
  day: string,
  outcome: 'granted' | 'refused' = 'granted',
): Promise<void> {
  const at = morning(day);
  await runner.run('case.receive', { caseNo }, by(`${owner}.clerk1`, at));
  await runner.run('case.accept', { caseNo }, by(`${owner}.clerk1`, at));
  const reason =
    outcome === 'granted'
      ? {}
      : {
          reason: { code: 'conditionsNotMet', text: digestOf('reasons'), remedy: '复议' } as const,
        };
  const decision = { caseNo, outcome, document: digestOf('decision'), ...reason };
  await runner.run('case.decide', decision, by(`${owner}.head1`, at));
}
