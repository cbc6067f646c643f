import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureAccounts } from '@yici/gateway/testing';
import { expect } from 'chai';
import { yiciAs } from '../../support/gateway/desk.js';
import { sealedVoucher } from '../../support/vouchers.js';
import { shanghai } from '../../support/domain/stand.js';
import type { Answer } from './support/api.js';
import { commit, fileCase, seed } from './support/story.js';
import { openWorld, worldTopology, type World } from './support/world.js';

const [clerks, premises, office, leaders] = ['综合科', '房产科', '办公室', '局领导'];
const users = [
  { name: 'offices.clerk1', role: 'clerk', section: clerks },
  { name: 'offices.clerk2', role: 'clerk', section: clerks },
  { name: 'offices.head1', role: 'head', section: leaders },
  { name: 'offices.head2', role: 'head', section: premises },
  { name: 'offices.head3', role: 'head', section: office },
  { name: 'offices.head4', role: 'head', section: premises },
  { name: 'offices.service1', role: 'service' },
] as const;

const fourLevels = {
  command: 'case.supplementNotice',
  levels: [
    { role: 'clerk', section: clerks },
    { role: 'head', section: premises },
    { role: 'head', section: office },
    { role: 'head', section: leaders },
  ],
};
const twoLevels = {
  command: 'case.accept',
  levels: [{ role: 'clerk' }, { role: 'head', section: leaders }],
  direct: [{ role: 'head', section: office }],
};
const secret = '租金依据请补充说明';

/** What of an input is not in the path. */
const bodyOf = (input: object) =>
  Object.fromEntries(Object.entries(input).filter(([name]) => name !== 'caseNo'));

describe('sign-off inside a department', function () {
  this.timeout(240_000);
  let world: World;
  let folder: string;

  const call = async (method: string, user: string, path: string, body: unknown) =>
    world.api.call(method, path, { body, token: (await world.api.as(user)).token });
  const chains = (user: string, version: number, given: unknown) =>
    call('PUT', user, '/v1/signoff/chains', { version, chains: given });
  const begin = (user: string, command: string, input: unknown) =>
    world.api.post(user, '/v1/signoffs', { command, title: '补正', input, comment: '拟补正' });
  const step = (user: string, id: string, name: string, body: object) =>
    world.api.post(user, `/v1/signoffs/${id}/${name}`, body);
  const codeOf = (answer: Answer) => [answer.status, answer.at('code')];
  const waiting = async (user: string) =>
    (await world.api.get(user, '/v1/signoffs?waiting=true')).each('items', 'id');
  const received = async () => {
    const caseNo = await fileCase(world.api, 'data.clerk1');
    await commit(world.api, 'offices.clerk1', `/v1/cases/${caseNo}/receive`, {});
    return caseNo;
  };
  const notice = (caseNo: string, value = 3) => ({
    caseNo,
    items: [{ code: 'application', deficiency: 'unclear', note: secret }],
    limit: { value, unit: 'workingDay' },
  });
  const handOn = async (delegationId: string, from: string, to: string) => {
    const today = shanghai(0);
    const body = { delegationId, from, to, role: 'head', fromDay: today, toDay: today };
    const granted = { ...body, reasonCode: 'leave' };
    await commit(world.api, 'offices.head1', '/v1/delegations', granted);
    for (const user of [from, to]) {
      await commit(world.api, user, `/v1/delegations/${delegationId}/accept`, {});
    }
  };

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'yici-signoff-'));
    const departments = worldTopology.departments.map((one) =>
      one.id === 'offices' ? { ...one, users: [...users] } : one,
    );
    world = await openWorld({}, false, undefined, {
      directory: join(folder, 'world'),
      topology: { departments },
    });
    await seed(world.api);
  });
  after(async () => {
    await world.close();
    rmSync(folder, { recursive: true });
  });

  it('is configured by the department’s administrator, act by act, and the change is journalled', async () => {
    const given = [fourLevels, twoLevels];
    expect(codeOf(await chains('offices.head1', 0, given))).to.deep.equal([403, 'ROLE_REFUSED']);
    const decide = { command: 'case.decide', levels: [{ role: 'head' }, { role: 'clerk' }] };
    const wrong = [
      { ...twoLevels, levels: [{ role: 'head' }] },
      { ...twoLevels, command: 'case.vanish' },
      decide,
      { ...decide, levels: [{ role: 'clerk' }, { role: 'head' }], onePerson: true },
    ];
    for (const one of wrong) {
      const refused = await chains('offices.admin', 0, [one]);
      expect(codeOf(refused), refused.text).to.deep.equal([400, 'VALIDATION_FAILED']);
    }
    const set = await chains('offices.admin', 0, given);
    expect([set.status, set.at('version'), set.at('changedBy')], set.text).to.deep.equal([
      ...[200, 1],
      'offices.admin',
    ]);
    const late = await chains('offices.admin', 0, []);
    expect(codeOf(late)).to.deep.equal([409, 'SIGNOFF_CHAINS_CHANGED']);
    const shown = await world.api.get('offices.clerk1', '/v1/signoff/chains');
    expect(shown.at('chains')).to.deep.equal(given);
    const lines = await world.api.get('supervision.supervisor1', '/v1/journal?kind=signoff.chains');
    expect(lines.each('items', 'by')).to.deep.equal([
      { department: 'offices', role: 'admin', user: 'offices.admin' },
    ]);
  });

  it('is asked for where the department has a chain, but of those who may act without it', async () => {
    const caseNo = await received();
    const path = `/v1/cases/${caseNo}`;
    const body = bodyOf(notice(caseNo));
    const refused = await world.api.post('offices.clerk1', `${path}/supplement-notice`, body);
    expect(codeOf(refused)).to.deep.equal([403, 'SIGNOFF_REQUIRED']);
    expect(refused.at('details.levels')).to.deep.equal(fourLevels.levels);
    const accepted = await world.api.post('offices.head1', `${path}/accept`, sealedVoucher);
    expect(codeOf(accepted)).to.deep.equal([403, 'SIGNOFF_REQUIRED']);
    await commit(world.api, 'offices.head3', `${path}/accept`, sealedVoucher);
    const none = await begin('offices.clerk1', 'case.receive', { caseNo });
    expect(codeOf(none)).to.deep.equal([409, 'SIGNOFF_UNCONFIGURED']);
  });

  it('goes up four levels, back to the drafter, past an absence and a restart, and ends in one signed act', async () => {
    const caseNo = await received();
    const begun = await begin('offices.clerk1', 'case.supplementNotice', notice(caseNo));
    expect(begun.status, begun.text).to.equal(201);
    const id = begun.str('id');
    expect(await waiting('offices.head2')).to.deep.equal([id]);
    expect(await waiting('offices.head1')).to.deep.equal([]);
    const first = await step('offices.head2', id, 'approve', {
      ...{ version: 1, comment: '期限改为五日' },
      input: notice(caseNo, 5),
    });
    expect(first.status, first.text).to.equal(200);
    expect(first.at('changes.1')).to.deep.equal([{ path: '/limit/value', before: 3, after: 5 }]);

    // Neither out of turn, nor by another office.
    const early = await step('offices.head1', id, 'issue', { version: 2 });
    expect(codeOf(early)).to.deep.equal([403, 'SIGNOFF_NOT_YOURS']);
    const back = await step('offices.head3', id, 'return', {
      ...{ version: 2, to: 'drafter', comment: '请写明依据' },
    });
    expect(back.at('level'), back.text).to.equal(0);
    expect(await waiting('offices.clerk1')).to.deep.equal([id]);
    const second = await step('offices.clerk1', id, 'approve', {
      ...{ version: 3, comment: '已补充' },
      input: { ...notice(caseNo, 5), items: [{ ...notice(caseNo).items[0], note: '已写明依据' }] },
    });
    expect(second.at('changes.3.0.after'), second.text).to.equal('已写明依据');

    // Head 2 is absent: a clerk of another section stands in, and the drafter may not.
    await handOn('dlg-1', 'offices.head2', 'offices.clerk2');
    await handOn('dlg-2', 'offices.head2', 'offices.clerk1');
    const version = second.at('version');
    const alone = await step('offices.clerk2', id, 'approve', { version });
    expect(codeOf(alone)).to.deep.equal([403, 'SIGNOFF_NOT_YOURS']);
    const own = await step('offices.clerk1', id, 'approve', { version, under: 'dlg-2' });
    expect(codeOf(own)).to.deep.equal([403, 'SIGNOFF_SAME_PERSON']);
    expect(await waiting('offices.clerk2')).to.deep.equal([id]);
    const stoodIn = await step('offices.clerk2', id, 'approve', { version, under: 'dlg-1' });
    expect(stoodIn.at('chain.rounds.4.by'), stoodIn.text).to.deep.equal({
      ...{ role: 'head', section: premises, user: 'offices.clerk2' },
      ...{ for: 'offices.head2', under: 'dlg-1' },
    });

    await world.gateway.close();
    await world.reopen();
    expect(await waiting('offices.head3')).to.deep.equal([id]);
    const inbox = async (user: string) => {
      const [first] = (await world.api.get(user, '/v1/inbox?limit=1')).list('items');
      return first as { todo: string; signoffId?: string; caseNo: string };
    };
    const line = { signoffId: id, caseNo };
    expect(await inbox('offices.head3')).to.deep.include({ todo: 'reviewAct', ...line });
    expect((await inbox('offices.head1')).signoffId).to.equal(undefined);
    await step('offices.head3', id, 'approve', { version: 5 });
    expect(await inbox('offices.head1')).to.deep.include({ todo: 'issueAct', ...line });
    const issued = await step('offices.head1', id, 'issue', { version: 6, comment: '同意' });
    expect(issued.at('state'), issued.text).to.equal('signing');
    const proof = issued.at('signoff');
    const body = bodyOf(issued.at('input') as object);
    const path = `/v1/cases/${caseNo}/supplement-notice`;

    const changed = { ...body, limit: { value: 4, unit: 'workingDay' }, signoff: proof };
    for (const [user, given, problem] of [
      ['offices.head1', changed, 'act'],
      ['offices.head3', { ...body, signoff: proof }, 'signer'],
      [
        'offices.head1',
        { ...body, signoff: { ...(proof as object), digest: '0'.repeat(64) } },
        'chain',
      ],
    ] as const) {
      const refused = await world.api.post(user, path, given);
      expect(codeOf(refused), refused.text).to.deep.equal([409, 'SIGNOFF_MISMATCH']);
      expect(refused.at('details.problem')).to.equal(problem);
    }
    const done = await commit(world.api, 'offices.head1', path, { ...body, signoff: proof });
    const view = await world.api.get('offices.clerk1', `/v1/signoffs/${id}`);
    expect([view.at('state'), view.at('txId')]).to.deep.equal(['issued', done.at('txId')]);
    const events = await world.api.get('data.clerk1', `/v1/cases/${caseNo}/events`);
    const act = events.list('items').length - 1;
    expect(events.at(`items.${act}.by.signoff`)).to.deep.equal(proof);
    expect(proof).to.deep.include({
      through: fourLevels.levels.slice(0, 3),
    });
    const told = await world.api.get('data.clerk1', `/v1/transactions/${done.str('txId')}`);
    expect(told.at('event.payload.signoff')).to.deep.equal(proof);

    // What is done stays done.
    const again = await step('offices.head1', id, 'return', { version: 7, comment: '再议' });
    expect(codeOf(again)).to.deep.equal([409, 'SIGNOFF_STATE']);
    expect(again.str('detail')).to.contain('不能办理这一步（已经签发上链）');
    const repeat = await world.api.post('offices.head1', path, { ...body, signoff: proof });
    expect(repeat.at('txId')).to.equal(done.at('txId'));

    await showsTheAuditor(id, caseNo);
  });

  /** `yici signoff show --out`, and verify, of the chain as it is and with another comment. */
  async function showsTheAuditor(id: string, caseNo: string): Promise<void> {
    const file = join(folder, 'chain.json');
    const shown = await yiciAs(world, 'offices.head1', 'signoff', 'show', id, '--out', file);
    expect(shown.out.join('\n')).to.contain('：3 → 5');
    expect(shown.out.join('\n')).to.contain('offices.clerk2 代 offices.head2');
    const verify = ['signoff', 'verify', file, '--case', caseNo];
    const holds = await yiciAs(world, 'data.clerk1', ...verify);
    expect(holds.exitCode, holds.notes.join('\n')).to.equal(0);
    const text = readFileSync(file, 'utf8').replace('请写明依据', '同意');
    writeFileSync(file, text);
    const fails = await yiciAs(world, 'data.clerk1', ...verify);
    expect(fails.exitCode).to.equal(1);
    expect(fails.out.join('\n')).to.contain('DIGEST');
    const other = await yiciAs(world, 'data.clerk1', ...verify.slice(0, -1), await received());
    expect(other.exitCode).to.equal(1);
  }

  it('lets one of two reviewers win and tells the other; a repeat of a step is one step', async () => {
    const begun = await begin('offices.clerk1', 'case.supplementNotice', notice(await received()));
    const id = begun.str('id');
    const reviewers = ['offices.head2', 'offices.head4'];
    const both = await Promise.all(
      reviewers.map((user) => step(user, id, 'approve', { version: 1, comment: user })),
    );
    const told = both.map((answer) => answer.status).sort();
    expect(told).to.deep.equal([200, 409]);
    const [lost] = both.filter(({ status }) => status === 409);
    expect(lost?.at('code')).to.equal('DRAFT_CHANGED');
    const winner = reviewers[both.findIndex(({ status }) => status === 200)] ?? '';
    const repeat = await step(winner, id, 'approve', { version: 1, comment: winner });
    expect([repeat.status, repeat.at('version')], repeat.text).to.deep.equal([200, 2]);
  });

  it('keeps no word of it readable on disk, and shows nothing to others', async () => {
    const begun = await begin('offices.clerk1', 'case.supplementNotice', notice(await received()));
    const path = `/v1/signoffs/${begun.str('id')}`;
    for (const user of ['data.clerk1', 'supervision.supervisor1', 'offices.service1']) {
      expect((await world.api.get(user, path)).status, user).to.equal(404);
    }
    const drafts = join(world.directory, 'gateway', 'drafts');
    for (const name of readdirSync(drafts)) {
      expect(readFileSync(join(drafts, name), 'utf8')).not.to.contain(secret);
    }
    const gone = await step('offices.clerk1', begun.str('id'), 'withdraw', { version: 1 });
    expect(codeOf(gone)).to.deep.equal([409, 'SIGNOFF_STATE']);
    await step('offices.head2', begun.str('id'), 'return', { version: 1, comment: '不必' });
    const withdrawn = await step('offices.clerk1', begun.str('id'), 'withdraw', { version: 2 });
    expect(withdrawn.status, withdrawn.text).to.equal(200);
    expect((await world.api.get('offices.clerk1', path)).status).to.equal(404);
  });

  it('is signed by the gateway for a custodial account, once, and given back after a refusal', async () => {
    const identity = await world.network.identity('offices.head1');
    const custody = join(world.directory, 'gateway', 'custody');
    ensureAccounts(custody, [{ account: 'offices.head1', ...identity }]);
    const token = world.apiKeysOf('gateway')['offices.head1'] ?? '';
    const asHead = (path: string, body: unknown) => world.api.call('POST', path, { body, token });
    const caseNo = await received();
    const ids: string[] = [];
    for (const user of ['offices.clerk1', 'offices.clerk2']) {
      ids.push((await begin(user, 'case.accept', { caseNo, ...sealedVoucher })).str('id'));
    }
    const issue = async (id: string) =>
      (await asHead(`/v1/signoffs/${id}/issue`, { version: 1 })).at('signoff');
    const proofs = [await issue(ids[0] ?? ''), await issue(ids[1] ?? '')];
    const accept = (signoff: unknown) =>
      asHead(`/v1/cases/${caseNo}/accept`, { ...sealedVoucher, signoff });
    const [done, twice] = await Promise.all([accept(proofs[0]), accept(proofs[0])]);
    expect(done.at('state'), done.text).to.equal('committed');
    expect(twice.at('txId')).to.equal(done.at('txId'));
    // The other was accepted meanwhile: its head is refused by the contract, and gives it back.
    const refused = await accept(proofs[1]);
    expect(refused.status, refused.text).to.equal(409);
    const back = await asHead(`/v1/signoffs/${ids[1] ?? ''}/return`, {
      ...{ version: 2, comment: '已受理' },
    });
    expect([back.at('state'), back.at('level')], back.text).to.deep.equal(['open', 0]);
  });
});
