import { caseRecord } from '@yici/domain/model';
import type { Gateway, SchedulerSettings } from '@yici/gateway/testing';
import { expect } from 'chai';
import type { Door } from '../../integration/gateway/support/api.js';
import {
  commit,
  digestOf,
  fileCase,
  leaseMatter,
  publishMatter,
} from '../../integration/gateway/support/story.js';
import { deliverTo } from './sharing.js';
import { until, type TimedStand } from './stand.js';
import { readValues } from './values.js';
import { sealedVoucher } from '../vouchers.js';

/** Rounds when a story says so: no timer comes round in its time, and nobody waits to be out of step. */
export const onDemand: SchedulerSettings = {
  enabled: true,
  everySeconds: 3_600,
  spreadSeconds: 0,
  inFlight: 4,
};

interface Counted {
  readonly valid: Map<string, number>;
  readonly invalid: number;
}

/** What one gateway has in its index the other has, too. */
export const level = ([one, other]: TimedStand['schedulers']): Promise<void> =>
  until('the two gateways are level', () => one.height() === other.height());

/** Both gateways at once, until neither finds anything. Answers how much they proposed. */
export async function bothUntilDone(schedulers: TimedStand['schedulers']): Promise<number> {
  let proposed = 0;
  for (let round = 0; round < 20; round += 1) {
    const rounds = await Promise.all(schedulers.map(({ scheduler }) => scheduler.tick()));
    const now = rounds.reduce((sum, one) => sum + one.proposed, 0);
    proposed += now;
    if (now === 0) return proposed;
    await level(schedulers);
  }
  return proposed;
}

async function counted(gateway: Gateway): Promise<Counted> {
  const valid = new Map<string, number>();
  let invalid = 0;
  for (let block = 0; block < gateway.height(); block += 1) {
    for (const row of await gateway.index.transactionsOf(block)) {
      if (row.code.number !== 0) invalid += 1;
      else valid.set(row.function ?? '', (valid.get(row.function ?? '') ?? 0) + 1);
    }
  }
  return { valid, invalid };
}

/** A one thing of two parts, the first of them granted. */
async function fileOneThing(api: Door): Promise<string> {
  const code = 'MOVE01';
  const matter = { ...leaseMatter, flow: [] };
  await publishMatter(api, { ...matter, taskCode: 'MOVE0001' });
  await publishMatter(api, { ...matter, taskCode: 'MOVE0002' }, 'data');
  const draft = await commit(api, 'offices.clerk1', '/v1/one-things', {
    code,
    name: { zh: '搬迁“一件事”', en: 'Moving house' },
    nodes: [
      { id: 'lease', taskCode: 'MOVE0001', matterVersion: 1, after: [] },
      { id: 'network', taskCode: 'MOVE0002', matterVersion: 1, after: ['lease'] },
    ],
    same: [],
    promisedLimit: { value: 14, unit: 'workingDay' },
    policyDocuments: [],
    effectiveFrom: '2020-01-01',
  });
  const body = { version: 1, contentDigest: draft.at('result.contentDigest') };
  for (const head of ['offices.head1', 'data.head1', 'establishment.head1']) {
    await commit(api, head, `/v1/one-things/${code}/cosign`, body);
  }
  await commit(api, 'offices.clerk1', `/v1/one-things/${code}/publish`, { version: 1 });
  const filed = await commit(api, 'establishment.clerk1', '/v1/one-thing-cases', {
    code,
    version: 1,
    form: digestOf('one form'),
    materials: [{ code: 'application', document: digestOf('application') }],
  });
  const lease = `/v1/cases/${filed.str('result.parts.0.caseNo')}`;
  await commit(api, 'offices.clerk1', `${lease}/receive`, {});
  await commit(api, 'offices.clerk1', `${lease}/accept`, sealedVoucher);
  const decision = { outcome: 'granted', document: digestOf('granted') };
  await commit(api, 'offices.head1', `${lease}/decide`, decision);
  return filed.str('result.no');
}

/**
 * What time makes due, proposed by the schedulers of two gateways, on a stand that was seeded and whose present moves on by
 * months: told last where others are told too. Registers the tests.
 */
export function tellsWhatIsDue(stand: () => TimedStand): void {
  const silent: string[] = [];
  const opened: string[] = [];
  /** A share whose term and retention run out while nobody ends it. */
  const lapsing = 'share-lapsing';
  let endedBefore = 0;
  const first = () => stand().schedulers[0];
  const caughtUp = () => level(stand().schedulers);
  const done = () => bothUntilDone(stand().schedulers);
  const cards = async () =>
    (await stand().api.get('supervision.supervisor1', '/v1/cards?limit=200')).each(
      'items',
      'cardId',
    );
  const eventsOf = async (caseNo: string, type: string) =>
    (await stand().api.get('data.clerk1', `/v1/cases/${caseNo}/events`))
      .each('items', 'type')
      .filter((each) => each === type);
  const recordOf = (caseNo: string) => caseRecord.parse(first().index.record('case', caseNo));

  before(async () => {
    const { api } = stand();
    endedBefore = (await counted(first())).valid.get('sharing:end') ?? 0;
    await deliverTo(api, lapsing, 'establishment.posts');
    for (let n = 0; n < 4; n += 1) silent.push(await fileCase(api, 'data.clerk1'));
    for (let n = 0; n < 3; n += 1) {
      const caseNo = await fileCase(api, 'data.clerk1');
      await commit(api, 'offices.clerk1', `/v1/cases/${caseNo}/receive`, {});
      await commit(api, 'offices.clerk1', `/v1/cases/${caseNo}/accept`, sealedVoucher);
      opened.push(caseNo);
    }
  });

  it('opens the next part of a one thing, whose number it issues', async () => {
    const no = await fileOneThing(stand().api);
    await caughtUp();
    await done();
    const { parts, status } = first().index.record('oneThingCase', no)!;
    expect(parts.map((part) => part.status)).to.deep.equal(['granted', 'open']);
    expect(parts[1]?.caseNo).to.match(/^MOVE0002-/);
    expect(status).to.equal('open');
    expect((await counted(first())).valid.get('oneThing:advance')).to.equal(1);
  });

  it('proposes nothing while nothing is due', async () => {
    expect(await done()).to.equal(0);
  });

  it('raises every card and records every silence once, though two gateways are at it', async () => {
    stand().goOn(40);
    const proposed = await done();
    const { valid, invalid } = await counted(first());
    const raised = await cards();
    expect(new Set(raised).size).to.equal(raised.length);
    const raisings = ['card:raise', 'card:raiseOther'].map((name) => valid.get(name) ?? 0);
    expect(raisings.reduce((sum, count) => sum + count)).to.equal(raised.length);
    // Each silent case: its reply is red; each open step and each whole as well.
    for (const caseNo of silent) {
      expect(recordOf(caseNo).acceptance?.how, caseNo).to.equal('deemed');
      expect(await eventsOf(caseNo, 'case.deemAccepted')).to.have.lengthOf(1);
      expect(raised.filter((id) => String(id).startsWith(`${caseNo}.reply.`))).to.have.lengthOf(1);
    }
    for (const caseNo of opened) {
      const [step] = recordOf(caseNo).steps;
      expect(step?.lapse?.kind).to.equal('escalate');
      expect(step?.lapse?.by.role).to.equal('gateway');
      expect(stand().proposers).to.include(step?.lapse?.by.user);
      expect(await eventsOf(caseNo, 'case.lapseStep')).to.have.lengthOf(1);
      const red = raised.filter((id) => String(id).startsWith(`${caseNo}.`));
      expect(red.map((id) => String(id).split('.')[1]).sort()).to.include.members([
        'finish',
        'opinion',
      ]);
    }
    expect(valid.get('case:deemAccepted')).to.be.at.least(silent.length);
    // Two at most a thing: nobody floods the network, and what came second was refused or found nothing.
    const committed = [...valid].reduce(
      (sum, [name, count]) => (/^(card|case:deem|case:lapse)/.test(name) ? sum + count : sum),
      0,
    );
    // A few more meet another act on the same case, and are proposed once more.
    const others = 4;
    expect(proposed).to.be.at.most(committed * 2 + others);
    expect(invalid).to.be.at.most(committed + others);
  });

  it('ends a share whose term is over, and purges at both departments what was not disposed of in time', async () => {
    const { api } = stand();
    const share = await api.get('offices.clerk1', `/v1/shares/${lapsing}`);
    expect(share.at('state'), share.text).to.equal('DISPOSED');
    expect([share.at('ended.reason'), share.at('disposal.how')]).to.deep.equal([
      'termOver',
      'term',
    ]);
    expect(stand().proposers).to.include(share.at('disposal.by.user'));
    for (const user of ['establishment.clerk1', 'offices.head1']) {
      const held = await readValues(api, user, `/v1/shares/${lapsing}/values`);
      expect(held.at('deliveries'), held.text).to.deep.equal([]);
    }
    const { valid } = await counted(first());
    expect([valid.get('sharing:end'), valid.get('sharing:purgeExpired')]).to.deep.equal([
      endedBefore + 1,
      1,
    ]);
  });

  it('finds nothing to do after that, and says what it did', async () => {
    expect(await done()).to.equal(0);
    const url = stand().api.urlOf('data.clerk1');
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).to.match(
      /yici_scheduler_proposals_total\{command="card.raise",outcome="committed"\} [1-9]/,
    );
    expect(metrics).to.include('yici_scheduler_on 1');
    const network = await stand().api.get('data.clerk1', '/v1/network');
    expect(network.at('scheduler')).to.deep.equal({ on: true, obstacle: null });
  });

  it('is never the only way: what a member was first with is done, with no proposal of its own', async () => {
    const caseNo = await fileCase(stand().api, 'data.clerk1');
    stand().goOn(20);
    const red = { caseNo, what: 'reply', colour: 'red' };
    await commit(stand().api, 'data.clerk1', '/v1/cards', red);
    await commit(stand().api, 'data.clerk1', `/v1/cases/${caseNo}/deem-accepted`, {});
    await caughtUp();
    await done();
    const again = await stand().api.run('offices.clerk1', '/v1/cards', red);
    expect([again.status, again.at('code')]).to.deep.equal([409, 'ALREADY_EXISTS']);
    expect(recordOf(caseNo).acceptance?.by.user).to.equal('data.clerk1');
    const outcomes = stand().schedulers.flatMap(({ scheduler }) =>
      scheduler.counts().map(({ outcome }) => outcome),
    );
    expect(['committed', 'alreadyDone', 'lookAgain']).to.include.members(outcomes);
  });

  it('leaves alone what is filed with a supplement still in time, and withdraws it after', async () => {
    const { api } = stand();
    const caseNo = await fileCase(api, 'data.clerk1');
    const path = `/v1/cases/${caseNo}`;
    await commit(api, 'offices.clerk1', `${path}/receive`, {});
    const items = [{ code: 'application', deficiency: 'wrong' }];
    const limit = { value: 5, unit: 'workingDay' };
    await commit(api, 'offices.clerk1', `${path}/supplement-notice`, { items, limit });
    await caughtUp();
    await done();
    expect(recordOf(caseNo).state).to.equal('SUPPLEMENT_NOTIFIED');
    stand().goOn(12);
    await done();
    expect(recordOf(caseNo).state).to.equal('DEEMED_WITHDRAWN');
    expect(
      (await cards()).filter((id) => String(id).startsWith(`${caseNo}.supplement`)),
    ).to.have.lengthOf(1);
  });
}
