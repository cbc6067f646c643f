import { expect } from 'chai';
import { sealedVoucher } from '../../support/vouchers.js';
import { shanghai } from '../../support/domain/stand.js';
import { commit, digestOf, filing, seed } from './support/story.js';
import { openWorld, type World } from './support/world.js';

const document = digestOf('document');
const identifier = '1.2.156.3005.2.11100000000013338W032.11331100002645678A.2026000001.001.0';
const sealing = {
  number: '地字第331100202600001号',
  sealSystem: 'provincial',
  seal: digestOf('seal'),
};

describe('the result of a case over HTTP on the embedded network', function () {
  this.timeout(120_000);
  const [owner, head, applicant] = ['offices.clerk1', 'offices.head1', 'data.clerk1'];
  let world: World;
  let path: string;

  before(async () => {
    world = await openWorld();
    await seed(world.api);
    const { api } = world;
    const filed = await commit(api, applicant, '/v1/cases', filing);
    path = `/v1/cases/${filed.str('result.caseNo')}`;
    await commit(api, owner, `${path}/receive`, {});
    await commit(api, owner, `${path}/accept`, sealedVoucher);
    const opinion = { stepId: 'headcount', answer: 'agree' };
    await commit(api, 'establishment.clerk1', `${path}/opinion`, opinion);
    await commit(api, head, `${path}/decide`, { outcome: 'granted', document, ...sealing });
  });
  after(() => world.close());

  const refused = async (user: string, act: string, body: unknown) => {
    const answer = await world.api.run(user, `${path}/${act}`, body);
    return [answer.status, answer.at('code'), answer.at('details.basis')];
  };
  const inbox = async (user: string) =>
    (await world.api.get(user, '/v1/inbox')).each('items', 'todo');

  it('is a sealed licence, which is delivered, acknowledged and cancelled, each refusal on its own law', async () => {
    const { api } = world;
    const licence = {
      identifier,
      type: '建设用地规划许可证',
      holder: digestOf('holder'),
      document,
    };
    const issue = { ...licence, ...sealing, validFrom: shanghai(0) };
    const issued = await commit(api, owner, `${path}/issue-licence`, issue);
    expect(issued.at('result.licences.0.sealed.number')).to.equal(sealing.number);
    expect(await refused(owner, 'issue-licence', issue)).to.deep.equal([
      409,
      'ALREADY_EXISTS',
      undefined,
    ]);
    await commit(api, owner, `${path}/complete`, { result: document });
    expect(await refused(owner, 'deliver', { form: 'web', number: 'x' })).to.deep.equal([
      422,
      'VOUCHER_REQUIRED',
      'result',
    ]);
    await commit(api, owner, `${path}/deliver`, { form: 'web' });
    expect(await inbox(applicant)).to.include('acknowledge');
    const [status, code] = await refused(owner, 'acknowledge', { on: shanghai(0) });
    expect([status, code]).to.deep.equal([403, 'WRONG_DEPARTMENT']);
    await commit(api, applicant, `${path}/acknowledge`, { on: shanghai(0) });
    expect(await inbox(applicant)).to.not.include('acknowledge');
    const change = { identifier, document, ground: 'holderEnded', status: 'suspended' };
    expect(await refused(head, 'change-licence', change)).to.deep.equal([
      422,
      'LICENCE_STATUS_REFUSED',
      'house',
    ]);
    const cancelled = await commit(api, head, `${path}/change-licence`, {
      ...change,
      status: 'cancelled',
    });
    expect(cancelled.at('result.licences.0.changes.0.ground')).to.equal('holderEnded');
    expect((await api.get(applicant, path)).at('delivery.signed.on')).to.equal(shanghai(0));
  });
});
