import { closedStates, type CaseRecord, type CaseState } from '@yici/domain/model';
import { caseRow, waitingOf } from '@yici/gateway/testing';
import { expect } from 'chai';

const at = '2026-06-01T01:00:00.000Z';
const by = { department: 'offices', role: 'clerk', user: 'offices.clerk1' } as const;
const digest = { digestAlg: 'sha256', digest: '0'.repeat(64) } as const;
const days = (value: number) => ({ value, unit: 'workingDay' as const });
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
  acceptance: { how: 'accepted', by, at, on: '2026-06-01' },
  limits: { promised: 7 },
  dueOn: '2026-06-10',
  deliverBy: '2026-06-24',
  updatedAt: at,
  head: '0'.repeat(64),
  nextSeq: 1,
  ...(state === 'ARCHIVED' && { archive: { package: digest, by, at } }),
  ...change,
});

const decision: CaseRecord['decision'] = { outcome: 'granted', document: digest, by, at };
const hearing = {
  no: 1,
  procedure: 'hearing',
  law: '行政许可法',
  clause: '第四十六条',
  limit: days(5),
  notice: digest,
  startedBy: by,
  startedAt: at,
} as const;

const waits = (one: CaseRecord) =>
  waitingOf(one).map(({ department, todo, due }) => `${department} ${todo} ${due ?? '-'}`);

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
      { items: [{ code: 'm', deficiency: 'missing' }], at, limit: days(5), dueOn: '2026-06-12' },
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
    const tolerated = { codes: ['m'], limit: days(4), dueOn: '2026-06-07' };
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
    expect(waits(record('DECIDED_GRANTED', { decision }))).to.deep.equal([
      'offices complete 2026-06-10',
    ]);
    expect(waits(record('COMPLETED', { decision }))).to.deep.equal(['offices deliver 2026-06-24']);
  });

  it('is the archiving of every closed case, and the receipt of what was handed to the archive', () => {
    for (const state of closedStates) {
      const due = state === 'ARCHIVED' ? [] : ['offices archive -'];
      expect(waits(record(state)), state).to.deep.equal(due);
    }
    const archive = { package: digest, by, at, upTo: 0 };
    const transfer = { to: 'archives', by, at };
    expect(waits(record('WITHDRAWN', { archive }))).to.deep.equal([]);
    expect(waits(record('WITHDRAWN', { archive, nextSeq: 2 }))).to.deep.equal([
      'offices archive -',
    ]);
    expect(waits(record('WITHDRAWN', { archive: { ...archive, transfer } }))).to.deep.equal([
      'archives receiveArchive -',
    ]);
  });

  it('is the end of a special procedure and no decision while one runs', () => {
    const pause = { ...hearing, from: '2026-06-02', to: '2026-06-09', plannedTo: '2026-06-09' };
    const held = record('SPECIAL_PROCEDURE', { pauses: [pause] });
    expect(waits(held)).to.deep.equal(['offices endProcedure 2026-06-09']);
    expect(waitingOf(held)[0]).to.include({ step: '1', since: at });
    const over = { ...pause, ended: { by, at } };
    expect(waits(record('IN_REVIEW', { pauses: [over] }))).to.deep.equal([
      'offices decide 2026-06-10',
    ]);
  });

  it('is the second signature under an extension, until it is there', () => {
    const asked = {
      limit: days(5),
      reasonCode: 'siteSurvey',
      grounds: digest,
      requestedBy: by,
      requestedAt: at,
    };
    expect(waits(record('IN_REVIEW', { steps, extension: asked }))).to.deep.equal([
      'establishment opinion 2026-06-05',
      'offices approveExtension 2026-06-10',
    ]);
    const extension = { ...asked, approval: { by, at, notice: digest } };
    expect(waits(record('EXTENDED', { steps, extension }))).to.deep.equal([
      'establishment opinion 2026-06-05',
    ]);
  });

  it('is no longer an opinion that was passed over, so that the decision is not held by it', () => {
    const passing = { grounds: digest, by, at };
    const passed = steps.map((step) =>
      step.status === 'answered' ? step : { ...step, status: 'passed' as const, passing },
    );
    expect(waits(record('IN_REVIEW', { steps: passed }))).to.deep.equal([
      'offices decide 2026-06-10',
    ]);
  });

  it('is the inspection of a commitment, its correction, and the revocation it leaves, though the case is closed', () => {
    const commitment = { document: digest, materials: ['m'], inspectBy: '2026-08-25' };
    const granted = (inspections: CaseRecord['inspections'] = []) =>
      waits(record('ARCHIVED', { decision, commitment, inspections }));
    const failed = { result: 'fail', document: digest, by, at } as const;
    const correction = { limit: days(5), dueOn: '2026-06-08' };
    expect(granted()).to.deep.equal(['offices inspect 2026-08-25']);
    expect(granted([{ ...failed, correction }])).to.deep.equal(['data correct 2026-06-08']);
    expect(granted([{ ...failed, correction }, failed])).to.deep.equal([
      'offices revokeDecision -',
    ]);
    expect(granted([{ ...failed, result: 'pass' }])).to.deep.equal([]);
    const ended = (code: 'againstProcedure' | 'commitmentBroken') => ({
      ...{ commitment, inspections: [{ ...failed, correction }, failed] },
      kept: [{ reason: { code, text: digest }, document: digest, by, at }],
    });
    const kept = (code: 'againstProcedure' | 'commitmentBroken') =>
      waits(record('ARCHIVED', { decision, ...ended(code) }));
    expect(kept('againstProcedure')).to.deep.equal(['offices revokeDecision -']);
    expect(kept('commitmentBroken')).to.deep.equal([]);
  });

  it('is the applicant’s signature for what was delivered, unless its owner recorded how else it was served', () => {
    const delivered = (delivery: NonNullable<CaseRecord['delivery']>, state: CaseState) =>
      waits(record(state, { decision, deliveredAt: at, delivery })).filter(
        (one) => !one.includes(' archive '),
      );
    expect(delivered({ by }, 'DELIVERED')).to.deep.equal(['data acknowledge -']);
    expect(delivered({ by }, 'ARCHIVED')).to.deep.equal(['data acknowledge -']);
    const signed = { on: '2026-06-02', by, at };
    expect(delivered({ by, signed }, 'DELIVERED')).to.deep.equal([]);
    const served = { ...signed, how: 'refused', document: digest } as const;
    expect(delivered({ by, served }, 'DELIVERED')).to.deep.equal([]);
    expect(delivered({ by }, 'DECISION_REVOKED')).to.deep.equal([]);
  });

  it('has no day when the case is closed', () => {
    for (const state of ['DELIVERED', 'NOT_ACCEPTED', 'WITHDRAWN', 'ARCHIVED'] as const) {
      expect(caseRow(record(state), name).dueOn).to.equal(null);
    }
  });

  it('gives a row the soonest of its days', () => {
    const tolerated = { codes: ['m'], limit: days(2), dueOn: '2026-06-03' };
    expect(caseRow(record('IN_REVIEW', { steps, tolerated }), name).dueOn).to.equal('2026-06-03');
  });
});
