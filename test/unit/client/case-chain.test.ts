import {
  canonicalDigest,
  chainStart,
  type AttestationRecord,
  type CaseEventRecord,
} from '@yici/domain/model';
import { checkCaseChain, verdictOf } from '@yici/client/testing';
import { expect } from 'chai';

const caseNo = 'YC7-20260302-0001';

function chain(length: number): CaseEventRecord[] {
  const events: CaseEventRecord[] = [];
  let prev = chainStart;
  for (let seq = 0; seq < length; seq++) {
    const event: CaseEventRecord = {
      kind: 'caseEvent',
      v: 1,
      caseNo,
      seq,
      type: 'case.receive',
      prev,
      at: `2026-03-02T08:00:0${seq}.000Z`,
      by: { department: 'offices', role: 'clerk', user: 'offices.clerk1' },
      txId: String(seq).repeat(64),
      state: 'RECEIVED',
      data: {},
    };
    events.push(event);
    prev = canonicalDigest(event);
  }
  return events;
}

function recordOf(events: readonly CaseEventRecord[]) {
  const head = canonicalDigest(events.at(-1));
  return { caseNo, head, nextSeq: events.length, state: 'RECEIVED' as const };
}

describe('the chain of a case', () => {
  const events = chain(4);
  const record = recordOf(events);
  const codes = (given: readonly CaseEventRecord[], of = record) =>
    checkCaseChain(of, given).findings.map(({ code }) => code);

  it('holds when every event is there', () => {
    expect(checkCaseChain(record, events)).to.deep.equal({
      events: 4,
      head: record.head,
      findings: [],
    });
  });

  it('shows an event that was left out', () => {
    expect(codes(events.filter(({ seq }) => seq !== 2))).to.include.members([
      'EVENT_MISSING',
      'LINK_BROKEN',
    ]);
  });

  it('shows that the newest events were left out', () => {
    expect(codes(events.slice(0, 3))).to.include.members(['EVENT_MISSING', 'HEAD_DIFFERS']);
  });

  it('shows an event that was changed', () => {
    const changed = events.map((event) =>
      event.seq === 1 ? { ...event, data: { voucherNo: 'x' } } : event,
    );
    expect(codes(changed)).to.deep.equal(['LINK_BROKEN']);
  });

  it('shows a changed last event by the head', () => {
    const changed = events.map((event) => (event.seq === 3 ? { ...event, at: 'later' } : event));
    expect(codes(changed)).to.deep.equal(['HEAD_DIFFERS']);
  });

  it('shows an event of another case and a state that is not the last event’s', () => {
    expect(codes(events, { ...record, caseNo: 'YC7-20260302-0002' })).to.include(
      'EVENT_OF_OTHER_CASE',
    );
    expect(checkCaseChain({ ...record, state: 'DELIVERED' }, events).findings).to.have.length(1);
  });
});

describe('the verdict on an attestation', () => {
  const by = { department: 'finance', role: 'clerk', user: 'finance.clerk1' } as const;
  const record: AttestationRecord = {
    kind: 'attestation',
    v: 1,
    attestationId: 'att-1',
    datasetId: 'finance-budget-source',
    datasetVersion: 1,
    issuer: 'finance',
    requester: 'offices',
    caseNo,
    purpose: 'lease',
    fields: [{ code: 'amount', digestAlg: 'sha256', digest: 'a'.repeat(64) }],
    validFrom: '2026-03-01T00:00:00.000Z',
    validTo: '2026-04-01T00:00:00.000Z',
    status: 'active',
    issuedBy: by,
    issuedAt: '2026-03-02T00:00:00.000Z',
    changes: [
      { action: 'suspend', at: '2026-03-10T00:00:00.000Z', reasonCode: 'other', by },
      { action: 'resume', at: '2026-03-12T00:00:00.000Z', reasonCode: 'other', by },
      { action: 'revoke', at: '2026-03-20T00:00:00.000Z', reasonCode: 'other', by },
    ],
  };

  for (const [at, verdict] of [
    ['2026-03-01T12:00:00.000Z', 'notYet'],
    ['2026-03-02T00:00:00.000Z', 'valid'],
    ['2026-03-11T00:00:00.000Z', 'suspended'],
    ['2026-03-12T00:00:00.000Z', 'valid'],
    ['2026-03-20T00:00:00.000Z', 'revoked'],
    ['2026-05-01T00:00:00.000Z', 'revoked'],
  ] as const) {
    it(`is ${verdict} at ${at}`, () => {
      expect(verdictOf(record, at)).to.equal(verdict);
    });
  }

  it('is expired when the time is over', () => {
    expect(verdictOf({ ...record, changes: [] }, record.validTo)).to.equal('expired');
  });
});
