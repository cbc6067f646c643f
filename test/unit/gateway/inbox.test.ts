import type { InboxItem } from '@yici/api';
import { listInbox } from '@yici/gateway/testing';
import { expect } from 'chai';
import {
  by,
  caseNo,
  foundEverything,
  issueAttestations,
  morning,
  receivedCase,
} from '../chaincode/support/story.js';
import { acceptedCase, march } from '../chaincode/support/timed.js';
import { IndexedLedger } from './support/indexed-ledger.js';

describe('a department’s inbox', () => {
  let world: IndexedLedger;
  beforeEach(async () => {
    world = await IndexedLedger.open();
    await foundEverything(world.ledger);
  });
  afterEach(() => world.close());

  const inbox = async (department: string, at: string, user?: string): Promise<InboxItem[]> => {
    const role = user?.replace(/\d+$/, '') ?? null;
    const persons =
      user === undefined ? {} : { persons: [{ role, user: `${department}.${user}` }] };
    const view = { department, at, ...persons };
    return [...(await listInbox(world.index, view, { limit: 200 })).items];
  };
  const todos = (items: readonly InboxItem[]) => items.map(({ todo }) => todo);

  it('says how many working days are left, and turns yellow and red as cards do', async () => {
    await acceptedCase(world.ledger);
    await world.indexAll();
    // The opinion of finance: three working days from Tuesday the 3rd, the last is Friday the 6th.
    const seen = [];
    for (const day of [3, 4, 5, 6, 7, 9]) {
      const [line] = (await inbox('finance', march(day))).filter(({ todo }) => todo === 'opinion');
      seen.push([day, line?.left, line?.light]);
    }
    expect(seen).to.deep.equal([
      [3, 3, 'green'],
      [4, 2, 'green'],
      [5, 1, 'yellow'],
      [6, 0, 'yellow'],
      [7, -1, 'red'],
      [9, -1, 'red'],
    ]);
  });

  it('is for the roles that may act, and not for whoever made what is to be checked', async () => {
    await receivedCase(world.ledger);
    await world.indexAll();
    expect(todos(await inbox('offices', march(3), 'clerk1'))).to.deep.equal(['check']);
    expect(await inbox('offices', march(3), 'service1')).to.deep.equal([]);
    const extension = { limit: { value: 5, unit: 'workingDay' }, reasonCode: 'complex' } as const;
    await issueAttestations(world.ledger, march(3));
    await world.run(
      'case.accept',
      { caseNo, attested: attestedOf() },
      by('offices.clerk1', march(3)),
    );
    const grounds = { digestAlg: 'sha256', digest: '0'.repeat(64) } as const;
    await world.run(
      'case.requestExtension',
      { caseNo, ...extension, grounds },
      by('offices.head1', march(4)),
    );
    expect(todos(await inbox('offices', march(4)))).to.deep.equal(['approveExtension']);
    expect(await inbox('offices', march(4), 'clerk1')).to.deep.equal([]);
    expect(await inbox('offices', march(4), 'head1'), 'asked for it').to.deep.equal([]);
    expect(todos(await inbox('offices', march(4), 'head2'))).to.deep.equal(['approveExtension']);
  });

  it('has an attestation that a case lacks, for its source, until it is issued', async () => {
    await receivedCase(world.ledger);
    await world.indexAll();
    const [line, ...others] = await inbox('finance', march(2));
    expect(others).to.deep.equal([]);
    expect(line).to.deep.include({
      ...{ todo: 'issueAttestation', caseNo, datasetId: 'finance.budget' },
      datasetName: { zh: 'finance.budget', en: 'finance.budget' },
      ...{ roles: ['clerk', 'head', 'service'], left: null, light: null },
      about: { collection: 'cases', key: [caseNo] },
    });
    await issueAttestations(world.ledger, march(2));
    await world.indexAll();
    expect(await inbox('finance', march(2))).to.deep.equal([]);
  });

  it('has the cards that may be raised, for the supervision office, until they are', async () => {
    await acceptedCase(world.ledger);
    await world.indexAll();
    const cards = async (day: number) =>
      (await inbox('supervision', march(day))).filter(({ todo }) => todo === 'raiseCard');
    expect(await cards(4)).to.deep.equal([]);
    expect(await cards(5)).to.have.lengthOf(2);
    const late = await cards(9);
    expect(late.map(({ step, state }) => [step, state])).to.deep.include([
      'opinion/finance',
      'red',
    ]);
    const card = { caseNo, what: 'opinion', step: 'finance', colour: 'red' } as const;
    await world.run('card.raise', card, by('supervision.supervisor1', march(9)));
    expect((await cards(9)).map(({ step }) => step)).to.not.include('opinion/finance');
    expect(await inbox('finance', march(9)), 'only its office raises them').to.satisfy(
      (items: InboxItem[]) => !todos(items).includes('raiseCard'),
    );
  });

  it('shows a reminder on what waits, and not on what came after it', async () => {
    await acceptedCase(world.ledger);
    const urge = { urgeId: 'urg-1', caseNo, department: 'finance', note: '请尽快' };
    await world.run('urge.send', urge, by('hrss.clerk1', march(5)));
    const urged = async (department: string) =>
      (await inbox(department, march(6))).map(({ todo, urgedAt }) => [todo, urgedAt]);
    expect(await urged('finance')).to.deep.equal([['opinion', march(5)]]);
    expect(await urged('establishment')).to.deep.equal([['opinion', undefined]]);
  });

  it('has what any department may confirm, but for those that did or cannot', async () => {
    const claim = { claim: ['government'] as const };
    await world.run(
      'department.update',
      { claim: [...claim.claim] },
      by('offices.head1', march(2)),
    );
    const waits = async () => {
      const all = ['offices', 'finance', 'hrss'].map((id) => inbox(id, march(2)));
      return (await Promise.all(all)).map((items) => todos(items).includes('confirmFunction'));
    };
    expect(await waits()).to.deep.equal([false, true, true]);
    const confirm = { id: 'offices', functions: ['government' as const] };
    await world.run('department.confirm', confirm, by('finance.head1', march(2)));
    expect(await waits()).to.deep.equal([false, false, true]);
  });

  it('is read page by page over all that it is made of', async () => {
    await acceptedCase(world.ledger);
    await world.run('department.update', { claim: ['government'] }, by('offices.head1', march(3)));
    const whole = await inbox('supervision', morning('2026-03-09'));
    expect(new Set(todos(whole))).to.include.all.keys('raiseCard', 'confirmFunction');
    const seen: InboxItem[] = [];
    let cursor: string | undefined;
    do {
      const view = { department: 'supervision', at: morning('2026-03-09') };
      const page = await listInbox(world.index, view, { limit: 1, cursor });
      seen.push(...page.items);
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(seen).to.deep.equal(whole);
  });

  function attestedOf() {
    return world.ledger.all('attestation').map(({ attestationId, datasetId }) => ({
      code: datasetId === 'finance.budget' ? 'budget' : 'headcount',
      attestationId,
    }));
  }
});
