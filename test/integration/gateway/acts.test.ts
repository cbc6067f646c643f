import { expect } from 'chai';
import { z } from 'zod';
import { commit, fileCase, seed } from './support/story.js';
import { openWorld, type World } from './support/world.js';

const named = z.strictObject({ zh: z.string(), en: z.string() });
const parts = z.object({
  acts: z.array(
    z.object({
      input: z.object({ stepId: z.string().optional() }),
      names: z.object({ stepId: named.optional() }).optional(),
    }),
  ),
});

describe('what a caller can do with a record', function () {
  this.timeout(120_000);
  let world: World;
  let caseNo: string;

  before(async () => {
    world = await openWorld();
    await seed(world.api);
    caseNo = await fileCase(world.api, 'data.clerk1');
  });

  after(() => world.close());

  /** The acts of a record as one user is told of them: `open`, or the code of the refusal, by command. */
  async function told(user: string, path: string): Promise<Readonly<Record<string, string>>> {
    const answer = await world.api.get(user, `${path}/acts`);
    expect(answer.status, answer.text).to.equal(200);
    const codes = answer.each('acts', 'command').map((command, index) => {
      const open = answer.at(`acts.${String(index)}.open`) === true;
      return [String(command), open ? 'open' : answer.str(`acts.${String(index)}.refusal.code`)];
    });
    return Object.fromEntries(codes) as Record<string, string>;
  }

  it('is told with the reason why nothing else is open, by department, role and state', async () => {
    const path = `/v1/cases/${caseNo}`;
    const owner = await told('offices.clerk1', path);
    expect(owner).to.include({ 'case.receive': 'open', 'case.accept': 'WRONG_STATE' });
    expect(owner).to.include({ 'case.decide': 'ROLE_REFUSED', 'case.complete': 'WRONG_STATE' });
    const applicant = await told('data.clerk1', path);
    expect(applicant).to.include({ 'case.withdraw': 'open', 'case.receive': 'WRONG_DEPARTMENT' });
    const refused = await world.api.run('data.clerk1', `${path}/receive`, {});
    expect(refused.at('code'), 'what the ledger says').to.equal(applicant['case.receive']);
    await commit(world.api, 'offices.clerk1', `${path}/receive`, {});
    expect(await told('offices.clerk1', path)).to.include({
      ...{ 'case.receive': 'WRONG_STATE', 'case.accept': 'open', 'case.refuse': 'open' },
    });
  });

  it('is told by the name of the step that it is about', async () => {
    const answer = await world.api.get('offices.clerk1', `/v1/cases/${caseNo}/acts`);
    const { acts } = parts.parse(JSON.parse(answer.text));
    const steps = acts.filter(({ input }) => input.stepId === 'headcount');
    expect(new Set(steps.map(({ names }) => names?.stepId?.zh))).to.deep.equal(
      new Set(['核定编制']),
    );
  });

  it('is not told of what the caller may not see, or what is not there', async () => {
    const other = await fileCase(world.api, 'establishment.clerk1');
    for (const path of [`/v1/cases/${other}`, '/v1/cards/x', '/v1/orders/none', '/v1/shares/x']) {
      const answer = await world.api.get('data.clerk1', `${path}/acts`);
      expect([answer.status, answer.at('code')], path).to.deep.equal([404, 'RECORD_NOT_FOUND']);
    }
    expect(await told('supervision.supervisor1', `/v1/cases/${other}`)).to.include({
      ...{ 'urge.send': 'open', 'case.receive': 'ROLE_REFUSED' },
    });
  });

  it('is in the inbox of whoever can do it, and among what was done from then on', async () => {
    const inbox = async (user: string, query = '') =>
      (await world.api.get(user, `/v1/inbox${query}`)).each('items', 'caseNo');
    expect(await inbox('offices.clerk1')).to.include(caseNo);
    // No section is named in its certificate: then its own is the caller's alone.
    const mine = await inbox('offices.clerk1', '?mine=true');
    expect(mine).to.include(caseNo);
    expect(await inbox('offices.clerk1', '?section=true')).to.deep.equal(mine);
    const done = await world.api.get('offices.clerk1', '/v1/inbox/done');
    expect(done.each('items', 'command')).to.include('case.receive');
    expect(done.each('items', 'user')).to.include.members(['offices.clerk1', 'offices.head1']);
    const own = await world.api.get('offices.clerk1', '/v1/inbox/done?mine=true&limit=1');
    expect(own.at('items.0.command')).to.equal('case.receive');
    expect(own.at('items.0.about.caseNo')).to.equal(caseNo);
    expect(own.at('next')).to.be.a('string');
  });
});
