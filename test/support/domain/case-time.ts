import type { MatterContent } from '@yici/domain/model';
import { expect } from 'chai';
import {
  commit,
  digestOf,
  filing,
  leaseMatter,
  publishMatter,
} from '../../integration/gateway/support/story.js';
import { workingDays } from '../matter.js';
import { refusal, shanghai, type Stand } from './stand.js';
import { sealedVoucher } from '../vouchers.js';

const document = digestOf('document');
const [application] = leaseMatter.materials;

/** The lease with a second material that a commitment may stand for. */
const promisedMatter: MatterContent = {
  ...leaseMatter,
  taskCode: 'LEASE0002',
  matterType: '01',
  statutoryLimit: workingDays(20),
  policyDocuments: [{ number: '浙政发〔2020〕1号', title: '告知承诺事项范围', ...document }],
  materials: [application!, { ...application!, code: 'quote', tolerable: true }],
  formFields: [{ code: 'area', name: { zh: '面积', en: 'Area' } }],
  commitment: {
    materials: ['quote'],
    terms: { number: '告知书', title: '告知书', ...document },
    concerns: {
      ...{ publicSafety: false, financialSafety: false, ecology: false },
      ...{ health: false, lifeAndProperty: false },
    },
    scopeDocument: '浙政发〔2020〕1号',
  },
};

const hearing = {
  procedure: 'hearing',
  law: '行政许可法',
  clause: '第四十六条',
  rank: 'law',
  limit: workingDays(5),
  notice: document,
};

/** Stopped and prolonged clocks, the form anew, a commitment and its inspection, on a stand that was seeded. Registers the tests. */
export function tellsCaseTime(stand: () => Stand): void {
  const owner = 'offices.clerk1';
  const head = 'offices.head1';
  const refused = async (user: string, path: string, body: unknown) => {
    const answer = await refusal(stand(), user, path, body);
    return [answer.status, answer.at('code')];
  };
  const inbox = async (user: string, caseNo: string) => {
    const { json } = await stand().api.get(user, '/v1/inbox');
    const { items } = json as { items: { caseNo: string; todo: string; due: string | null }[] };
    return items.filter((item) => item.caseNo === caseNo).map(({ todo }) => todo);
  };
  const clocks = async (path: string, query = '') =>
    (await stand().api.get(owner, `${path}/clocks${query}`)).json as {
      items: { what: string; dueOn: string; paused: boolean; limitDays: number }[];
    };

  /** Files against a matter, receives and accepts. */
  async function accepted(body: object): Promise<string> {
    const { api } = stand();
    const filed = await commit(api, 'data.clerk1', '/v1/cases', { ...filing, ...body });
    const path = `/v1/cases/${filed.str('result.caseNo')}`;
    await commit(api, owner, `${path}/receive`, {});
    await commit(api, owner, `${path}/accept`, sealedVoucher);
    return path;
  }

  before(() => publishMatter(stand().api, promisedMatter));

  it('stops and goes on, and everybody sees it in the record, the inbox and the clocks', async () => {
    const { api } = stand();
    const path = await accepted({});
    const caseNo = path.slice('/v1/cases/'.length);
    const before = (await api.get(owner, path)).str('dueOn');
    // The guide of the version announces no hearing: the head signs, and the supervision office sees it.
    const start = `${path}/start-special-procedure`;
    expect(await refused(owner, start, hearing)).to.deep.equal([403, 'PROCEDURE_NEEDS_HEAD']);
    const held = await commit(api, head, start, hearing);
    expect(await inbox('supervision.head1', caseNo)).to.deep.equal(['watchProcedure']);
    expect(held.at('result.state')).to.equal('SPECIAL_PROCEDURE');
    expect(held.at('result.nationalNumber')).to.equal(9);
    const moved = held.str('result.dueOn');
    expect(moved > before).to.equal(true);
    expect(await inbox(owner, caseNo)).to.deep.equal(['endProcedure']);
    const listed = await api.get(owner, '/v1/cases?state=SPECIAL_PROCEDURE');
    expect(listed.each('items', 'caseNo')).to.deep.equal([caseNo]);
    const { items } = await clocks(path);
    expect(items.map(({ what, paused }) => [what, paused])).to.deep.equal([
      ['opinion', true],
      ['procedure', false],
      ['finish', true],
    ]);
    const later = await clocks(path, '?on=2199-01-01');
    expect(later.items.map(({ what, paused }) => [what, paused])).to.deep.equal([
      ['opinion', false],
      ['finish', false],
    ]);
    const opinion = { stepId: 'headcount', answer: 'agree' };
    await commit(api, 'establishment.clerk1', `${path}/opinion`, opinion);
    expect(await refused(head, `${path}/decide`, { outcome: 'granted', document })).to.deep.equal([
      409,
      'SPECIAL_PROCEDURE_RUNNING',
    ]);
    const end = `${path}/end-special-procedure`;
    expect(await refused('data.clerk1', end, { no: 1 })).to.deep.equal([403, 'WRONG_DEPARTMENT']);
    const ended = await commit(api, owner, end, { no: 1, result: document });
    expect(ended.at('result.dueOn')).to.equal(before);
    expect(ended.at('result.nationalNumber')).to.equal(10);
    expect(await refused(owner, end, { no: 1 })).to.deep.equal([409, 'PROCEDURE_ENDED']);
    expect(await inbox(owner, caseNo)).to.deep.equal(['decide']);
  });

  it('is prolonged by a second head, for whom it waits', async () => {
    const { api } = stand();
    const materials = ['application', 'quote'].map((code) => ({ code, document }));
    const path = await accepted({ taskCode: 'LEASE0002', materials });
    const caseNo = path.slice('/v1/cases/'.length);
    const asked = { limit: workingDays(5), reasonCode: 'siteSurvey', grounds: document };
    const approve = `${path}/approve-extension`;
    expect(await refused(head, approve, { notice: document })).to.deep.equal([
      422,
      'EXTENSION_NOT_REQUESTED',
    ]);
    await commit(api, owner, `${path}/request-extension`, asked);
    expect(await inbox(owner, caseNo)).to.deep.equal(['approveExtension']);
    expect(await refused(owner, approve, { notice: document })).to.deep.equal([
      403,
      'ROLE_REFUSED',
    ]);
    expect(await refused(head, approve, { notice: document })).to.deep.equal([
      422,
      'GOVERNMENT_APPROVAL_MISSING',
    ]);
    const government = { number: '丽政函〔2026〕7号', title: '批复', ...document };
    const done = await commit(api, head, approve, { notice: document, government });
    expect(done.at('result.state')).to.equal('EXTENDED');
    const { items } = await clocks(path);
    const limits = new Map(items.map(({ what, limitDays }) => [what, limitDays]));
    expect([limits.get('finish'), limits.get('statutory')]).to.deep.equal([7, 25]);
    expect(await refused(owner, `${path}/request-extension`, asked)).to.deep.equal([
      409,
      'EXTENSION_ONCE',
    ]);
    const lapse = { stepId: 'headcount' };
    expect(await refused('data.clerk1', `${path}/lapse-step`, lapse)).to.deep.equal([
      422,
      'STEP_NOT_OVERDUE',
    ]);
  });

  it('asks for marked fields of the form, and takes the form anew', async () => {
    const { api } = stand();
    const materials = ['application', 'quote'].map((code) => ({ code, document }));
    const filed = await commit(api, 'data.clerk1', '/v1/cases', {
      ...filing,
      taskCode: 'LEASE0002',
      materials,
    });
    const path = `/v1/cases/${filed.str('result.caseNo')}`;
    await commit(api, owner, `${path}/receive`, {});
    const fields = [{ code: 'area', deficiency: 'wrong' }];
    const notice = { fields, limit: workingDays(5) };
    await commit(api, owner, `${path}/supplement-notice`, notice);
    const supplement = `${path}/supplement`;
    expect(await refused('data.clerk1', supplement, { materials: [] })).to.deep.equal([
      422,
      'FORM_REQUIRED',
    ]);
    const form = digestOf('form 2');
    const done = await commit(api, 'data.clerk1', supplement, { materials: [], form });
    expect(done.at('result.form')).to.deep.equal(form);
  });

  it('goes from a commitment to its inspection and the archive, open to revocation by another head', async () => {
    const { api } = stand();
    const commitment = { document, materials: ['quote'] };
    const path = await accepted({ taskCode: 'LEASE0002', commitment });
    const caseNo = path.slice('/v1/cases/'.length);
    const opinion = { stepId: 'headcount', answer: 'agree' };
    await commit(api, 'establishment.clerk1', `${path}/opinion`, opinion);
    const granted = await commit(api, head, `${path}/decide`, { outcome: 'granted', document });
    expect(granted.at('result.commitment.inspectBy')).to.match(/^\d{4}-\d\d-\d\d$/);
    await commit(api, owner, `${path}/complete`, { result: document });
    const archiving = {
      package: document,
      retention: 'years10',
      retentionBasis: '归档范围和保管期限表 3.2',
    };
    expect(await refused(owner, `${path}/archive`, archiving)).to.deep.equal([409, 'WRONG_STATE']);
    await commit(api, owner, `${path}/deliver`, { form: 'web' });
    expect(await inbox(owner, caseNo)).to.deep.equal(['inspect', 'archive']);
    expect(await refused(owner, `${path}/archive`, { package: document })).to.deep.equal([
      422,
      'RETENTION_UNCLEAR',
    ]);
    await commit(api, owner, `${path}/archive`, archiving);
    expect(await inbox(owner, caseNo)).to.deep.equal(['inspect']);
    expect(await inbox('data.clerk1', caseNo)).to.deep.equal(['acknowledge']);
    await commit(api, 'data.clerk1', `${path}/acknowledge`, { on: shanghai(0) });
    const inspection = { result: 'fail', document, correction: workingDays(5) };
    await commit(api, owner, `${path}/record-inspection`, inspection);
    expect(await inbox('data.clerk1', caseNo)).to.deep.equal(['correct']);
    const reason = { code: 'commitmentBroken', text: document, remedy: '可以申请行政复议' };
    expect(await refused(head, `${path}/revoke-decision`, { reason, document })).to.deep.equal([
      403,
      'MAKER_IS_CHECKER',
    ]);
    const passed = await commit(api, owner, `${path}/record-inspection`, {
      result: 'pass',
      document,
    });
    expect(passed.at('result.state')).to.equal('ARCHIVED');
    expect(await inbox('data.clerk1', caseNo)).to.deep.equal([]);
  });

  it('shows the clocks of a case to its parties only', async () => {
    const path = await accepted({});
    const supervisor = await stand().api.get('supervision.supervisor1', `${path}/clocks`);
    expect(supervisor.status).to.equal(200);
    const stranger = await stand().api.get('supervision.head1', `${path}/clocks`);
    expect([stranger.status, stranger.at('code')]).to.deep.equal([404, 'RECORD_NOT_FOUND']);
  });
}
