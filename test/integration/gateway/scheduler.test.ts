import { caseRecord } from '@yici/chaincode/model';
import type { Gateway, SchedulerSettings } from '@yici/gateway';
import { expect } from 'chai';
import type { Api } from './support/api.js';
import { failing, inFrontOf } from './support/in-front-of.js';
import { commit, digestOf, fileCase, leaseMatter, publishMatter, seed } from './support/story.js';
import { openWorld, type World } from './support/world.js';

const day = 86_400_000;
/** Rounds when the test says so: no timer comes round in its time, and nobody waits to be out of step. */
const onDemand: SchedulerSettings = {
  enabled: true,
  everySeconds: 3_600,
  spreadSeconds: 0,
  inFlight: 4,
};

interface Counted {
  readonly valid: Map<string, number>;
  readonly invalid: number;
}

describe('what time makes due, on the embedded network', function () {
  this.timeout(180_000);
  let world: World;
  let other: Gateway;
  let ahead = 0;
  const silent: string[] = [];
  const opened: string[] = [];
  let no: string;

  const clock = () => new Date(Date.now() + ahead);
  /** The present, for everybody; sessions do not last so long. */
  const goOn = (days: number) => {
    ahead += days * day;
    world.api.forgetSessions();
  };
  /** Both gateways at once, until neither finds anything. */
  const bothUntilDone = async (): Promise<number> => {
    let proposed = 0;
    for (let round = 0; round < 20; round += 1) {
      const rounds = await Promise.all([world.gateway.scheduler.tick(), other.scheduler.tick()]);
      const now = rounds.reduce((sum, one) => sum + one.proposed, 0);
      proposed += now;
      if (now === 0) return proposed;
      await caughtUp();
    }
    return proposed;
  };
  /** Whatever one gateway has in its index the other has, too. */
  const caughtUp = async () => {
    while (other.height() !== world.gateway.height()) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const counted = async (): Promise<Counted> => {
    const valid = new Map<string, number>();
    let invalid = 0;
    for (let block = 0; block < world.gateway.height(); block += 1) {
      for (const row of await world.gateway.index.transactionsOf(block)) {
        if (row.code.number !== 0) invalid += 1;
        else valid.set(row.function ?? '', (valid.get(row.function ?? '') ?? 0) + 1);
      }
    }
    return { valid, invalid };
  };
  const cards = async () =>
    (await world.api.get('supervision.supervisor1', '/v1/cards?limit=200')).each('items', 'cardId');
  const recordOf = (caseNo: string) => {
    return caseRecord.parse(world.gateway.index.record('case', caseNo));
  };

  async function fileOneThing(api: Api): Promise<string> {
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
    await commit(api, 'offices.clerk1', `${lease}/accept`, {});
    const decision = { outcome: 'granted', document: digestOf('granted') };
    await commit(api, 'offices.head1', `${lease}/decide`, decision);
    return filed.str('result.no');
  }

  before(async () => {
    world = await openWorld({ scheduler: onDemand }, false, clock);
    const { api } = world;
    await seed(api);
    other = await world.another('other', { scheduler: onDemand });
    await other.caughtUp();
    for (let n = 0; n < 4; n += 1) silent.push(await fileCase(api, 'data.clerk1'));
    for (let n = 0; n < 3; n += 1) {
      const caseNo = await fileCase(api, 'data.clerk1');
      await commit(api, 'offices.clerk1', `/v1/cases/${caseNo}/receive`, {});
      await commit(api, 'offices.clerk1', `/v1/cases/${caseNo}/accept`, {});
      opened.push(caseNo);
    }
  });

  after(async () => {
    await other.close();
    await world.close();
  });

  it('opens the next part of a one thing, whose number it issues', async () => {
    no = await fileOneThing(world.api);
    await caughtUp();
    await bothUntilDone();
    const { parts, status } = world.gateway.index.record('oneThingCase', no)!;
    expect(parts.map((part) => part.status)).to.deep.equal(['granted', 'open']);
    expect(parts[1]?.caseNo).to.match(/^MOVE0002-/);
    expect(status).to.equal('open');
    expect((await counted()).valid.get('oneThing:advance')).to.equal(1);
  });

  it('proposes nothing while nothing is due', async () => {
    expect(await bothUntilDone()).to.equal(0);
  });

  it('raises every card and records every silence once, though two gateways are at it', async () => {
    goOn(40);
    const proposed = await bothUntilDone();
    const { valid, invalid } = await counted();
    const raised = await cards();
    expect(new Set(raised).size).to.equal(raised.length);
    expect(valid.get('card:raise')).to.equal(raised.length);
    // Each silent case: its reply is red; each open step and each whole as well.
    for (const caseNo of silent) {
      expect(recordOf(caseNo).acceptance?.how, caseNo).to.equal('deemed');
      expect(raised.filter((id) => String(id).startsWith(`${caseNo}.reply.`))).to.have.lengthOf(1);
    }
    for (const caseNo of opened) {
      const [step] = recordOf(caseNo).steps;
      expect(step?.lapse?.kind).to.equal('escalate');
      expect(step?.lapse?.by).to.include({ user: 'data.gateway', role: 'gateway' });
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
    expect(proposed).to.be.at.most(committed * 2 + 4);
    expect(invalid).to.be.at.most(committed);
  });

  it('finds nothing to do after that, and says what it did', async () => {
    expect(await bothUntilDone()).to.equal(0);
    const metrics = (await world.api.call('GET', '/metrics')).text;
    expect(metrics).to.match(
      /yici_scheduler_proposals_total\{command="card.raise",outcome="committed"\} [1-9]/,
    );
    expect(metrics).to.include('yici_scheduler_on 1');
    const network = await world.api.call('GET', '/v1/network');
    expect(network.at('scheduler')).to.deep.equal({ on: true, obstacle: null });
  });

  it('is never the only way: what a member was first with is done, with no proposal of its own', async () => {
    const caseNo = await fileCase(world.api, 'data.clerk1');
    goOn(20);
    const red = { caseNo, what: 'reply', colour: 'red' };
    await commit(world.api, 'data.clerk1', '/v1/cards', red);
    await commit(world.api, 'data.clerk1', `/v1/cases/${caseNo}/deem-accepted`, {});
    await caughtUp();
    await bothUntilDone();
    const again = await world.api.run('offices.clerk1', '/v1/cards', red);
    expect([again.status, again.at('code')]).to.deep.equal([409, 'ALREADY_EXISTS']);
    expect(recordOf(caseNo).acceptance?.by.user).to.equal('data.clerk1');
    const outcomes = [world.gateway, other].flatMap(({ scheduler }) =>
      scheduler.counts().map(({ outcome }) => outcome),
    );
    expect(['committed', 'alreadyDone', 'lookAgain']).to.include.members(outcomes);
  });

  it('does the others when one fails, and leaves that one in peace for a while', async () => {
    const bad = await fileCase(world.api, 'data.clerk1');
    const good = await fileCase(world.api, 'data.clerk1');
    goOn(20);
    let asked = 0;
    const peer = inFrontOf(world.peer, {
      endorse: (request) => {
        if (!Buffer.from(request).includes(bad)) return world.peer.endorse(request);
        asked += 1;
        return failing({ code: 10, message: 'failed to endorse', details: [] });
      },
    });
    const third = await world.another('third', { scheduler: onDemand }, peer);
    try {
      await third.caughtUp();
      await third.scheduler.tick();
      expect(recordOf(good).acceptance?.how).to.equal('deemed');
      expect(recordOf(bad).state).to.equal('SUBMITTED');
      expect(asked).to.be.greaterThan(0);
      const before = asked;
      await third.scheduler.tick();
      expect(asked).to.equal(before);
      const failed = third.scheduler.counts().filter(({ outcome }) => outcome !== 'committed');
      expect(failed.map(({ outcome }) => outcome)).to.include('ENDORSEMENT_FAILED');
    } finally {
      await third.close();
    }
    await bothUntilDone();
    expect(recordOf(bad).acceptance?.how).to.equal('deemed');
  });

  it('stops a round when the peer is away, and goes on in the next', async () => {
    for (let n = 0; n < 3; n += 1) silent.push(await fileCase(world.api, 'data.clerk1'));
    goOn(20);
    let asked = 0;
    const peer = inFrontOf(world.peer, {
      endorse: () => {
        asked += 1;
        return failing({ code: 14, message: 'connection refused', details: [] });
      },
    });
    const third = await world.another('fourth', { scheduler: { ...onDemand, inFlight: 1 } }, peer);
    try {
      await third.caughtUp();
      const { due } = await third.scheduler.tick();
      expect(due).to.be.greaterThan(1);
      expect(asked).to.equal(1);
    } finally {
      await third.close();
    }
  });

  it('is off, and says so, without an identity of the role gateway or by configuration', async () => {
    const clerk = await world.another(
      'clerk',
      { scheduler: onDemand },
      undefined,
      undefined,
      'data.clerk1',
    );
    const off = await world.another('off', { scheduler: { ...onDemand, enabled: false } });
    try {
      for (const [gateway, obstacle] of [
        [clerk, 'roleMissing'],
        [off, 'disabled'],
      ] as const) {
        await gateway.caughtUp();
        expect(await gateway.scheduler.tick()).to.deep.equal({ due: 0, proposed: 0 });
        const network = await (await world.apiOn(gateway)).call('GET', '/v1/network');
        expect(network.at('scheduler')).to.deep.equal({ on: false, obstacle });
      }
      expect(world.log()).to.match(/"obstacle":"roleMissing".*the scheduler is off/);
    } finally {
      await clerk.close();
      await off.close();
    }
  });

  it('leaves alone what is filed with a supplement still in time, and withdraws it after', async () => {
    const { api } = world;
    const caseNo = await fileCase(api, 'data.clerk1');
    const path = `/v1/cases/${caseNo}`;
    await commit(api, 'offices.clerk1', `${path}/receive`, {});
    const items = [{ code: 'application', deficiency: 'wrong' }];
    const limit = { value: 5, unit: 'workingDay' };
    await commit(api, 'offices.clerk1', `${path}/supplement-notice`, { items, limit });
    await caughtUp();
    await bothUntilDone();
    expect(recordOf(caseNo).state).to.equal('SUPPLEMENT_NOTIFIED');
    goOn(12);
    await bothUntilDone();
    expect(recordOf(caseNo).state).to.equal('DEEMED_WITHDRAWN');
    expect(
      (await cards()).filter((id) => String(id).startsWith(`${caseNo}.supplement`)),
    ).to.have.lengthOf(1);
  });
});
