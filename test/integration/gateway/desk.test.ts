import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalDigest } from '@yici/domain/model';
import { ensureAccounts } from '@yici/gateway/testing';
import { expect } from 'chai';
import { z } from 'zod';
import { jsonOf, yiciAs } from '../../support/gateway/desk.js';
import { shanghai } from '../../support/domain/stand.js';
import type { Answer, Api } from './support/api.js';
import { fileCase, seed } from './support/story.js';
import { openWorld, type World } from './support/world.js';

const ranSchema = z.object({
  items: z.array(
    z
      .object({ state: z.string(), code: z.string().optional(), txId: z.string().optional() })
      .loose(),
  ),
});

describe('desk work over HTTP and on the command line', function () {
  this.timeout(240_000);
  let world: World;
  let folder: string;

  before(async () => {
    world = await openWorld();
    folder = mkdtempSync(join(tmpdir(), 'yici-desk-'));
    await seed(world.api);
  });
  after(async () => {
    await world.close();
    rmSync(folder, { recursive: true });
  });

  const filed = (count: number): Promise<string[]> =>
    Promise.all(Array.from({ length: count }, () => fileCase(world.api, 'data.clerk1')));
  const stateOf = async (caseNo: string): Promise<unknown> =>
    (await world.api.get('offices.clerk1', `/v1/cases/${caseNo}`)).at('state');
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const runBatch = async (user: string, ...args: string[]) => {
    const run = await yiciAs(world, user, ...args, '--json');
    return { exitCode: run.exitCode, items: ranSchema.parse(jsonOf(run)).items };
  };
  const statesOf = (items: readonly { state: string; code?: string | undefined }[]) =>
    items.map(({ state, code }) => code ?? state);

  describe('POST /v1/batches', () => {
    const batch = (
      commands: unknown,
      token = world.apiKeys['offices.service1']!,
      api = world.api,
    ) => api.call('POST', '/v1/batches', { body: { commands }, token });
    const receive = (caseNo: string, key: string) => ({
      ...{ command: 'case.receive', input: { caseNo }, idempotencyKey: key },
    });

    it('runs each command as its own: what is refused undoes nothing, and a repeat does nothing twice', async () => {
      const cases = await filed(3);
      const commands = [
        ...cases.map((caseNo, place) => receive(caseNo, `r-${place}`)),
        receive(cases[0]!, 'again'),
        receive('LEASE0001-20200101-9999', 'nobodys'),
        { command: 'case.receive', input: { caseNo: 7 }, idempotencyKey: 'wrong' },
        { command: 'case.decide', input: { caseNo: cases[1] }, idempotencyKey: 'not-mine' },
      ];
      const first = await batch(commands);
      expect(first.status, first.text).to.equal(200);
      expect(first.each('items', 'status')).to.deep.equal([200, 200, 200, 409, 404, 400, 400]);
      expect(first.at('items.3.problem.code')).to.equal('WRONG_STATE');
      expect(first.each('items', 'idempotencyKey')).to.deep.equal(
        commands.map(({ idempotencyKey }) => idempotencyKey),
      );
      const ids = first
        .list('items')
        .map((_, place) => first.at(`items.${place}.transaction.txId`));
      expect(new Set(ids.slice(0, 3)).size).to.equal(3);
      for (const caseNo of cases) expect(await stateOf(caseNo)).to.equal('RECEIVED');
      const repeat = await batch(commands);
      expect(
        repeat.list('items').map((_, i) => repeat.at(`items.${i}.transaction.txId`)),
      ).to.deep.equal(ids);
      expect(repeat.each('items', 'status')).to.deep.equal(first.each('items', 'status'));
    });

    it('keeps the order of commands about one thing: the first is done, the second finds it done', async () => {
      const cases = await filed(5);
      const commands = cases.flatMap((caseNo) =>
        ['first', 'second'].map((key) => receive(caseNo, `${caseNo}-${key}`)),
      );
      const done = await batch(commands);
      expect(done.each('items', 'status')).to.deep.equal(cases.flatMap(() => [200, 409]));
    });

    it('is for accounts whose gateway signs, and for a hundred commands at the most', async () => {
      const { token } = await world.api.as('offices.clerk1');
      const own = await batch([receive('LEASE0001-20200101-9999', 'k')], token);
      expect([own.status, own.at('code')]).to.deep.equal([403, 'BATCH_NEEDS_ACCOUNT']);
      const many = Array.from({ length: 101 }, (_, n) =>
        receive('LEASE0001-20200101-9999', `${n}`),
      );
      for (const wrong of [
        many,
        [],
        [{ command: 'case.vanish', input: {}, idempotencyKey: 'k' }],
      ]) {
        expect((await batch(wrong)).at('code')).to.equal('VALIDATION_FAILED');
      }
      const spaced = [receive('LEASE0001-20200101-9999', 'a key')];
      expect((await batch(spaced)).at('errors.0.path')).to.equal('/commands/0/idempotencyKey');
    });

    it('counts every command for the rate', async () => {
      const custody = join(world.directory, 'limited', 'custody');
      const identity = await world.network.identity('offices.service1');
      ensureAccounts(custody, [{ account: 'offices.service1', ...identity }]);
      const limited = await world.another('limited', { limits: { requestsPerMinute: 4 } });
      try {
        await limited.caughtUp();
        const api: Api = await world.apiOn(limited);
        const key = world.apiKeysOf('limited')['offices.service1']!;
        const commands = Array.from({ length: 6 }, (_, n) => ({
          ...{ command: 'case.receive', input: { caseNo: 'LEASE0001-20200101-9999' } },
          idempotencyKey: `limited-${n}`,
        }));
        const answer = await batch(commands, key, api);
        const counts = answer.each('items', 'status');
        expect(counts.filter((status) => status === 404)).to.have.length(3);
        expect(counts.filter((status) => status === 429)).to.have.length(3);
      } finally {
        await limited.close();
      }
    });
  });

  describe('yici batch', () => {
    it('signs each line on its own, says what became of each, and goes on where it ended', async () => {
      const cases = await filed(4);
      const line = (caseNo: string) =>
        JSON.stringify({ command: 'case.receive', input: { caseNo } });
      const [first = '', ...rest] = cases;
      const text = [first, first, ...rest].map(line).join('\n');
      const file = write('receive.jsonl', text);
      const run = await runBatch('offices.clerk1', 'batch', file);
      expect(run.exitCode).to.equal(1);
      expect(statesOf(run.items)).to.deep.equal(['done', 'WRONG_STATE', 'done', 'done', 'done']);
      expect(new Set(run.items.map(({ txId }) => txId)).size).to.equal(5);
      for (const caseNo of cases) expect(await stateOf(caseNo)).to.equal('RECEIVED');
      const [more = ''] = await filed(1);
      write('receive.jsonl', [more, ...rest].map(line).join('\n'));
      const again = await runBatch('offices.clerk1', 'batch', file);
      expect(again.exitCode).to.equal(0);
      expect(again.items.slice(1).map(({ txId }) => txId)).to.deep.equal(
        run.items.slice(2).map(({ txId }) => txId),
      );
      expect(await stateOf(more)).to.equal('RECEIVED');
    });

    it('sends what was refused anew once it can be done, and nothing at all of a file that is wrong', async () => {
      const [caseNo = ''] = await filed(1);
      const line = JSON.stringify({ command: 'case.receive', input: { caseNo } });
      const file = write('anew.jsonl', line);
      const refused = await runBatch('establishment.clerk1', 'batch', file);
      expect([refused.exitCode, ...statesOf(refused.items)]).to.deep.equal([1, 'WRONG_DEPARTMENT']);
      const done = await runBatch('offices.clerk1', 'batch', file);
      expect([done.exitCode, ...statesOf(done.items)]).to.deep.equal([0, 'done']);
      const [other = ''] = await filed(1);
      const good = JSON.stringify({ command: 'case.receive', input: { caseNo: other } });
      const wrong = await yiciAs(world, 'offices.clerk1', 'batch', write('w.jsonl', `${good}\n{}`));
      expect(wrong.exitCode).to.equal(2);
      expect(await stateOf(other)).to.equal('SUBMITTED');
    });

    it('stops at the first that is not done only where it is told to', async () => {
      const [one = '', two = ''] = await filed(2);
      const line = (caseNo: string) =>
        JSON.stringify({ command: 'case.receive', input: { caseNo } });
      const text = [line('LEASE0001-20200101-9999'), line(one), line(two)].join('\n');
      const file = write('stop.jsonl', text);
      const args = ['batch', file, '--stop-on-first'];
      const stopped = await runBatch('offices.clerk1', ...args);
      expect(statesOf(stopped.items)).to.deep.equal(['NOT_FOUND', 'NOT_SENT', 'NOT_SENT']);
      expect(await stateOf(one)).to.equal('SUBMITTED');
      const whole = await runBatch('offices.clerk1', 'batch', file);
      expect(statesOf(whole.items)).to.deep.equal(['NOT_FOUND', 'done', 'done']);
    });

    it('takes several at a verb, from its words, an option and a list', async () => {
      const [one = '', two = '', three = '', four = ''] = await filed(4);
      const list = write('list.txt', `${three}\n\n${four}\n`);
      const args = ['case', 'receive', one, '--case-no', two, '--list', list];
      const run = await runBatch('offices.clerk1', ...args);
      expect([run.exitCode, ...statesOf(run.items)]).to.deep.equal([
        0,
        ...Array<string>(4).fill('done'),
      ]);
      const none = await yiciAs(world, 'offices.clerk1', 'case', 'receive');
      expect(none.exitCode).to.equal(2);
    });

    it('also for a custodial account, whose gateway signs', async () => {
      const cases = await filed(2);
      const { runYici } = await import('../../support/terminal.js');
      const env = { YICI_API_KEY: world.apiKeys['offices.service1']!, YICI_GATEWAY: world.url };
      const run = await runYici(['case', 'receive', ...cases, '--json'], env);
      expect(run.exitCode, run.notes.join('\n')).to.equal(0);
    });
  });

  describe('drafts and templates', () => {
    const opinion = { stepId: 'headcount', answer: 'agree', document: '同意。编制空缺两名。' };
    const make = (user: string, body: object): Promise<Answer> =>
      world.api.post(user, '/v1/drafts', { command: 'case.opinion', title: '编制意见', ...body });

    it('one official writes, another finishes, and each change is of the version that was read', async () => {
      const made = await make('establishment.clerk1', { input: { stepId: 'headcount' } });
      expect(made.status, made.text).to.equal(201);
      expect(made.json).to.include({ kind: 'draft', version: 1, by: 'establishment.clerk1' });
      const path = `/v1/drafts/${made.id}`;
      const wanted = { version: 1, input: { ...opinion, caseNo: 'x' } };
      const changed = await world.api.post('establishment.head1', `${path}/change`, wanted);
      expect([changed.status, changed.at('version')]).to.deep.equal([200, 2]);
      const late = await world.api.post('establishment.clerk1', `${path}/change`, wanted);
      expect([late.status, late.at('code'), late.at('details.changedBy')]).to.deep.equal([
        ...[409, 'DRAFT_CHANGED', 'establishment.head1'],
      ]);
      const plain = await world.api.get('establishment.clerk1', path);
      expect(plain.at('findings')).to.equal(undefined);
      const checked = await world.api.get('establishment.clerk1', `${path}?check=true`);
      expect(checked.each('findings', 'path')).to.include.members(['/caseNo', '/document']);
      const gone = await world.api.post('establishment.clerk1', `${path}/discard`, { version: 2 });
      expect(gone.status).to.equal(200);
      expect((await world.api.get('establishment.clerk1', path)).status).to.equal(404);
    });

    it('holds no confidential values, nothing longer than it may be, and no hidden characters', async () => {
      const wrong = [
        { input: { private: { values: [] } } },
        { input: { note: 'x'.repeat(70_000) } },
        { input: { note: 'a\u202eb' } },
        { input: {}, command: 'case.vanish' },
        { input: {}, more: 1 },
      ];
      for (const body of wrong) {
        const answer = await make('establishment.clerk1', body);
        expect([answer.status, answer.at('code')], JSON.stringify(body).slice(0, 60)).to.deep.equal(
          [...[400, 'VALIDATION_FAILED']],
        );
      }
      const gateway = await make('data.gateway', { input: {} });
      expect(gateway.at('code')).to.equal('ROLE_REFUSED');
    });

    it('shows a decision to the clerk who wrote it and to the head who decides', async () => {
      const body = { command: 'case.decide', input: { outcome: 'granted' } };
      const { id } = await make('offices.clerk1', body);
      for (const user of ['offices.clerk1', 'offices.head1']) {
        const list = await world.api.get(user, '/v1/drafts?kind=draft&command=case.decide');
        expect(list.each('items', 'id'), user).to.deep.equal([id]);
      }
      const service = await world.api.call('GET', `/v1/drafts/${id}`, {
        token: world.apiKeys['offices.service1']!,
      });
      expect(service.status).to.equal(404);
    });

    it('a template is filled from the case, and the draft signed as the submitter’s own act, then erased', async () => {
      const [caseNo = ''] = await filed(1);
      await yiciAs(world, 'offices.clerk1', 'case', 'receive', caseNo);
      const { sealedVoucher } = await import('../../support/vouchers.js');
      const accepted = await world.api.run(
        'offices.clerk1',
        `/v1/cases/${caseNo}/accept`,
        sealedVoucher,
      );
      expect(accepted.at('state'), accepted.text).to.equal('committed');
      const input = { ...opinion, caseNo: '{caseNo}', document: '同意{matter}，{dueOn}前办结。' };
      const template = write('opinion.json', JSON.stringify(input));
      const desk = (user: string, ...args: string[]) =>
        yiciAs(world, user, 'draft', ...args, '--json');
      const made = await desk(
        'establishment.head1',
        ...['new', '--kind', 'template', '--command', 'case.opinion', '--file', template],
      );
      expect(made.exitCode, made.notes.join('\n')).to.equal(0);
      const { id: model } = z.object({ id: z.string() }).loose().parse(jsonOf(made));
      const unfilled = await desk('establishment.clerk1', 'new', '--like', model);
      expect(unfilled.exitCode).to.equal(2);
      const drafted = await desk(
        'establishment.clerk1',
        'new',
        '--like',
        model,
        '--case-no',
        caseNo,
      );
      const draft = z
        .object({
          id: z.string(),
          input: z.object({ caseNo: z.string(), document: z.string() }).loose(),
        })
        .loose()
        .parse(jsonOf(drafted));
      expect(draft.input.caseNo).to.equal(caseNo);
      expect(draft.input.document).to.match(/^同意办公用房租用审批，\d{4}-\d\d-\d\d前办结。$/);
      const stale = await desk('establishment.clerk1', 'submit', draft.id, '--of-version', '2');
      expect(stale.exitCode).to.equal(1);
      const sent = await desk('establishment.clerk1', 'submit', draft.id, '--of-version', '1');
      expect(sent.exitCode, sent.notes.join('\n')).to.equal(0);
      expect(z.object({ signedBy: z.string() }).loose().parse(jsonOf(sent)).signedBy).to.equal(
        'establishment.clerk1',
      );
      const record = await world.api.get('offices.clerk1', `/v1/cases/${caseNo}`);
      expect(record.at('steps.0.answer.answer') ?? record.at('steps.0.status')).to.be.oneOf([
        'agree',
        'agreed',
        'answered',
      ]);
      expect(record.text).not.to.contain('前办结');
      expect(
        (await world.api.get('establishment.clerk1', `/v1/drafts/${draft.id}`)).status,
      ).to.equal(404);
      const kept = await desk('establishment.clerk1', 'submit', model, '--of-version', '1');
      expect(kept.exitCode).to.equal(2);
    });
  });

  describe('standing in', () => {
    const period = ['--from-day', shanghai(0), '--to-day', shanghai(2), '--reason-code', 'leave'];
    const grant = (to: string, ...more: string[]) =>
      yiciAs(
        world,
        'offices.head1',
        ...['delegation', 'grant', '--from', 'offices.head1', '--role', 'head', '--to', to],
        ...[...period, ...more],
      );

    it('shows who of the department has signed or is logged in, in which role', async () => {
      const all = await world.api.get('offices.clerk1', '/v1/delegation-candidates');
      expect(all.list('items').map((_, i) => all.str(`items.${i}.user`))).to.deep.equal([
        ...['offices.clerk1', 'offices.head1'],
      ]);
      expect(all.at('items.0.signedAt')).to.be.a('string');
      const heads = await world.api.get('offices.clerk1', '/v1/delegation-candidates?role=head');
      expect(heads.each('items', 'user')).to.deep.equal(['offices.head1']);
      const page = await world.api.get('offices.clerk1', '/v1/delegation-candidates?limit=1');
      const next = `/v1/delegation-candidates?limit=1&cursor=${page.str('next')}`;
      expect((await world.api.get('offices.clerk1', next)).each('items', 'user')).to.deep.equal([
        'offices.head1',
      ]);
      const listed = await yiciAs(
        world,
        'offices.clerk1',
        'delegation',
        'candidates',
        '--role',
        'head',
      );
      expect(listed.out.join('\n'))
        .to.contain('offices.head1')
        .and.not.to.contain('offices.clerk1');
    });

    it('is granted to somebody who is known, else refused with whom the gateway knows, or told to go on', async () => {
      const unknown = await grant('offices.clerk9');
      expect(unknown.exitCode).to.equal(1);
      expect(unknown.notes.join('\n'))
        .to.contain('offices.clerk9')
        .and.contain('offices.clerk1（经办人）');
      expect((await grant('offices.clerk9', '--not-known')).exitCode).to.equal(0);
      expect((await grant('offices.clerk1')).exitCode).to.equal(0);
    });

    it('waits in the inbox until both have signed', async () => {
      const inbox = await world.api.get('offices.clerk1', '/v1/inbox');
      expect(inbox.each('items', 'todo')).to.include('acceptDelegation');
    });
  });

  describe('what was signed and is not known any more', () => {
    const [command, n] = ['case.receive', 1];

    it('is never signed a second time, and goes on at its own gateway only', async () => {
      const [caseNo = ''] = await filed(1);
      const input = { caseNo };
      const file = write('open.jsonl', JSON.stringify({ command, input }));
      const key = `batch-${canonicalDigest({ command, input }).slice(0, 40)}-${n}`;
      const entry = { key, state: 'open', line: 1, command, subject: caseNo, attempt: 1 };
      const known = { ...entry, gateway: world.url, txId: 'f'.repeat(64) };
      writeFileSync(`${file}.results`, `${JSON.stringify(known)}\n`);
      const run = await runBatch('offices.clerk1', 'batch', file);
      expect(statesOf(run.items)).to.deep.equal(['RETRY_UNPROVEN']);
      const elsewhere = { ...entry, gateway: 'http://127.0.0.1:1' };
      writeFileSync(`${file}.results`, `${JSON.stringify(elsewhere)}\n`);
      const other = await runBatch('offices.clerk1', 'batch', file);
      expect(statesOf(other.items)).to.deep.equal(['OTHER_GATEWAY']);
      expect(await stateOf(caseNo)).to.equal('SUBMITTED');
      expect(readFileSync(`${file}.results`, 'utf8')).not.to.contain('"done"');
    });
  });
});
