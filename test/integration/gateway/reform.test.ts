import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSigner, encodeIdentity, parseConfigBlock, signedUpdate } from '@yici/ledger';
import { submitChange } from '@yici/network';
import {
  channelChanges,
  freePorts,
  planChange,
  proposeChange,
  readUser,
  withSignature,
} from '@yici/network/testing';
import { expect } from 'chai';
import { yiciAs } from '../../support/gateway/desk.js';
import { until } from '../../support/domain/stand.js';
import { sealedVoucher } from '../../support/vouchers.js';
import { tellsMerger } from '../../support/domain/reform.js';
import { commit, digestOf, fileCase, seed } from './support/story.js';
import { openTimedWorld, type TimedWorld } from './support/timed-world.js';
import { openWorld, worldTopology, type World } from './support/world.js';

describe('a merger of departments, on the embedded network', function () {
  this.timeout(180_000);
  let opened: TimedWorld;

  before(async () => {
    opened = await openTimedWorld();
  });
  after(() => opened.close());

  tellsMerger(() => opened.stand());
});

describe('yici department retire', function () {
  this.timeout(180_000);
  let directory: string;
  let world: World;
  let caseNo: string;
  let closing = () => Promise.resolve();

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'yici-retire-'));
    const [orderer = 0] = await freePorts(1);
    const [first, ...others] = worldTopology.departments;
    const departments = [{ ...first!, ports: { ...first!.ports, orderer } }, ...others];
    world = await openWorld({}, true, undefined, { directory, topology: { departments } });
    const { api } = world;
    await seed(api);
    await holdsArchives('offices');
    caseNo = await fileCase(api, 'data.clerk1');
    await commit(api, 'offices.clerk1', `/v1/cases/${caseNo}/receive`, {});
    await commit(api, 'offices.clerk1', `/v1/cases/${caseNo}/accept`, sealedVoucher);
  });
  after(async () => {
    await closing();
    await world.close();
    rmSync(directory, { recursive: true, force: true });
  });

  /** Another claims the function, and a majority declares for it. */
  async function holdsArchives(id: string) {
    const { api } = world;
    const functions = ['archives'];
    await commit(api, `${id}.head1`, '/v1/departments/update', { claim: functions });
    for (const other of ['establishment', 'data', 'supervision']) {
      const claims = (await api.get('data.head1', `/v1/departments/${id}`)).list('claims');
      if (other === id || claims.length === 0) continue;
      await commit(api, `${other}.head1`, `/v1/departments/${id}/confirm`, { functions });
    }
  }

  const run = (user: string, ...more: string[]) =>
    yiciAs(world, user, 'department', 'retire', 'offices', '--lang', 'zh', ...more);
  async function stage(user = 'supervision.head1', ...more: string[]) {
    const { exitCode, out, notes } = await run(user, '--json', ...more);
    expect(exitCode, notes.join('\n')).to.be.lessThan(2);
    const json = JSON.parse(out.at(-1) ?? '') as Record<string, never> & {
      readonly stage: string;
      readonly passed: readonly { readonly command: string; readonly code?: string }[];
    };
    return { exitCode, json, at: json.stage };
  }

  it('says what is to be decided, then who confirms it', async () => {
    const undecided = await stage('establishment.head1');
    expect([undecided.at, undecided.exitCode]).to.deep.equal(['undecided', 1]);
    // It names cases: neither of those whom it concerns.
    expect((await run('data.clerk1')).exitCode).to.equal(1);
    const document = { number: '浙政函〔2026〕13号', title: '机构改革方案', ...digestOf('x') };
    await commit(world.api, 'establishment.clerk1', '/v1/reforms', {
      ...{ reformId: 'reform-2', effectiveOn: '2020-01-01' },
      decision: { organ: '省人民政府', document },
      changes: [{ kind: 'everything', department: 'offices', to: 'supervision' }],
    });
    expect((await stage()).at).to.equal('unconfirmed');
    expect((await run('supervision.head1')).out.join('\n')).to.include('reform confirm reform-2');
  });

  it('passes on what the successor gets, once, and says what the department holds still', async () => {
    const { api } = world;
    await commit(api, 'supervision.head1', '/v1/reforms/reform-2/confirm', {});
    expect((await stage('supervision.head1', '--only-show')).at).to.equal('passing');
    const { at, json } = await stage();
    expect(json.passed.filter(({ code }) => code !== undefined)).to.deep.equal([]);
    const commands = json.passed.map(({ command }) => command);
    expect(commands).to.include.members(['case.succeed', 'reform.moveMatter']);
    const record = await api.get('data.clerk1', `/v1/cases/${caseNo}`);
    expect(record.at('owner')).to.equal('supervision');
    expect(at).to.equal('open');
    const again = await stage();
    expect([again.at, again.json.passed]).to.deep.equal(['open', []]);
    const { out } = await run('supervision.head1');
    expect(out.join('\n')).to.include('yici department update --claim archives');
  });

  it('names the command that takes it out of the channel, and is done when it is out; its gateway says so and writes nothing', async () => {
    const { api, network } = world;
    const peer = network.peer('OfficesMSP');
    const own = await world.another('offices', {}, peer, new Map(), 'offices.service1');
    closing = () => own.close();
    await own.caughtUp();
    const atOwn = await world.apiOn(own);
    const ready = () => atOwn.call('GET', '/readyz');
    expect((await ready()).status).to.equal(200);
    const { token } = await atOwn.as('data.head1');
    await holdsArchives('data');
    expect((await stage()).at).to.equal('channel');
    const { out } = await run('supervision.head1');
    expect(out.join('\n')).to.include('yici-network channel propose remove-department OfficesMSP');
    await takenOutOfChannel(world, 'OfficesMSP');
    const isOut = () => own.obstacles().some(({ en }) => en.startsWith('DEPARTMENT_OUT'));
    await until('its gateway knows', isOut);
    const said = await ready();
    expect([said.status, said.at('obstacles.0')]).to.satisfy(
      ([status, text]: [number, string]) => status === 503 && /停止本部门的网关和节点/.test(text),
    );
    const body = { systemId: 'sys-2' };
    const refused = await atOwn.call('POST', '/v1/departments/update', { token, body });
    expect([refused.status, refused.at('code')]).to.deep.equal([403, 'DEPARTMENT_OUT']);
    await commit(api, 'data.head1', '/v1/departments/update', body);
    const ended = await stage();
    expect([ended.at, ended.exitCode]).to.deep.equal(['ended', 0]);
  });
});

/** The departments that stay sign that it leaves the channel, and one submits. */
async function takenOutOfChannel({ api, gateway, network, directory }: World, mspId: string) {
  const blocks = (await api.get('data.clerk1', '/v1/config-blocks')).each('items', 'block');
  const config = parseConfigBlock(Buffer.from(String(blocks.at(-1)), 'base64'));
  const removal = channelChanges.find(({ name }) => name === 'remove-department');
  const signers = ['establishment', 'data', 'supervision'].map((id) =>
    readUser(network.topology, join(directory, 'state'), `${id}.admin`),
  );
  const file = signers.reduce(withSignature, proposeChange(config, removal!.read({ mspId })));
  const { mspId: msp, certificatePem, keyPem } = await network.identity('data.admin');
  await submitChange({
    sender: { creator: encodeIdentity(msp, certificatePem), sign: createSigner(keyPem) },
    ...{ configNow: () => Promise.resolve(gateway.config()), before: config },
    ...{ next: planChange(config, file).next, signed: signedUpdate(file) },
    progress: () => undefined,
  });
}
