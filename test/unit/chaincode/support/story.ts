import { createHash } from 'node:crypto';
import type {
  CaseRecord,
  CommandInput,
  CommandName,
  ContractErrorCode,
  ContractErrorMeaning,
  DatasetVersionRecord,
  Digest,
  LedgerRecord,
  MatterContent,
  MatterRecord,
} from '@yici/domain/model';
import { canonicalDigest, ContractError, contractErrors } from '@yici/domain/model';
import { expectWords } from './words.js';
import { expect } from 'chai';
import { calendars } from './calendar-days.js';
import type { Act, RuleLedger } from './ledger.js';
import { ordinaryMatter, workingDays } from '../../../support/matter.js';

export { calendars };

/** Runs commands: over a store in memory, or through the contracts over the stub of a shim. */
export interface Runner {
  run<N extends CommandName>(
    name: N,
    input: CommandInput<N>,
    act: Act,
    /** What goes into the transient map, for a command that takes something private. */
    secret?: unknown,
  ): Promise<LedgerRecord>;
}

export const mspOf: Readonly<Record<string, string>> = {
  establishment: 'EstablishmentMSP',
  finance: 'FinanceMSP',
  hrss: 'HrssMSP',
  offices: 'GovernmentOfficesMSP',
  data: 'DataBureauMSP',
  supervision: 'SupervisionMSP',
};

/** `'offices.clerk1'` acting at an instant. */
export function by(user: string, at = '2026-03-02T01:00:00.000Z'): Act {
  const [department = '', name = ''] = user.split('.');
  const role = name.replace(/[0-9]+$/, '') as Act['role'];
  return { mspId: mspOf[department] ?? 'StrangerMSP', role, user, at };
}

/** Nine in the morning, Shanghai. */
export function morning(date: string): string {
  return `${date}T01:00:00.000Z`;
}

export function digestOf(text: string): Digest {
  return { digestAlg: 'sha256', digest: createHash('sha256').update(text).digest('hex') };
}

export function documentOf(number: string) {
  return { number, title: `Document ${number}`, ...digestOf(number) };
}

export const taskCode = '331100JG000700007';

/** Office-space lease approval (办公用房租用审批), DOMAIN 6c no. 7: one parallel pair, then a sequential step. */
export const leaseMatter: MatterContent = {
  ...ordinaryMatter,
  taskCode,
  catalogCode: 'JG0007',
  name: { zh: '办公用房租用审批', en: 'Office-space lease approval' },
  legalBasis: [{ law: '机关事务管理条例', clause: '第二十一条', text: '（条文）' }],
  acceptConditions: { zh: '市级机关', en: 'A city organ' },
  resultName: { zh: '批复', en: 'Reply' },
  statutoryLimit: workingDays(20),
  promisedLimit: workingDays(7),
  materials: [
    {
      code: 'application',
      name: { zh: '租用申请', en: 'Lease application' },
      required: true,
      tolerable: false,
      source: 'applicant',
      form: 'electronic',
    },
    {
      code: 'quote',
      name: { zh: '租金报价', en: 'Rental quote' },
      required: true,
      tolerable: true,
      source: 'applicant',
      form: 'electronic',
    },
    {
      code: 'plan',
      name: { zh: '平面图', en: 'Floor plan' },
      required: false,
      tolerable: false,
      source: 'applicant',
      form: 'electronic',
    },
    {
      code: 'stamp',
      name: { zh: '用印页', en: 'Stamped page' },
      required: false,
      tolerable: true,
      source: 'applicant',
      form: 'electronic',
    },
    {
      code: 'headcount',
      name: { zh: '编制数', en: 'Headcount' },
      required: true,
      tolerable: false,
      source: 'sharing',
      datasetId: 'establishment.headcount',
      form: 'electronic',
    },
    {
      code: 'budget',
      name: { zh: '资金来源', en: 'Budget source' },
      required: true,
      tolerable: false,
      source: 'sharing',
      datasetId: 'finance.budget',
      form: 'electronic',
    },
  ],
  flow: [
    step('finance', 'finance', []),
    step('headcount', 'establishment', []),
    { ...step('registry', 'data', ['finance', 'headcount']), mode: 'sequential' },
  ],
  guide: {
    specialProcedures: (['hearing', 'expertReview', 'test', 'appraisal'] as const).map(
      (procedure) => ({
        procedure,
        limit: workingDays(20),
        basis: { rank: 'law', law: '行政许可法', clause: '第四十六条' },
      }),
    ),
  },
  effectiveFrom: '2026-01-01',
};

function step(id: string, department: string, after: string[]): MatterContent['flow'][number] {
  return { id, department, kind: 'opinion', mode: 'parallel', after, limit: workingDays(3) };
}

/** Monday before everything. */
export const start = '2026-01-05T01:00:00.000Z';
const functionsOf: Readonly<Record<string, 'establishment' | 'leadAuthority' | 'supervision'>> = {
  establishment: 'establishment',
  data: 'leadAuthority',
  supervision: 'supervision',
};

export function department(id: string): CommandInput<'department.register'> {
  const claimed = functionsOf[id];
  return {
    id,
    name: { zh: id, en: id },
    level: 'city',
    regionCode: '331100',
    ...(claimed === undefined ? {} : { functions: [claimed] }),
  };
}

/** Registers the six departments and puts their functions in force by four declarations each. */
export async function foundRegistry(runner: Runner): Promise<void> {
  for (const id of Object.keys(mspOf)) {
    await runner.run('department.register', department(id), by(`${id}.admin`, start));
  }
  for (const [id, name] of Object.entries(functionsOf)) {
    const others = Object.keys(mspOf).filter((other) => other !== id);
    for (const other of others.slice(0, 3)) {
      await runner.run(
        'department.confirm',
        { id, functions: [name] },
        by(`${other}.head1`, start),
      );
    }
  }
}

export async function importCalendar(runner: Runner, year: 2025 | 2026): Promise<void> {
  const { offDays, makeUpDays } = calendars[year];
  const days = { offDays: [...offDays], makeUpDays: [...makeUpDays] };
  const notice = documentOf(`国办发明电〔${year - 1}〕7号`);
  await runner.run('calendar.import', { year, days, notice }, by('data.clerk1', start));
  const contentDigest = canonicalDigest({ year, days, notice });
  await runner.run(
    'calendar.confirm',
    { year, version: 1, contentDigest },
    by('supervision.head1', start),
  );
}

export function dataset(datasetId: string): CommandInput<'dataset.register'> {
  return {
    datasetId,
    name: { zh: datasetId, en: datasetId },
    fields: [{ code: 'total', name: { zh: '总数', en: 'Total' } }],
    format: 'structured',
    methods: ['interface', 'file'],
    updateFrequency: 'daily',
    shareClass: 'conditional',
    conditions: {
      scope: 'Departments of the city level',
      terms: [{ code: 'approvalOnly', text: 'For approvals of the city level' }],
    },
    grade: 1,
    secrecyLevel: 'none',
    covers: [],
    issuers: [],
  };
}

/** The same for every department, without conditions. */
export function openDataset(datasetId: string): CommandInput<'dataset.register'> {
  return { ...without(dataset(datasetId), 'conditions'), shareClass: 'unconditional' };
}

/** Never shared, by a law. */
export function closedDataset(datasetId: string): CommandInput<'dataset.register'> {
  return {
    ...without(dataset(datasetId), 'conditions'),
    shareClass: 'notShared',
    exclusion: {
      reason: 'A law keeps it from other departments',
      bases: [{ rank: 'law', law: '某法', clause: '第一条', text: '（条文）' }],
    },
  };
}

/** Registered by a clerk, approved by the head, published by the lead authority. */
export async function publishDataset(
  runner: Runner,
  content: CommandInput<'dataset.register'>,
  source: string,
  at = start,
): Promise<DatasetVersionRecord> {
  const registered = (await runner.run(
    'dataset.register',
    content,
    by(`${source}.clerk1`, at),
  )) as DatasetVersionRecord;
  const { datasetId, version, contentDigest } = registered;
  await runner.run(
    'dataset.approve',
    { datasetId, version, contentDigest, secrecyReview: digestOf('secrecy review') },
    by(`${source}.head1`, at),
  );
  return (await runner.run(
    'dataset.publish',
    { datasetId, version, contentDigest },
    by('data.clerk2', at),
  )) as DatasetVersionRecord;
}

/** What came of a consultation that ended before everything began. */
export const consulted = <T extends object>(of: T) => ({
  ...of,
  organ: '市人民政府',
  from: '2025-12-01',
  to: '2025-12-31',
  place: '浙江政务服务网',
  result: digestOf('consultation'),
});

export async function publishMatter(
  runner: Runner,
  content: MatterContent,
  owner: string,
  cosigner = 'establishment',
  at = start,
): Promise<MatterRecord> {
  const drafted = (await runner.run(
    'matter.draft',
    content,
    by(`${owner}.clerk1`, at),
  )) as MatterRecord;
  const { version, contentDigest } = drafted;
  const input = { taskCode: content.taskCode, version, contentDigest };
  await runner.run('matter.cosign', input, by(`${owner}.head1`, at));
  await runner.run('matter.cosign', input, by(`${cosigner}.head1`, at));
  if (content.matterType === '01') {
    await runner.run('matter.recordConsultation', consulted(input), by(`${owner}.clerk1`, at));
  }
  return (await runner.run(
    'matter.publish',
    { taskCode: content.taskCode, version },
    by(`${owner}.clerk1`, at),
  )) as MatterRecord;
}

/** Publishes that many more matters that rest on a duty; answers the task code of the last in key order. */
export async function publishMany(
  runner: Runner,
  count: number,
  dutyCode: string,
): Promise<string> {
  let last = '';
  for (let n = 1; n <= count; n++) {
    last = `331100JG0008${String(n).padStart(5, '0')}`;
    await publishMatter(runner, { ...leaseMatter, taskCode: last, dutyCode }, 'offices');
  }
  return last;
}

/** Registry, calendars, data sets and the lease matter: what every case needs. */
export async function foundEverything(runner: Runner): Promise<void> {
  await foundRegistry(runner);
  await importCalendar(runner, 2025);
  await importCalendar(runner, 2026);
  await publishDataset(runner, dataset('establishment.headcount'), 'establishment');
  await publishDataset(runner, dataset('finance.budget'), 'finance');
  await publishMatter(runner, leaseMatter, 'offices');
}

export const caseNo = `${taskCode}-20260302-0001`;

export function submission(
  codes: readonly string[] = ['application', 'quote'],
): CommandInput<'case.submit'> {
  return {
    caseNo,
    taskCode,
    matterVersion: 1,
    form: digestOf('form'),
    materials: codes.map((code) => ({ code, document: digestOf(code) })),
  };
}

/** Files the case on Monday 2026-03-02 and has it received the same day. */
export async function receivedCase(runner: Runner, codes?: readonly string[]): Promise<CaseRecord> {
  await runner.run('case.submit', submission(codes), by('hrss.clerk1', morning('2026-03-02')));
  return (await runner.run(
    'case.receive',
    { caseNo },
    by('offices.clerk1', morning('2026-03-02')),
  )) as CaseRecord;
}

export function attestation(
  attestationId: string,
  datasetId: string,
): CommandInput<'attestation.issue'> {
  return {
    attestationId,
    datasetId,
    requester: 'offices',
    caseNo,
    purpose: 'Office-space lease approval',
    fields: [{ code: 'total', ...digestOf(`salt ${attestationId}`) }],
    validFrom: '2026-03-01T00:00:00.000Z',
    validTo: '2026-06-01T00:00:00.000Z',
  };
}

/** The two attestations the lease needs, and the materials they meet. */
export const attested = [
  { code: 'headcount', attestationId: 'att-headcount' },
  { code: 'budget', attestationId: 'att-budget' },
];

export async function issueAttestations(runner: Runner, at: string): Promise<void> {
  await runner.run(
    'attestation.issue',
    attestation('att-headcount', 'establishment.headcount'),
    by('establishment.service1', at),
  );
  await runner.run(
    'attestation.issue',
    attestation('att-budget', 'finance.budget'),
    by('finance.service1', at),
  );
}

export const agreeing = [
  { stepId: 'finance', user: 'finance.clerk1' },
  { stepId: 'headcount', user: 'establishment.clerk1' },
  { stepId: 'registry', user: 'data.clerk1' },
];

/** Received, accepted on 2026-03-03, attested, and answered by all on 2026-03-04. */
export async function reviewedCase(runner: Runner): Promise<CaseRecord> {
  await receivedCase(runner);
  await issueAttestations(runner, morning('2026-03-02'));
  await runner.run(
    'case.accept',
    { caseNo, attested },
    by('offices.clerk1', morning('2026-03-03')),
  );
  let last: LedgerRecord | undefined;
  for (const { stepId, user } of agreeing) {
    const input = { caseNo, stepId, answer: 'agree' } as const;
    last = await runner.run('case.opinion', input, by(user, morning('2026-03-04')));
  }
  return last as CaseRecord;
}

export const reason = {
  code: 'conditionsNotMet',
  text: digestOf('reasons'),
  remedy: '可以自收到之日起六十日内申请行政复议',
} as const;

/** From a reviewed case to its delivery. */
export async function deliveredCase(runner: Runner): Promise<CaseRecord> {
  await reviewedCase(runner);
  const granted = { caseNo, outcome: 'granted', document: digestOf('decision') } as const;
  await runner.run('case.decide', granted, by('offices.head1', morning('2026-03-05')));
  await runner.run(
    'case.complete',
    { caseNo, result: digestOf('reply') },
    by('offices.clerk1', morning('2026-03-05')),
  );
  return (await runner.run(
    'case.deliver',
    { caseNo, form: 'web' },
    by('offices.service1', morning('2026-03-06')),
  )) as CaseRecord;
}

/** A copy that lacks one property. */
export function without<T extends object, K extends keyof T>(value: T, name: K): Omit<T, K> {
  const { [name]: dropped, ...rest } = value;
  dropped;
  return rest;
}

/** Asserts class and code of a refusal, and that it wrote nothing; answers its details. */
export async function expectRefusal(
  ledger: RuleLedger,
  code: ContractErrorCode,
  attempt: () => Promise<unknown>,
): Promise<Readonly<Record<string, unknown>>> {
  const before = new Map(ledger.state);
  try {
    await attempt();
  } catch (error) {
    expect(error).to.be.instanceOf(ContractError);
    if (!(error instanceof ContractError)) return {};
    expect(error.code, error.message).to.equal(code);
    expect([...ledger.state]).to.deep.equal([...before]);
    expectWords(error);
    // What it rests on, and how the laws of handling stand for the case, come with refusals that cite laws; both are tested by
    // themselves.
    const { basis }: ContractErrorMeaning = contractErrors[code];
    const rest = without(without(error.details, 'handling'), 'named');
    return basis === undefined || Array.isArray(basis) ? rest : without(rest, 'basis');
  }
  return expect.fail(`expected ${code}, but it was done`);
}
