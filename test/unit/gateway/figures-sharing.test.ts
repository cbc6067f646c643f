import type {
  AttestationRecord,
  ChallengeRecord,
  DisputeRecord,
  ShareRecord,
} from '@yici/domain/model';
import { attestationFacts, challengeFacts, disputeFacts, shareFacts } from '@yici/gateway/testing';
import { expect } from 'chai';
import { by, on, part } from './support/history.js';
import { FactLedger } from './support/ledger-of-facts.js';

const who = { provider: 'hrss', requester: 'offices', datasetId: 'headcount' } as const;
const reply = (dueOn: string) => ({ startedOn: '2026-06-01', dueOn, limitDays: 10 });

const share = (shareId: string, change: Partial<ShareRecord>) =>
  part<ShareRecord>({
    ...{ kind: 'share', shareId, ...who, lead: 'data', parties: ['data', 'hrss', 'offices'] },
    ...{ shareClass: 'conditional', state: 'FILED', returnFlow: false, deliveries: 0 },
    requestedAt: on('2026-06-01'),
    reply: reply('2026-06-12'),
    ...change,
  });

const refusal = (basis: 'secret' | 'outsideDuty', day: string, late: boolean) => ({
  ...{ basis, article: 'Order 809 art 3', reason: '理由', by, at: on(day), late },
});

const shares = [
  share('quick', {
    granted: { by, at: on('2026-06-03'), late: false },
    state: 'GRANTED',
    deliveries: 1,
  }),
  share('late', { refusal: refusal('secret', '2026-06-20', true), state: 'REFUSED' }),
  // Refused, and granted after a dispute: the first reply counts.
  share('disputed', {
    ...{ refusal: refusal('outsideDuty', '2026-06-09', false), state: 'GRANTED', returnFlow: true },
    granted: { by, at: on('2026-06-22'), late: true },
  }),
  share('silent', {}),
  share('waiting', {
    reply: reply('2026-06-30'),
    extension: {
      days: 10,
      reason: '量大',
      askedBy: by,
      askedAt: on('2026-06-08'),
      allowedAt: on('2026-06-10'),
    },
  }),
  share('incomplete', {
    state: 'INCOMPLETE',
    extension: { days: 10, reason: '量大', askedBy: by, askedAt: on('2026-06-08') },
  }),
];

const challenge = (challengeId: string, change: Partial<ChallengeRecord>) =>
  part<ChallengeRecord>({
    ...{
      kind: 'challenge',
      shareId: 'quick',
      challengeId,
      ...who,
      dueOn: '2026-06-19',
      status: 'open',
    },
    ...change,
  });

describe('figures of data sharing', () => {
  let ledger: FactLedger;

  before(async () => {
    const answer = {
      outcome: 'corrected',
      note: '已更正',
      by,
      at: on('2026-06-15'),
      late: false,
    } as const;
    const stage = { note: '说明', by, at: on('2026-06-10') };
    ledger = await FactLedger.open(
      [
        ...shares.flatMap(shareFacts),
        ...[challenge('c1', { answer, status: 'answered' }), challenge('c2', {})].flatMap(
          challengeFacts,
        ),
        ...disputeFacts(
          part<DisputeRecord>({
            ...{ kind: 'dispute', shareId: 'disputed', disputeId: 'd1', ...who, lead: 'data' },
            ...{ subject: 'refusal', status: 'decided', stage: 'coordination' },
            stages: [
              { ...stage, stage: 'negotiation', on: '2026-06-10' },
              { ...stage, stage: 'coordination', on: '2026-06-15' },
            ],
            outcomes: [{ ...stage, stage: 'coordination', order: 'provide', on: '2026-06-18' }],
          }),
        ),
        ...attestationFacts(
          part<AttestationRecord>({
            ...{
              attestationId: 'a1',
              issuer: 'hrss',
              requester: 'offices',
              datasetId: 'headcount',
            },
            issuedAt: on('2026-06-04'),
          }),
        ),
      ],
      '2026-06-25',
    );
  });

  after(() => ledger.close());

  it('count a request nobody answered as late once its day is over, and never one that waits for its requester', async () => {
    expect(await ledger.numbers('share-replies-on-time')).to.deep.equal([2, 4, 0.5]);
    const earlier = { today: '2026-06-12' };
    expect(await ledger.numbers('share-replies-on-time', earlier)).to.deep.equal([2, 3, 0.6667]);
  });

  it('count extensions of replies once the lead authority allowed them', async () => {
    expect(await ledger.groups('share-extensions', 'department')).to.deep.equal({ hrss: 1 });
  });

  it('count refusals by their legal ground, the first reply of each request', async () => {
    expect(await ledger.numbers('share-refusal-rate')).to.deep.equal([2, 3, 0.6667]);
    expect(await ledger.groups('share-refusals', 'basis')).to.deep.equal({
      '-': 0,
      outsideDuty: 1,
      secret: 1,
    });
    expect(await ledger.figure('share-reply-days')).to.include({ value: 8, p90: 19 });
  });

  it('count what was served, of return flows by themselves', async () => {
    expect(await ledger.numbers('share-requests-served')).to.deep.equal([1, 6, 0.1667]);
    expect(await ledger.numbers('return-flow-served')).to.deep.equal([0, 1, 0]);
    expect(await ledger.numbers('attestations')).to.deep.equal([1, null, 1]);
  });

  it('hold challenges and disputes to their days and stages', async () => {
    expect(await ledger.numbers('challenges-on-time')).to.deep.equal([1, 2, 0.5]);
    expect(await ledger.groups('disputes', 'stage')).to.deep.equal({
      coordination: 1,
      negotiation: 1,
    });
    expect(await ledger.figure('dispute-days')).to.include({ value: 8, denominator: 1 });
  });
});
