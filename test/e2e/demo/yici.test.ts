import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reads } from '@yici/api';
import { caseRecord, commands } from '@yici/domain/model';
import { readIdentityFolder, YiciClient } from '@yici/client';
import { shownRules } from '@yici/client/testing';
import { expect } from 'chai';
import { z } from 'zod';
import { RunningGateway, type Finished } from '../../support/gateway/running-gateway.js';
import { EveryRead } from '../../support/gateway/every-read.js';

const storySchema = z.object({
  cases: z.array(z.string()),
  steps: z.array(
    z
      .object({ kind: z.string(), rule: z.string().optional(), user: z.string().optional() })
      .loose(),
  ),
});
const committedSchema = z.object({
  block: z.number(),
  txId: z.string(),
  signedBy: z.string(),
  result: z.unknown(),
});
const listSchema = z.object({ items: z.array(z.object({}).loose()) });

describe('yici against a running gateway', function () {
  this.timeout(240_000);
  let gateway: RunningGateway;

  before(async () => {
    gateway = await RunningGateway.start();
  });

  after(async () => {
    expect(await gateway.stop()).to.equal(0);
  });

  async function succeed(args: readonly string[], stdin?: string): Promise<Finished> {
    const run = await gateway.yici(args, stdin);
    expect(run.exitCode, `yici ${args.join(' ')}: ${run.err}${run.out}`).to.equal(0);
    return run;
  }

  async function json(args: readonly string[], stdin?: string): Promise<unknown> {
    return JSON.parse((await succeed([...args, '--json'], stdin)).out);
  }

  /** Runs a command as a user and gives what was committed. */
  async function write(user: string, args: readonly string[], stdin?: string) {
    const as = ['--identity', gateway.identity(user)];
    const committed = committedSchema.parse(await json([...args, ...as], stdin));
    expect(committed.signedBy).to.equal(user);
    return committed;
  }

  describe('the demo', () => {
    const identities = () => ['--identities', gateway.identities];

    it('loads once', async () => {
      const first = z.object({ writes: z.number() });
      const { writes } = first.parse(await json(['demo', 'load', ...identities()]));
      expect(writes).to.be.greaterThan(150);
      expect(await json(['demo', 'load', ...identities()])).to.deep.equal({ writes: 0 });
    });

    // Together, because each waits a real minute for its on-the-spot item to be late.
    it('tells its story, again and readably', async () => {
      const tell = ['demo', 'run', ...identities()];
      const [first, second, readable] = await Promise.all([
        json(tell),
        json(tell),
        gateway.npmRunDemo(),
      ]);
      expect(readable.exitCode, readable.err).to.equal(0);
      const stories = [first, second].map((told) => storySchema.parse(told));
      for (const { steps } of stories) {
        const refused = steps.flatMap(({ rule }) => rule ?? []);
        expect(refused).to.have.members([...shownRules]);
        const signers = steps
          .filter(({ kind }) => kind === 'done')
          .map(({ user = '' }) => user.split('.')[0]);
        expect(new Set(signers).size).to.equal(14);
      }
      expect(new Set(stories.flatMap(({ cases }) => cases)).size).to.equal(20);
      expectReadable(readable.out);
      expect(readable.out).to.match(/━━ 独立复核[\s\S]*核验通过[\s\S]*✓ 登记核验结果，编号 /);
    });

    it('has an example for back-office systems that does what its page says', async () => {
      const run = await gateway.backOffice('hrss.service1');
      expect(run.exitCode, run.err).to.equal(0);
      const caseNo = /filed (\S+),/.exec(run.out)?.[1] ?? expect.fail(run.out);
      expect(run.out).to.include(`sent again: ${caseNo}, replayed true`);
      expect(run.out).to.match(
        /case\.submit\n.*case\.withdraw\n.*withdrawn again: CASE_CLOSED\n.*resumed/,
      );
    });

    it('leaves every read answering as its definition says', async () => {
      const every = new EveryRead();
      for (const user of ['supervision.supervisor1', 'offices.clerk1', 'finance.clerk1']) {
        const identity = await readIdentityFolder(gateway.identity(user));
        const client = new YiciClient({ baseUrl: gateway.url, identity });
        await client.login();
        const headers = { authorization: `Bearer ${client.token ?? ''}` };
        await every.check(async (address) => {
          const answer = await fetch(gateway.url + address, { headers });
          const type = (answer.headers.get('content-type') ?? '').split(';')[0] ?? '';
          const bytes = await answer.text();
          const json: unknown = type.endsWith('json') ? JSON.parse(bytes) : undefined;
          return { status: answer.status, type, json };
        });
      }
      expect(every.wrong.join('\n')).to.equal('');
      // The demo brings in no documents, drafts nothing, signs nothing off, delegates nothing, orders nothing, challenges nothing and reorganises nothing; private values
      // are for the two parties of a share, and its gateway publishes nothing.
      const unasked = Object.keys(reads).filter((name) => !every.answered.has(name));
      const lacking =
        /^(delegations|documents|drafts|explanations|reforms)\.|^(appKeys|dataTopics|dutyOverlaps)\.acts|orders\.(acts|get|issued)|(challenges|signoffs)\.get|shares\.values|events\.follow/;
      expect(unasked.filter((name) => !lacking.test(name))).to.deep.equal([]);
    });

    function expectReadable(text: string): void {
      expect(text).to.match(/✗ 不符合办理规则，未登记：.+规则 R14）\n {4}CASE_CLOSED /);
      expect(text).to.match(/签名人 offices\.head1（机关事务中心）/);
      expect(text).to.contain(`不符合办理规则未登记 ${shownRules.length} 次`);
      const acts = text.match(/^━━ .*/gm) ?? [];
      expect(acts).to.have.length(10);
      for (const word of [
        '一件事',
        '数据共享',
        '职责分工协调',
        '红牌',
        '核验',
        '成效指标',
        '独立复核',
      ]) {
        expect(
          acts.some((act) => act.includes(word)),
          word,
        ).to.equal(true);
      }
    }
  });

  describe('a session', () => {
    it('opens, is remembered for its owner only, and ends', async () => {
      const login = ['login', '--identity', gateway.identity('hrss.clerk1')];
      expect((await succeed(login)).out).to.contain('hrss.clerk1（人力社保局）');
      const kept = join(gateway.folder, 'home', 'session.json');
      expect((await stat(kept)).mode & 0o777).to.equal(0o600);
      expect(await readFile(kept, 'utf8')).not.to.contain('PRIVATE KEY');
      expect(await json(['whoami'])).to.include({ user: 'hrss.clerk1', role: 'clerk' });
      await succeed(['logout']);
      expect((await gateway.yici(['whoami'])).exitCode).to.equal(3);
    });

    it('is opened anew when it has run out, with the remembered identity', async () => {
      await succeed(['login', '--identity', gateway.identity('hrss.clerk1')]);
      const kept = join(gateway.folder, 'home', 'session.json');
      const session = z
        .object({})
        .loose()
        .parse(JSON.parse(await readFile(kept, 'utf8')));
      await writeFile(kept, JSON.stringify({ ...session, token: 'ys_gone' }));
      expect(await json(['whoami'])).to.include({ user: 'hrss.clerk1' });
      await succeed(['logout']);
    });
  });

  describe('an office-space lease from filing to delivery', () => {
    let caseNo: string;
    const file = (name: string) => join(gateway.folder, name);
    const state = (result: unknown) => caseRecord.parse(result).state;

    before(async () => {
      await Promise.all([
        writeFile(
          file('form.json'),
          '{"area":64,"term":24,"rent":120000,"reason":"现有办公用房不足"}',
        ),
        writeFile(file('application.ofd'), 'application'),
        writeFile(file('quote.ofd'), 'quote'),
        writeFile(file('decision.ofd'), 'decision'),
        writeFile(file('voucher.ofd'), 'voucher'),
        writeFile(file('seal.sig'), 'seal'),
      ]);
    });

    it('is filed with the digests of its files', async () => {
      const { result } = await write('supervision.clerk1', [
        ...['case', 'submit', 'YC33110000000007', '--form', file('form.json')],
        ...['--material', `application=${file('application.ofd')}`],
        `rentalQuote=${file('quote.ofd')}`,
      ]);
      const record = caseRecord.parse(result);
      caseNo = record.caseNo;
      expect(record.materials.map(({ code }) => code)).to.deep.equal([
        'application',
        'rentalQuote',
      ]);
    });

    it('waits in its owner’s inbox', async () => {
      const as = ['--identity', gateway.identity('offices.clerk1')];
      const { items } = listSchema.parse(await json(['inbox', ...as]));
      expect(items).to.deep.include.members([items.find((item) => item['caseNo'] === caseNo)]);
      expect((await succeed(['inbox', ...as])).out).to.match(/^收件 /m);
    });

    it('is received, and prints block, transaction, signer and due date', async () => {
      const run = await succeed([
        ...['case', 'receive', caseNo, '--identity', gateway.identity('offices.clerk1')],
      ]);
      expect(run.out).to.match(/区块 +\d+/);
      expect(run.out).to.match(/交易 +[0-9a-f]{64}/);
      expect(run.out).to.match(/签名人 +offices\.clerk1（机关事务中心）/);
      expect(run.out).to.match(/到期 +\d{4}-\d{2}-\d{2}/);
    });

    it('is accepted on attestations, whose values the requester can check', async () => {
      const attested: string[] = [];
      for (const [code, dataset, issuer, value] of [
        ['headcount', 'establishment-headcount', 'establishment', '核定编制数=8'],
        ['budgetSource', 'finance-budget-source', 'finance', 'amount=120000'],
        ['spaceRecord', 'offices-space-record', 'offices', 'area=64'],
      ] as const) {
        const disclosure = file(`${code}.json`);
        const { result } = await write(`${issuer}.clerk1`, [
          ...['attestation', 'issue', dataset, '--case', caseNo, '--purpose', '办公用房租用审批'],
          ...['--field', value, '--disclosure', disclosure],
        ]);
        const { attestationId } = z.object({ attestationId: z.string() }).loose().parse(result);
        attested.push(`${code}=${attestationId}`);
        const as = ['--identity', gateway.identity('offices.clerk1')];
        const verify = ['attestation', 'verify', attestationId, '--disclosure', disclosure, ...as];
        const { out } = await succeed(verify);
        expect(out).to.contain('有效').and.to.match(/ 一致/).and.not.to.contain('不一致');
      }
      const accept = [
        ...['case', 'accept', caseNo, '--attested', ...attested, '--voucher-no', 'SL-0001'],
        ...['--voucher', file('voucher.ofd'), '--seal-system', 'provincial'],
        ...['--seal', file('seal.sig')],
      ];
      const { result } = await write('offices.clerk1', accept);
      expect(state(result)).to.equal('ACCEPTED');
    });

    it('takes the opinions in their order', async () => {
      const opinion = ['case', 'opinion', caseNo, '--agree', '--step'];
      const early = await gateway.yici([
        ...[...opinion, 'funds', '--identity', gateway.identity('finance.clerk1')],
      ]);
      expect(early.exitCode).to.equal(1);
      expect(early.err).to.contain('STEP_NOT_OPEN').and.to.contain('编制核定');
      await write('establishment.clerk1', [...opinion, 'headcount']);
      await write('finance.clerk1', [...opinion, 'funds']);
    });

    it('is decided by the head, completed and delivered', async () => {
      const decision = file('decision.ofd');
      const decide = ['case', 'decide', caseNo, '--grant', '--document', decision];
      expect(state((await write('offices.head1', decide)).result)).to.equal('DECIDED_GRANTED');
      await write('offices.clerk1', ['case', 'complete', caseNo, '--result', decision]);
      const { result } = await write('offices.clerk1', [
        'case',
        'deliver',
        caseNo,
        '--form',
        'web',
      ]);
      expect(state(result)).to.equal('DELIVERED');
    });

    it('can be recomputed by the supervision office', async () => {
      const as = ['--identity', gateway.identity('supervision.supervisor1')];
      expect((await succeed(['case', 'verify', caseNo, ...as])).out).to.contain(
        '办理记录完整，未被改动',
      );
      const shown = (await succeed(['case', 'show', caseNo, ...as])).out;
      expect(shown).to.contain('已送达').and.to.contain('会办意见');
    });

    it('takes no further act, and says why', async () => {
      const as = ['--identity', gateway.identity('supervision.clerk1')];
      const late = ['case', 'withdraw', caseNo, '--reason-code', 'changedMind', '--json', ...as];
      const run = await gateway.yici(late);
      expect(run.exitCode).to.equal(1);
      expect(JSON.parse(run.out)).to.have.nested.property('error.details.code', 'CASE_CLOSED');
    });

    it('leaves its blocks and transactions to be read', async () => {
      const as = ['--identity', gateway.identity('hrss.clerk1')];
      const { items } = listSchema.parse(await json(['blocks', '--limit', '2', ...as]));
      expect(items).to.have.length(2);
      const { txId, block } = await write('offices.clerk1', [
        ...['attestation', 'use', await anAttestation(), '--scenario', '办公用房租用审批'],
        ...['--process', '核对', '--effect', '免交材料', '--storage', '不留存'],
      ]);
      const tx = await json(['tx', 'show', txId, ...as]);
      expect(tx).to.include({ txId, block });
      const follow = [
        ...['events', '--name', 'attestation.recordUse', '--after', `${block - 1}-9999`],
        ...['--count', '1', '--identity', gateway.identity('offices.clerk1')],
      ];
      const seen = await succeed([...follow, '--json']);
      expect(JSON.parse(seen.out)).to.include({ txId, name: 'attestation.recordUse' });
      const { summary } = commands['attestation.recordUse'];
      const said = (await succeed(follow)).out;
      expect(said)
        .to.include(summary.zh)
        .and.not.match(/attestation\.|offices|[{}]/);
    });

    async function anAttestation(): Promise<string> {
      const list = ['attestation', 'list', '--case', caseNo];
      const as = ['--identity', gateway.identity('offices.clerk1')];
      const { items } = listSchema.parse(await json([...list, ...as]));
      return String(items[0]?.['attestationId']);
    }
  });

  describe('a bad call', () => {
    it('with a field that is missing or unknown names it and sends nothing', async () => {
      const as = ['--identity', gateway.identity('offices.clerk1')];
      const run = await gateway.yici(
        ['dataset', 'register', '--file', '-', ...as],
        '{"datasetId":"x","surprise":1}',
      );
      expect(run.exitCode).to.equal(2);
      expect(run.err).to.contain('surprise').and.to.contain('缺少“共享属性”');
    });

    it('by the wrong role is refused with the contract’s code', async () => {
      const run = await gateway.yici([
        ...['case', 'decide', 'YC33110000000007-20200101-0001', '--grant'],
        ...['--document', `sha256:${'a'.repeat(64)}`],
        ...['--identity', gateway.identity('offices.clerk1')],
      ]);
      expect(run.exitCode).to.equal(1);
      expect(run.err).to.contain('ROLE_REFUSED');
    });

    it('on a case that is not one’s own finds nothing', async () => {
      const as = ['--identity', gateway.identity('hrss.clerk1')];
      const run = await gateway.yici(['case', 'show', 'YC33110000000007-20200101-0001', ...as]);
      expect(run.exitCode).to.equal(1);
      expect(run.err).to.contain('RECORD_NOT_FOUND');
    });
  });
});
