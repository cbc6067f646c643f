import { listInbox } from '@yici/gateway/testing';
import { expect } from 'chai';
import {
  by,
  calendars,
  caseNo,
  foundEverything,
  morning,
  submission,
} from '../chaincode/support/story.js';
import { acceptedCase, declare, march } from '../chaincode/support/timed.js';
import { gateway, IndexedLedger } from './support/indexed-ledger.js';

describe('what the index says of a calendar that was declared or corrected since', () => {
  let world: IndexedLedger;
  const { offDays, makeUpDays } = calendars[2026];
  const declared = async (off: string[], day: number) => {
    const days = { offDays: [...offDays, ...off], makeUpDays: [...makeUpDays] };
    await declare(world, 2026, days, march(day));
  };
  const due = async (day: number) =>
    (await world.due(march(day).slice(0, 10))).filter(({ command }) => command === 'case.recount');
  const inbox = async () =>
    (
      await listInbox(world.index, { department: 'offices', at: march(20) }, { limit: 50 })
    ).items.filter(({ todo }) => todo === 'recount');
  const proposal = { command: 'case.recount', input: { caseNo, year: 2026 } } as const;
  beforeEach(async () => {
    world = await IndexedLedger.open();
    await foundEverything(world.ledger);
    await acceptedCase(world.ledger);
    await world.indexAll();
  });
  afterEach(() => world.close());

  it('names the cases whose dates it moves, to the owner as well, until that is recorded', async () => {
    expect(await due(4)).to.deep.equal([]);
    await declared(['2026-03-10'], 4);
    expect(await due(4)).to.deep.equal([proposal]);
    expect(await world.verdict(proposal, '2026-03-05')).to.equal('taken');
    const [row, ...others] = await inbox();
    expect(others).to.deep.equal([]);
    expect(row).to.include({ caseNo, step: '2026', due: null, since: march(4) });
    await world.run('case.recount', proposal.input, gateway('2026-03-05'));
    expect([await due(6), await inbox()]).to.deep.equal([[], []]);
  });

  it('names no case that it does not concern', async () => {
    await declared(['2026-04-10'], 4);
    expect([await due(6), await inbox()]).to.deep.equal([[], []]);
    expect(await world.verdict(proposal, '2026-03-05')).to.equal('RECOUNT_NOTHING');
  });

  it('forgets it with the next correction, or with the case', async () => {
    await declared(['2026-03-10'], 4);
    await declared([], 5);
    expect([await due(6), await inbox()]).to.deep.equal([[], []]);
    await declared(['2026-03-11'], 6);
    expect(await inbox()).to.have.length(1);
    await world.run('case.withdraw', { caseNo, reasonCode: 'other' }, by('hrss.clerk1', march(6)));
    expect([await due(6), await inbox()]).to.deep.equal([[], []]);
  });

  it('names each case that counted with the plain week, once its year is declared', async () => {
    const at = morning('2026-12-21');
    const own = { ...submission(), caseNo: `${caseNo.slice(0, -13)}20261221-0001` };
    await world.run('case.submit', own, by('hrss.clerk1', at));
    await world.run('case.receive', { caseNo: own.caseNo }, by('offices.clerk1', at));
    await world.run('case.accept', { caseNo: own.caseNo }, by('offices.clerk1', at));
    await declare(world, 2027, { offDays: ['2027-06-01'], makeUpDays: [] }, at);
    const all = await world.due('2026-12-22');
    expect(all.filter(({ command }) => command === 'case.recount')).to.deep.equal([
      { command: 'case.recount', input: { caseNo: own.caseNo, year: 2027 } },
    ]);
  });
});
