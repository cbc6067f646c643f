import type {
  CalendarVersionRecord,
  CaseRecord,
  CommandInput,
  MatterContent,
} from '@yici/domain/model';
import { canonicalDigest } from '@yici/domain/model';
import type { Runner } from './story.js';
import {
  attestation,
  attested,
  by,
  digestOf,
  documentOf,
  issueAttestations,
  leaseMatter,
  morning,
  publishMatter,
  receivedCase,
  submission,
} from './story.js';
import { workingDays } from '../../../support/matter.js';

export { workingDays };

/** Nine in the morning of a day in March 2026, which has no day off but its weekends. */
export const march = (day: number) => morning(`2026-03-${day.toString().padStart(2, '0')}`);

export const declaringNotice = documentOf('国办发明电〔2026〕9号');

/** Puts a year's calendar in force, or its next version. */
export async function declare(
  runner: Runner,
  year: number,
  days: CommandInput<'calendar.import'>['days'],
  at: string,
): Promise<void> {
  const content = { year, days, notice: declaringNotice };
  const act = by('data.clerk1', at);
  const { version } = (await runner.run('calendar.import', content, act)) as CalendarVersionRecord;
  const confirm = { year, version, contentDigest: canonicalDigest(content) };
  await runner.run('calendar.confirm', confirm, by('supervision.head1', at));
}

/** Filed on Monday 2026-03-02 and accepted the day after: promised 03-12, both parallel steps due on 03-06. */
export async function acceptedCase(runner: Runner): Promise<CaseRecord> {
  await receivedCase(runner);
  await issueAttestations(runner, march(2));
  const accept = { caseNo: submission().caseNo, attested };
  return (await runner.run('case.accept', accept, by('offices.clerk1', march(3)))) as CaseRecord;
}

export const policy = documentOf('丽跑改办〔2019〕3号');
/** The provincial government's approval of what commitments are taken for. */
export const scope = documentOf('浙政发〔2020〕1号');
const promisedTask = '331100JG000700008';

/** The lease with a form, a step that agrees by default, and commitments in place of two materials. */
export const promisedMatter: MatterContent = {
  ...leaseMatter,
  taskCode: promisedTask,
  matterType: '01',
  policyDocuments: [policy, scope],
  formFields: [
    { code: 'area', name: { zh: '面积', en: 'Area' } },
    { code: 'term', name: { zh: '租期', en: 'Term' } },
  ],
  commitment: {
    materials: ['quote', 'plan'],
    terms: documentOf('告知书'),
    concerns: {
      publicSafety: false,
      financialSafety: false,
      ecology: false,
      health: false,
      lifeAndProperty: false,
    },
    scopeDocument: scope.number,
  },
  flow: leaseMatter.flow.map((step) =>
    step.id === 'finance'
      ? { ...step, onLapse: { kind: 'defaultAgree', policyDocument: policy.number } }
      : step,
  ),
};

export const promisedCaseNo = `${promisedTask}-20260302-0001`;

export function promise(codes: string[] = ['quote']): CommandInput<'case.submit'> {
  return {
    ...submission(['application']),
    caseNo: promisedCaseNo,
    taskCode: promisedTask,
    commitment: { document: digestOf('commitment'), materials: codes },
  };
}

export async function publishPromisedMatter(
  runner: Runner,
  content = promisedMatter,
): Promise<void> {
  await publishMatter(runner, content, 'offices');
}

/** Filed with a commitment on 03-02, accepted on 03-03; its attestations are issued. */
export async function acceptedPromise(
  runner: Runner,
  content = promisedMatter,
): Promise<CaseRecord> {
  await publishPromisedMatter(runner, content);
  await runner.run('case.submit', promise(), by('hrss.clerk1', march(2)));
  const caseNo = promisedCaseNo;
  await runner.run('case.receive', { caseNo }, by('offices.clerk1', march(2)));
  for (const [id, dataset, user] of [
    ['att-p1', 'establishment.headcount', 'establishment.service1'],
    ['att-p2', 'finance.budget', 'finance.service1'],
  ] as const) {
    await runner.run(
      'attestation.issue',
      { ...attestation(id, dataset), caseNo },
      by(user, march(2)),
    );
  }
  const accept = {
    caseNo,
    attested: [
      { code: 'headcount', attestationId: 'att-p1' },
      { code: 'budget', attestationId: 'att-p2' },
    ],
  };
  return (await runner.run('case.accept', accept, by('offices.clerk1', march(3)))) as CaseRecord;
}

/** Granted on 03-05 on the strength of the commitment. */
export async function grantedPromise(
  runner: Runner,
  content = promisedMatter,
): Promise<CaseRecord> {
  await acceptedPromise(runner, content);
  const caseNo = promisedCaseNo;
  for (const [stepId, user] of [
    ['finance', 'finance.clerk1'],
    ['headcount', 'establishment.clerk1'],
    ['registry', 'data.clerk1'],
  ] as const) {
    const opinion = { caseNo, stepId, answer: 'agree' } as const;
    await runner.run('case.opinion', opinion, by(user, march(4)));
  }
  const decide = { caseNo, outcome: 'granted', document: digestOf('decision') } as const;
  return (await runner.run('case.decide', decide, by('offices.head1', march(5)))) as CaseRecord;
}

/** Completed and delivered on 03-06. */
export async function deliveredPromise(runner: Runner): Promise<CaseRecord> {
  await grantedPromise(runner);
  const caseNo = promisedCaseNo;
  const result = digestOf('reply');
  await runner.run('case.complete', { caseNo, result }, by('offices.clerk1', march(6)));
  const deliver = { caseNo, form: 'web' } as const;
  return (await runner.run('case.deliver', deliver, by('offices.clerk1', march(6)))) as CaseRecord;
}

export const hearing = (caseNo: string, days: number) =>
  ({
    caseNo,
    procedure: 'hearing',
    limit: workingDays(days),
    notice: digestOf('hearing letter'),
  }) satisfies CommandInput<'case.startSpecialProcedure'>;

/** A licence that a case issues, for a year from the day of its issue. */
export const licence = (caseNo: string, no = '2026000001') =>
  ({
    caseNo,
    identifier: `1.2.156.3005.2.11100000000013338W032.11331100002645678A.${no}.001.0`,
    type: '建设用地规划许可证',
    holder: digestOf('holder'),
    document: digestOf('certificate'),
    number: '地字第331100202600001号',
    sealSystem: 'provincial',
    seal: digestOf('seal'),
    validFrom: '2026-03-06',
    validTo: '2027-03-05',
  }) satisfies CommandInput<'case.issueLicence'>;

/** Reasons for an end that the law lets nobody give without them. */
export const revoking = (
  caseNo: string,
  code: 'supplementOverdue' | 'commitmentBroken' | 'obtainedByDeceit',
) =>
  ({
    caseNo,
    reason: {
      code,
      text: digestOf('reasons'),
      remedy: '可以自收到之日起六十日内申请行政复议',
    },
    document: digestOf('revocation'),
  }) satisfies CommandInput<'case.revokeDecision'>;
