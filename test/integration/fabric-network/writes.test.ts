import './support/quiet.js';
import { expect } from 'chai';
import { fileCase, filing } from '../gateway/support/story.js';
import { openDoor, type Door } from './support/door.js';

describe('a gateway on peers without a gateway service, through fabric-network', function () {
  this.timeout(180_000);
  let door: Door;

  before(async () => {
    door = await openDoor();
  });

  after(() => door.close());

  it('commits a custodial account’s command in one call, with a key out of a wallet', async () => {
    const done = await door.as('data.service1', '/v1/cases', filing);
    expect([done.status, done.at('state')], done.text).to.deep.equal([200, 'committed']);
    expect(done.at('result.submittedBy.user')).to.equal('data.service1');
  });

  it('reads the same from its index and from the ledger', async () => {
    const done = await door.as('data.service1', '/v1/cases', filing);
    const token = door.apiKeys['data.service1']!;
    const path = `/v1/cases/${done.str('result.caseNo')}`;
    const ledger = await door.api.call('GET', `${path}?source=ledger`, { token });
    expect(ledger.status, ledger.text).to.equal(200);
    expect(ledger.text).to.equal((await door.api.call('GET', path, { token })).text);
  });

  it('answers a contract’s refusal in the contract’s words', async () => {
    const refused = await door.as('data.service1', '/v1/cases', { ...filing, materials: [] });
    expect([refused.status, refused.at('code'), refused.at('source')]).to.deep.equal([
      422,
      'MATERIAL_MISSING',
      'contract',
    ]);
  });

  it('simulates again what lost a race', async () => {
    const filed = await door.as('data.service1', '/v1/cases', filing);
    const path = `/v1/cases/${filed.str('result.caseNo')}/receive`;
    const answers = await Promise.all(
      [1, 2, 3].map((n) => door.as('offices.service1', path, { voucherNo: `V${n}` })),
    );
    const outcomes = answers.map((answer) => answer.at('code.name') ?? answer.at('code'));
    expect(outcomes.sort()).to.deep.equal(['VALID', 'WRONG_STATE', 'WRONG_STATE']);
  });

  it('refuses keys that the caller holds, at the first step and at those of older transactions', async () => {
    const first = await door.api.post('data.clerk1', '/v1/cases', filing);
    expect([first.status, first.at('code')]).to.deep.equal([501, 'CLIENT_KEYS_UNSUPPORTED']);
    const step = await door.api.post('data.clerk1', '/v1/transactions/tr_0/endorse', {
      signature: 'AAAA',
    });
    expect(step.at('code')).to.equal('CLIENT_KEYS_UNSUPPORTED');
  });

  it('lets people who sign in read', async () => {
    const caseNo = await fileCase(door.world.api, 'data.clerk1');
    const { gateway, api, world } = door;
    const target = world.gateway.height();
    while (gateway.height() < target) await new Promise(setImmediate);
    expect((await api.get('data.clerk1', `/v1/cases/${caseNo}`)).status).to.equal(200);
  });
});
