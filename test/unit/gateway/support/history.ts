import type {
  CaseRecord,
  CaseState,
  DepartmentRecord,
  MatterContent,
  StepRecord,
} from '@yici/domain/model';
import { ordinaryMatter } from '../../../support/matter.js';

export const by = { department: 'offices', role: 'clerk', user: 'offices.clerk1' } as const;
export const head = { department: 'offices', role: 'head', user: 'offices.head1' } as const;
export const digest = { digestAlg: 'sha256', digest: '0'.repeat(64) } as const;
export const days = (value: number) => ({ value, unit: 'workingDay' as const });
/** Nine in the morning in Shanghai. */
export const on = (day: string): string => `${day}T01:00:00.000Z`;

/** The fields a fact looks at; whatever else the record has does not matter to it. */
export const part = <T>(value: Partial<T>): T => value as T;

export const department = (
  id: string,
  change: Partial<DepartmentRecord> = {},
): DepartmentRecord => ({
  kind: 'department',
  v: 1,
  id,
  mspId: `${id}MSP`,
  name: { zh: id, en: id },
  level: 'city',
  regionCode: '331100',
  functions: [],
  claims: [],
  registeredAt: on('2026-01-05'),
  updatedAt: on('2026-01-05'),
  ...change,
});

export const content = (change: Partial<MatterContent> = {}): MatterContent => ({
  ...ordinaryMatter,
  taskCode: 'T1',
  catalogCode: 'T',
  name: { zh: '租用', en: 'Lease' },
  legalBasis: [{ law: '条例', clause: '第一条', text: '（条文）' }],
  acceptConditions: { zh: '机关', en: 'An organ' },
  resultName: { zh: '批复', en: 'Reply' },
  promisedLimit: days(7),
  materials: [
    material('application', {}),
    material('headcount', { source: 'sharing', datasetId: 'hc' }),
    material('map', { required: false, form: 'paper' }),
  ],
  flow: ['finance', 'establishment'].map((id) => ({
    id,
    department: id,
    kind: 'opinion',
    mode: 'parallel',
    after: [],
    limit: days(3),
  })),
  formFields: ['area', 'place'].map((code) => ({ code, name: { zh: code, en: code } })),
  effectiveFrom: '2026-01-01',
  ...change,
});

function material(
  code: string,
  change: Partial<MatterContent['materials'][number]>,
): MatterContent['materials'][number] {
  const name = { zh: code, en: code };
  const usual = {
    required: true,
    tolerable: false,
    source: 'applicant',
    form: 'electronic',
  } as const;
  return { code, name, ...usual, ...change };
}

export const held = (code: string, kind: 'document' | 'attestation' = 'document') => ({
  code,
  evidence:
    kind === 'document'
      ? ({ kind, document: digest } as const)
      : ({ kind, attestationId: 'att-1' } as const),
  by: 'data',
  at: on('2026-06-01'),
});

export const step = (id: string, change: Partial<StepRecord>): StepRecord => ({
  id,
  department: id,
  after: [],
  limit: days(3),
  status: 'answered',
  answer: 'agree',
  ...change,
});

/** A case of the matter T1, filed and accepted on a day. */
export function filedCase(
  no: string,
  filed: string,
  state: CaseState,
  change: Partial<CaseRecord> = {},
): CaseRecord {
  const at = on(filed);
  return {
    kind: 'case',
    v: 1,
    caseNo: `T1-${filed.replaceAll('-', '')}-${no}`,
    taskCode: 'T1',
    matterVersion: 1,
    matterDigest: '0'.repeat(64),
    applicant: 'data',
    owner: 'offices',
    parties: ['data', 'establishment', 'finance', 'offices'],
    state,
    nationalNumber: 1,
    form: digest,
    materials: [held('application'), held('headcount', 'attestation')],
    notices: [],
    steps: [],
    flags: [],
    calendars: [],
    submittedAt: at,
    submittedBy: by,
    clockFrom: filed,
    replyBy: filed,
    acceptance: { how: 'accepted', by, at, on: filed },
    limits: { promised: 7 },
    updatedAt: at,
    head: '0'.repeat(64),
    nextSeq: 1,
    ...change,
  };
}

export const decided = (day: string): NonNullable<CaseRecord['decision']> => ({
  outcome: 'granted',
  document: digest,
  by: head,
  at: on(day),
});
