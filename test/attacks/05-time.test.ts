import { caseRecord } from '@yici/domain/model';
import { ClientError, createPemSigner, YiciClient } from '@yici/client';
import { expect } from 'chai';
import {
  commit,
  fileCase,
  filing,
  leaseMatter,
  publishMatter,
  seed,
} from '../integration/gateway/support/story.js';
import { openWorld, type World } from '../integration/gateway/support/world.js';
import { onDemand } from '../support/domain/due.js';
import { RawActor } from '../support/gateway/raw-acts.js';
import { workingDays } from '../support/matter.js';
import { sealedVoucher } from '../support/vouchers.js';

const second = 1_000;
const minute = 60 * second;
const day = 86_400_000;

/** The instant in Shanghai. */
const shanghai = (date: string, time: string) => new Date(`${date}T${time}+08:00`);

describe('the time of an act, under attack', function () {
  this.timeout(180_000);
  let world: World;
  let ahead = 0;

  const now = () => Date.now() + ahead;
  const goTo = (instant: Date) => {
    expect(instant.getTime(), 'clocks go forward').to.be.greaterThan(now());
    ahead = instant.getTime() - Date.now();
    world.api.forgetSessions();
  };
  const actor = async (user: string) =>
    new RawActor(await world.network.identity(user), world.peer, world.network.channel);
  const recordOf = (caseNo: string) => caseRecord.parse(world.gateway.index.record('case', caseNo));
  const codeOf = async (txId: string): Promise<string> => {
    for (;;) {
      const row = world.gateway.index.transaction(txId);
      if (row !== undefined) return row.code.name;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  /** What the peer answers to a proposal; its words when it refuses. */
  const refusalOf = (act: Promise<unknown>): Promise<string> =>
    act.then(
      () => 'endorsed',
      (error: unknown) => JSON.stringify(error) + String(error),
    );
  /** An accepted case that a law gives a limit, which can be extended; the Establishment Office owes its opinion. */
  const opened = async (): Promise<string> => {
    const limited = { ...leaseMatter, taskCode: 'LEASE0009', statutoryLimit: workingDays(20) };
    await publishMatter(world.api, limited);
    const filed = { ...filing, taskCode: limited.taskCode };
    const caseNo = (await commit(world.api, 'data.clerk1', '/v1/cases', filed)).str(
      'result.caseNo',
    );
    await commit(world.api, 'offices.clerk1', `/v1/cases/${caseNo}/receive`, {});
    await commit(world.api, 'offices.clerk1', `/v1/cases/${caseNo}/accept`, sealedVoucher);
    return caseNo;
  };

  before(async () => {
    world = await openWorld({ scheduler: onDemand }, false, () => new Date(now()));
    await seed(world.api);
  });

  after(() => world.close());

  it('does not commit an act that was endorsed, held back, and handed over when others had gone on', async () => {
    const caseNo = await fileCase(world.api, 'data.clerk1');
    const offices = await actor('offices.clerk1');
    const held = await offices.act('case:receive', { caseNo }, new Date(now()));
    goTo(new Date(now() + 20 * minute));
    await fileCase(world.api, 'data.clerk1');
    await world.gateway.scheduler.tick();
    await held.submit();
    expect(await codeOf(held.txId)).to.equal('MVCC_READ_CONFLICT');
    expect(recordOf(caseNo).state).to.equal('SUBMITTED');
  });

  it('lets nobody stamp midnight early against a department that has its last minutes left', async () => {
    const caseNo = await fileCase(world.api, 'data.clerk1');
    const { replyBy } = recordOf(caseNo);
    goTo(shanghai(replyBy, '23:56:30'));
    const rival = await actor('data.clerk1');
    const stamped = new Date(now() + 4 * minute);
    expect(await refusalOf(rival.act('case:deemAccepted', { caseNo }, stamped))).to.contain(
      'DEEMED_ACCEPTANCE_NOT_DUE',
    );
    const red = { caseNo, what: 'reply', colour: 'red' };
    expect(await refusalOf(rival.act('card:raise', red, stamped))).to.contain('CARD_NOT_DUE');
  });

  it('lets no stamp of another make late what a department did inside its limit', async () => {
    const caseNo = await opened();
    const { dueOn = '' } = recordOf(caseNo).steps[0] ?? {};
    goTo(shanghai(dueOn, '23:57:00'));
    const rival = await actor('offices.clerk1');
    const early = new Date(now() + 4 * minute);
    const limit = { value: 1, unit: 'workingDay' };
    const asked = { caseNo, limit, reasonCode: 'complex' as const, grounds: filing.form };
    const urged = await rival.act('case:requestExtension', asked, early);
    await urged.submit();
    expect(await codeOf(urged.txId)).to.equal('VALID');
    const opinion = { stepId: 'headcount', answer: 'agree', document: filing.form };
    await commit(world.api, 'establishment.clerk1', `/v1/cases/${caseNo}/opinion`, opinion);
    const [step] = recordOf(caseNo).steps;
    expect(step?.late).to.equal(false);
    expect(step?.answeredAt?.slice(0, 10), 'on its own day').to.equal(dueOn);
  });

  it('has no client sign what a lying gateway dates back', async () => {
    const { mspId, certificatePem, keyPem } = await world.network.identity('data.clerk1');
    const { channel, genesisHash } = world.network;
    const behind = new YiciClient({
      baseUrl: world.url,
      identity: {
        ...{ mspId, certificate: certificatePem, sign: createPemSigner(keyPem) },
        pins: {
          ...{ channel, chaincode: 'yici', genesisHash },
          gateways: [{ audience: 'door of the test', addresses: [world.url] }],
        },
      },
    });
    await behind.login();
    const height = world.gateway.height();
    try {
      const skewed = () => new Date(now() + 4 * minute);
      await behind.execute('case.submit', { ...filing }, { now: skewed });
      expect.fail('signed');
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      expect(error.code).to.equal('TIME_NOT_NOW');
      expect(error.details['seconds']).to.be.within(-250, -230);
      expect(error.message).to.match(/Set the clock.*report it/);
    }
    expect(world.gateway.height()).to.equal(height);
    await behind.execute('case.submit', { ...filing }, { now: () => new Date(now()) });
  });

  it('locks nobody out by a beacon stamped as far ahead as peers allow', async () => {
    goTo(new Date(now() + day));
    const gateway = await actor('data.gateway');
    const beacon = await gateway.act('time:beacon', {}, new Date(now() + 5 * minute - second));
    await beacon.submit();
    expect(await codeOf(beacon.txId)).to.equal('VALID');
    const caseNo = await fileCase(world.api, 'data.clerk1');
    const slow = await actor('offices.clerk1');
    const stamped = new Date(now() - 4 * minute);
    const held = await slow.act('case:receive', { caseNo }, stamped);
    goTo(new Date(now() + minute));
    await world.gateway.scheduler.tick();
    await held.submit();
    expect(await codeOf(held.txId)).to.equal('VALID');
  });
});
