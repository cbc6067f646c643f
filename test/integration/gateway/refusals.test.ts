import { createPemSigner, YiciClient } from '@yici/client';
import { expect } from 'chai';
import { digestOf, filing, seed, taskCode } from './support/story.js';
import { openWorld, type World } from './support/world.js';

const account = 'data.service1';
const incomplete = { ...filing, materials: [] };

describe('a refusal at the gateway', function () {
  this.timeout(120_000);
  let world: World;
  let person: YiciClient;
  let system: YiciClient;

  const clientsOf = async () => {
    const { mspId, certificatePem, keyPem } = await world.network.identity('data.clerk1');
    const pins = {
      ...{ channel: world.network.channel, chaincode: 'yici' },
      genesisHash: world.network.genesisHash,
      gateways: [{ audience: 'door of the test', addresses: [world.url] }],
    };
    const identity = { mspId, certificate: certificatePem, sign: createPemSigner(keyPem), pins };
    person = new YiciClient({ baseUrl: world.url, identity });
    await person.login();
    system = new YiciClient({ baseUrl: world.url, token: world.apiKeys[account] ?? '' });
  };

  before(async () => {
    world = await openWorld();
    await seed(world.api);
    await clientsOf();
  });
  after(() => world.close());

  /** What a system is told that files without its materials. */
  const told = async (language?: string) => {
    const response = await fetch(`${world.url}/v1/cases`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${world.apiKeys[account] ?? ''}`,
        'content-type': 'application/json',
        ...(language === undefined ? {} : { 'accept-language': language }),
      },
      body: JSON.stringify(incomplete),
    });
    expect(response.status).to.equal(422);
    return (await response.json()) as Record<string, unknown>;
  };

  it('says in Chinese what is missing and what to do, and in English who asks for that', async () => {
    const { title, detail, code } = await told();
    expect([code, title]).to.deep.equal(['MATERIAL_MISSING', '不符合办理规则']);
    expect(detail)
      .to.contain('缺少必需材料：租用申请（application）。')
      .and.to.contain('请补齐材料');
    expect((await told('zh-CN,zh;q=0.9,en;q=0.5'))['detail']).to.equal(detail);
    const english = await told('en-GB');
    expect(english['title']).to.equal('Refused by a rule');
    expect(english['detail']).to.contain('Lease application (application)');
  });

  it('names the acts that come next, and the departments by their names', async () => {
    const { input } = await system.execute('case.submit', filing);
    const caseNo = String(input['caseNo']);
    const accept = await world.api.run('offices.clerk1', `/v1/cases/${caseNo}/deliver`, {
      form: 'web',
    });
    expect(accept.at('code')).to.equal('WRONG_STATE');
    expect(accept.at('next')).to.deep.equal([{ command: 'case.receive', words: '收件' }]);
    const other = await world.api.run('establishment.clerk1', `/v1/cases/${caseNo}/receive`, {});
    expect(other.at('code')).to.equal('WRONG_DEPARTMENT');
    expect(other.at('detail')).to.contain('本操作应由offices办理');
  });

  it('lists every place of bad input in Chinese, with the values that can stand there', async () => {
    const bad = await world.api.run(
      'offices.clerk1',
      `/v1/cases/${taskCode}-20260302-0001/opinion`,
      {
        answer: 'perhaps',
      },
    );
    expect(bad.at('code')).to.equal('VALIDATION_FAILED');
    expect(bad.at('detail')).to.contain('缺少“会办环节”').and.to.contain('agree（同意）');
    expect(bad.text).to.not.contain('Invalid');
  });

  const sequenceOf = (caseNo: unknown) => Number(String(caseNo).split('-')[2]);
  const filed = async (client: YiciClient, name: string) => {
    const { input } = await client.execute('case.submit', { ...filing, form: digestOf(name) });
    return sequenceOf(input['caseNo']);
  };
  const refused = async (client: YiciClient) => {
    const error: unknown = await client.execute('case.submit', incomplete).then(
      () => expect.fail('it was filed'),
      (reason: unknown) => reason,
    );
    expect(String(error)).to.contain('MATERIAL_MISSING');
  };

  it('uses no number up: what is filed after it follows what was filed before', async () => {
    for (const client of [person, system]) {
      const before = await filed(client, 'before');
      await refused(client);
      await refused(client);
      expect(await filed(client, 'after')).to.equal(before + 1);
    }
  });

  it('uses none up where many file at once', async () => {
    const before = await filed(person, 'before the rush');
    const filings = Array.from({ length: 6 }, (_, n) =>
      filed(n % 2 === 0 ? person : system, `rush ${n}`),
    );
    const refusals = Array.from({ length: 6 }, (_, n) => refused(n % 2 === 0 ? person : system));
    const numbers = await Promise.all(filings);
    await Promise.all(refusals);
    // Numbers that were held by a refused filing meanwhile are those of the next ones.
    const highest = Math.max(...numbers);
    const free = Array.from({ length: highest - before }, (_, n) => before + 1 + n).filter(
      (one) => !numbers.includes(one),
    );
    for (const one of free) expect(await filed(system, `rest ${one}`)).to.equal(one);
    expect(await filed(system, 'last')).to.equal(highest + 1);
  });

  it('uses none up over a restart of the gateway', async () => {
    const before = await filed(system, 'before the restart');
    await refused(system);
    await world.gateway.close();
    await world.reopen();
    await clientsOf();
    expect(await filed(system, 'after the restart')).to.equal(before + 1);
  });
});
