import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import type { Answer } from '../integration/gateway/support/api.js';
import {
  commit,
  digestOf,
  filing,
  leaseMatter,
  publishMatter,
  seed,
} from '../integration/gateway/support/story.js';
import { openWorld, type World } from '../integration/gateway/support/world.js';
import { pdf, putDocument } from '../support/domain/documents.js';
import { sealedVoucher } from '../support/vouchers.js';

/** Every digest is on the ledger, and every member has the ledger: to name one proves nothing. */
describe('attack 4: a department names the digest of a document that is not its own', function () {
  this.timeout(120_000);
  let world: World;
  /** A memo of the Establishment Office, named in a case of its own in which only the offices take part. */
  let memo: Answer;
  let ownCase: string;

  before(async () => {
    world = await openWorld();
    await seed(world.api);
    memo = await keep();
    ownCase = await file('establishment.clerk1', memo);
  });
  after(() => world.close());

  const keep = async (): Promise<Answer> => {
    const salt = randomBytes(32).toString('base64');
    const kept = await putDocument(world.api, 'establishment.clerk1', pdf, {
      'x-document-salt': salt,
    });
    expect(kept.status, kept.text).to.equal(201);
    return kept;
  };
  const materials = (of: Answer) => [{ code: 'application', document: of.at('digest') }];
  const file = async (user: string, of: Answer): Promise<string> => {
    const body = { ...filing, materials: materials(of) };
    return (await commit(world.api, user, '/v1/cases', body)).str('result.caseNo');
  };

  /** Nothing of the document is told, by id or by digest: not its name, its salt, its content, who read it, or its cases. */
  const expectHidden = async (user: string, of: Answer) => {
    for (const path of ['', '/content', '/reads']) {
      const answer = await world.api.get(user, `/v1/documents/${of.id}${path}`);
      expect([answer.status, answer.at('code')], path).to.deep.equal([404, 'RECORD_NOT_FOUND']);
      for (const secret of [of.str('salt'), '租用申请', ownCase]) {
        expect(answer.text).to.not.include(secret);
      }
    }
    const found = await world.api.get(user, `/v1/documents?digest=${of.str('digest.digest')}`);
    expect(found.list('items')).to.deep.equal([]);
  };

  it('the digest is read from the ledger and filed as a material of the own: nothing is shown', async () => {
    await file('data.clerk1', memo);
    await expectHidden('data.clerk1', memo);
    await expectHidden('data.head1', memo);
  });

  it('every other act that can name a digest is tried: form and pledge', async () => {
    const body = { ...filing, form: memo.at('digest'), pledge: memo.at('digest') };
    await commit(world.api, 'data.clerk1', '/v1/cases', body);
    await expectHidden('data.clerk1', memo);
  });

  it('the keeper itself moves the attacker’s one thing on, and so opens a case with the digest in it', async () => {
    const { api } = world;
    const secret = await keep();
    await publishOneThing(world);
    const filed = await commit(api, 'data.clerk1', '/v1/one-thing-cases', {
      ...{ code: 'MOVE01', version: 1, form: digestOf('one form') },
      materials: materials(secret),
    });
    const first = filed.str('result.parts.0.caseNo');
    await commit(api, 'offices.clerk1', `/v1/cases/${first}/receive`, {});
    await commit(api, 'offices.clerk1', `/v1/cases/${first}/accept`, sealedVoucher);
    const decision = { outcome: 'granted', document: digestOf('decision') };
    await commit(api, 'offices.head1', `/v1/cases/${first}/decide`, decision);
    const path = `/v1/one-thing-cases/${filed.str('result.no')}/advance`;
    await commit(api, 'establishment.service1', path, {});
    await expectHidden('data.clerk1', secret);
    await expectHidden('offices.clerk1', secret);
  });

  it('the numbers of cases in which others named it are shown to nobody who takes no part in them', async () => {
    const foreign = await file('data.clerk1', memo);
    for (const user of ['establishment.clerk1', 'offices.clerk1']) {
      const shown = await world.api.get(user, `/v1/documents/${memo.id}`);
      expect(shown.at('cases'), user).to.deep.equal([ownCase]);
      expect(shown.text, user).to.not.include(foreign);
    }
  });

  it('only the keeper shows it: in its own case to the parties, and by a grant that it can take back', async () => {
    const grant = (user: string, departments: readonly string[]) =>
      world.api.post(user, `/v1/documents/${memo.id}/readers`, { departments });
    expect((await grant('data.head1', ['data'])).status, 'to itself').to.equal(404);
    const byReader = await grant('offices.head1', ['data']);
    expect([byReader.status, byReader.at('code')], 'by a reader').to.deep.equal([
      403,
      'ROLE_REFUSED',
    ]);
    await expectHidden('data.clerk1', memo);
    const granted = await grant('establishment.clerk1', ['data']);
    expect([granted.status, granted.at('grantedTo')]).to.deep.equal([200, ['data']]);
    const shown = await world.api.get('data.clerk1', `/v1/documents/${memo.id}`);
    expect([shown.status, shown.at('salt')]).to.deep.equal([200, memo.at('salt')]);
    expect(shown.at('cases'), 'foreign cases').to.deep.equal([]);
    expect((await grant('establishment.clerk1', [])).status).to.equal(200);
    await expectHidden('data.clerk1', memo);
  });
});

/** Two parts, one after the other, both of which are given the application. */
async function publishOneThing({ api }: World): Promise<void> {
  const nodes = ['MOVE0001', 'MOVE0002'].map((taskCode, index) => ({
    ...{ id: `part${String(index)}`, taskCode, matterVersion: 1 },
    after: index === 0 ? [] : ['part0'],
  }));
  for (const { taskCode } of nodes) {
    await publishMatter(api, { ...leaseMatter, flow: [], taskCode });
  }
  const draft = await commit(api, 'offices.clerk1', '/v1/one-things', {
    ...{ code: 'MOVE01', name: { zh: '一件事', en: 'One thing' }, nodes, same: [] },
    promisedLimit: { value: 14, unit: 'workingDay' },
    policyDocuments: [{ number: '一号', title: '办法', ...digestOf('policy') }],
    effectiveFrom: '2020-01-01',
  });
  const body = { version: 1, contentDigest: draft.at('result.contentDigest') };
  for (const head of ['offices.head1', 'establishment.head1']) {
    await commit(api, head, '/v1/one-things/MOVE01/cosign', body);
  }
  await commit(api, 'offices.clerk1', '/v1/one-things/MOVE01/publish', { version: 1 });
}
