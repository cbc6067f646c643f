import type { CaseRecord, CaseState } from '@yici/chaincode/model';
import { caseInbox, caseRow } from '@yici/gateway';
import { expect } from 'chai';

const at = '2026-06-01T01:00:00.000Z';
const by = { department: 'offices', role: 'clerk', user: 'offices.clerk1' } as const;
const digest = { digestAlg: 'sha256', digest: '0'.repeat(64) } as const;
const name = { zh: '租用', en: 'Lease' };

const record = (state: CaseState, change: Partial<CaseRecord> = {}): CaseRecord => ({
  kind: 'case',
  v: 1,
  caseNo: 'T1-20260601-0001',
  taskCode: 'T1',
  matterVersion: 1,
  matterDigest: '0'.repeat(64),
  applicant: 'data',
  owner: 'offices',
  parties: ['data', 'establishment', 'finance', 'offices'],
  state,
  nationalNumber: 1,
  form: digest,
  materials: [],
  notices: [],
  steps: [],
  flags: [],
  calendars: [],
  submittedAt: at,
  submittedBy: by,
  clockFrom: '2026-06-01',
  replyBy: '2026-06-08',
  dueOn: '2026-06-10',
  deliverBy: '2026-06-24',
  updatedAt: at,
  head: '0'.repeat(64),
  nextSeq: 1,
  ...change,
});

const waits = (one: CaseRecord) =>
  caseInbox(one, name).map(({ department, todo, due }) => `${department} ${todo} ${due ?? '-'}`);

describe('what waits for whom', () => {
  const flow = { after: [], limit: { value: 3, unit: 'workingDay' as const } };
  const steps: CaseRecord['steps'] = [
    { ...flow, id: 'a', department: 'finance', status: 'answered', dueOn: '2026-06-04' },
    {
      ...flow,
      id: 'b',
      department: 'establishment',
      status: 'open',
      startedAt: at,
      dueOn: '2026-06-05',
    },
    { ...flow, id: 'c', department: 'data', status: 'waiting' },
  ];

  it('is the owner’s reply until the case is accepted', () => {
    expect(waits(record('SUBMITTED'))).to.deep.equal(['offices receive 2026-06-08']);
    expect(waits(record('RECEIVED'))).to.deep.equal(['offices check 2026-06-08']);
  });

  it('is the applicant’s supplement once asked for, by the day of the newest notice', () => {
    const notices: CaseRecord['notices'] = [
      { items: [{ code: 'm', deficiency: 'missing' }], at, dueOn: '2026-06-12' },
    ];
    expect(waits(record('SUPPLEMENT_NOTIFIED', { notices }))).to.deep.equal([
      'data supplement 2026-06-12',
    ]);
  });

  it('is the opinion of every open step, and of no other', () => {
    expect(waits(record('IN_REVIEW', { steps }))).to.deep.equal([
      'establishment opinion 2026-06-05',
    ]);
  });

  it('is also what was tolerated as missing', () => {
    const tolerated = { codes: ['m'], dueOn: '2026-06-07' };
    expect(waits(record('TOLERANT_ACCEPTED', { steps, tolerated }))).to.deep.equal([
      'establishment opinion 2026-06-05',
      'data supplement 2026-06-07',
    ]);
  });

  it('is the decision when every step is answered, then the result and its delivery', () => {
    const answered = steps.map((step) => ({ ...step, status: 'answered' as const }));
    expect(waits(record('IN_REVIEW', { steps: answered }))).to.deep.equal([
      'offices decide 2026-06-10',
    ]);
    expect(waits(record('DECIDED_GRANTED'))).to.deep.equal(['offices complete 2026-06-10']);
    expect(waits(record('COMPLETED'))).to.deep.equal(['offices deliver 2026-06-24']);
  });

  it('is nothing when the case is closed', () => {
    for (const state of ['DELIVERED', 'NOT_ACCEPTED', 'WITHDRAWN', 'ARCHIVED'] as const) {
      expect(waits(record(state))).to.deep.equal([]);
      expect(caseRow(record(state), name).dueOn).to.equal(null);
    }
  });

  it('gives a row the soonest of its days', () => {
    const tolerated = { codes: ['m'], dueOn: '2026-06-03' };
    expect(caseRow(record('IN_REVIEW', { steps, tolerated }), name).dueOn).to.equal('2026-06-03');
  });
});
