import { listInbox } from '@yici/gateway/testing';
import { expect } from 'chai';
import { acceptedAmongDuties } from '../chaincode/support/duties.js';
import { inForce, merger, reformOf } from '../chaincode/support/reforms.js';
import { deliveredShare, publishPay, shareId } from '../chaincode/support/shares.js';
import { by, caseNo, morning, taskCode } from '../chaincode/support/story.js';
import { gateway, IndexedLedger } from './support/indexed-ledger.js';

describe('what the index says of a reorganisation', () => {
  let world: IndexedLedger;
  const name = { zh: '督查局', en: 'Supervision' };
  const reform = reformOf([
    ...merger,
    { kind: 'everything', department: 'hrss', to: 'data' },
    { kind: 'rename', department: 'supervision', name },
  ]);
  const { reformId } = reform;
  const follows = async (day: string) =>
    (await world.due(day)).filter(
      ({ command }) => command.startsWith('reform.') || command.endsWith('.succeed'),
    );
  beforeEach(async () => {
    world = await IndexedLedger.open();
    await acceptedAmongDuties(world.ledger);
    await publishPay(world.ledger);
    await deliveredShare(world.ledger);
    await world.indexAll();
  });
  afterEach(() => world.close());

  it('tells those who may confirm it, until it is confirmed', async () => {
    const waiting = async () => {
      const found = [];
      for (const id of ['establishment', 'finance', 'data', 'supervision', 'hrss']) {
        const { items } = await listInbox(
          world.index,
          { department: id, at: morning('2026-03-06') },
          { limit: 50 },
        );
        if (items.some(({ todo }) => todo === 'confirmReform')) found.push(id);
      }
      return found;
    };
    await world.run('reform.register', reform, by('establishment.clerk1', morning('2026-03-05')));
    expect(await waiting()).to.deep.equal(['finance', 'data', 'supervision']);
    await world.run('reform.confirm', { reformId }, by('data.head1', morning('2026-03-05')));
    expect(await waiting()).to.deep.equal(['finance', 'supervision']);
    for (const id of ['finance', 'supervision']) {
      await world.run('reform.confirm', { reformId }, by(`${id}.head1`, morning('2026-03-05')));
    }
    expect(await waiting()).to.deep.equal([]);
  });

  it('names all that follows from its day on, until it is recorded', async () => {
    await inForce(world, reform);
    expect(await follows('2026-03-08')).to.deep.equal([]);
    const first = await follows('2026-03-09');
    expect(first).to.deep.include.members([
      { command: 'reform.takeName', input: { department: 'supervision' } },
      { command: 'reform.moveDuty', input: { department: 'offices', code: 'OFFICES-01' } },
      { command: 'reform.moveDuty', input: { department: 'hrss', code: 'HRSS-01' } },
      { command: 'reform.moveMatter', input: { taskCode } },
      { command: 'case.succeed', input: { caseNo, reformId } },
      { command: 'sharing.succeed', input: { shareId, reformId } },
    ]);
    for (const one of first) {
      // One case can be named for several departments; the first act moves all of it.
      if ((await world.verdict(one, '2026-03-10')) !== 'taken') continue;
      await world.run(one.command as never, one.input as never, gateway('2026-03-10'));
    }
    expect(await follows('2026-03-11')).to.deep.equal([]);
    expect(world.index.record('case', caseNo)).to.include({ owner: 'finance', applicant: 'data' });
  });
});
