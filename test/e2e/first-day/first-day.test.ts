import { expect } from 'chai';
import { Official } from './official.js';
import { StartedDemo } from './started-demo.js';

/** Each role's first day, by nothing but what is printed: `npm start`, receipts, the inbox, what is shown. */
describe('a first day in the office', function () {
  this.timeout(300_000);
  let demo: StartedDemo;

  before(async () => {
    demo = await StartedDemo.start();
  });

  after(async () => {
    expect(await demo.stop()).to.equal(0);
  });

  async function as(user: string): Promise<Official> {
    const official = new Official(demo);
    await official.enters(user);
    return official;
  }

  it('of a clerk who files', async () => {
    const clerk = await as('hrss.clerk1');
    await clerk.does('查事项、申报');
    await clerk.does('查看、申报', { 实施编码: clerk.sees('馆藏档案查阅（即办件）') });
    await clerk.does('申报办件');
    await clerk.does('查事项、申报');
    await clerk.does('查看、申报', { 实施编码: clerk.sees('安置房项目用地预审与选址意见书') });
    await clerk.does('申报办件');
    await clerk.does('查事项、申报');
    await clerk.does('查看、申报', { 实施编码: clerk.sees('办公用房租用审批') });
    expect(await clerk.does('申报办件')).to.match(/下一步 收件.*机关事务中心/);
    await clerk.isDone();
  });

  it('of a clerk at the counter of an on-the-spot item', async () => {
    const clerk = await as('archives.clerk1');
    await clerk.does('收件');
    await clerk.does('先查阅材料');
    await clerk.does('受理');
    await clerk.isDone();
  });

  it('of a clerk who receives and accepts', async () => {
    const clerk = await as('offices.clerk1');
    await clerk.does('收件');
    expect(await clerk.does('先查阅材料')).to.include('待共享取得');
    await clerk.does('取文件');
    await clerk.looksAtInbox();
    await clerk.does('先看数据项');
    await clerk.does('数源部门为办件签发存证');
    await clerk.looksAtInbox();
    await clerk.does('受理');
    expect(await clerk.does('出具受理通知书')).to.include('已出具《受理通知书》');
    await clerk.isDone();
  });

  it('of a clerk who looks at what is of the own section', async () => {
    const clerk = await as('offices.clerk2');
    expect(await clerk.looksAtInbox()).to.include('会签');
    expect(await clerk.does('本科室（公务用车科）待办')).not.to.include('会签');
  });

  it('of a clerk whose department gives an opinion', async () => {
    for (const user of ['establishment.clerk1', 'finance.clerk1']) {
      const clerk = await as(user);
      await clerk.does('数源部门为办件签发存证');
      const waiting = await clerk.looksAtInbox();
      expect(waiting).to.match(/编制核定（headcount）|资金落实（funds）/);
      await clerk.does('会办意见', { agree: '' });
      await clerk.isDone();
    }
  });

  it('of the establishment office and the government, where departments differ about a duty', async () => {
    const owner = await as('nrp.clerk1');
    await owner.does('收件');
    await owner.does('受理');
    await owner.isDone();
    const asked = await as('construction.clerk1');
    await asked.does('先看');
    await asked.does('可以办理的操作');
    await asked.does('查职责条目');
    await asked.does('提出移交办件或者环节', { to: 'drc', duty: asked.sees('DRC-') });
    const other = await as('drc.clerk1');
    await other.does('查职责条目');
    const duties = { 'clause-of': 'construction', duty: other.sees('CON-') };
    await other.does('不接收移交', duties);
    await asked.enters('construction.clerk1');
    await asked.does('先看');
    await asked.does('可以办理的操作');
    await asked.does('提请职责分工协调', { 'clause-of': 'drc', duty: asked.sees('DRC-') });
    const office = await as('establishment.head1');
    await office.does('编办提出职责分工协调意见', { department: 'construction', ...duties });
    const government = await as('reform.head1');
    await government.does('职责分工协调决定', { department: 'construction', ...duties });
    await government.isDone('经办人');
    await asked.enters('construction.clerk1');
    await asked.does('会办意见', { agree: '' });
    await asked.isDone();
  });

  it('of a head', async () => {
    const establishment = await as('establishment.head1');
    await establishment.does('先看');
    await establishment.does('实施主体负责人和编办会签事项');
    await establishment.isDone('经办人');
    const head = await as('offices.head1');
    await head.does('实施主体负责人和编办会签事项');
    await head.looksAtInbox();
    await head.does('作出决定', { grant: '' });
    await head.isDone('经办人');
  });

  it('of the clerk who brings it to an end', async () => {
    const clerk = await as('offices.clerk1');
    await clerk.does('公布已会签的事项');
    await clerk.looksAtInbox();
    await clerk.does('办结');
    await clerk.does('送达');
    const applicant = await as('hrss.clerk1');
    await applicant.does('申报部门签收送达');
    await applicant.isDone();
    await clerk.enters('offices.clerk1');
    await clerk.does('先制作归档信息包');
    await clerk.does('归档');
    await clerk.isDone();
  });

  it('of those who ask for data', async () => {
    const clerk = await as('establishment.clerk1');
    await clerk.does('查政务数据目录');
    await clerk.does('查看、申请共享', { 政务数据目录项: clerk.sees('办件轨迹') });
    await clerk.does('需求部门提出共享申请');
    await clerk.isDone();
    const head = await as('establishment.head1');
    await head.does('先看');
    await head.does('需求部门负责人同意');
    await head.isDone('经办人');
    const provider = await as('data.clerk1');
    await provider.does('先看');
    await provider.does('拟同意共享的答复');
    await provider.isDone('负责人');
    const signer = await as('data.head1');
    await signer.does('先看');
    await signer.does('提供部门负责人同意所拟答复');
    await signer.isDone('经办人');
    await provider.enters('data.clerk1');
    await provider.does('先看');
    await provider.does('提供数据');
    await provider.isDone();
    await clerk.enters('establishment.clerk1');
    await clerk.does('先看');
    await clerk.does('需求部门确认');
    await clerk.isDone();
  });

  it('of a supervisor, and of the head whose department was late', async () => {
    const supervisor = await as('supervision.supervisor1');
    await supervisor.does('查看办件');
    await supervisor.does('查看', { 办件编号: supervisor.sees('馆藏档案查阅') });
    await supervisor.looksUntil('可以办理的操作', '亮黄牌、红牌');
    await supervisor.does('亮黄牌、红牌');
    await supervisor.isDone();
    const head = await as('archives.head1');
    await head.does('说明逾期原因');
    await head.does('作出决定', { grant: '' });
    await head.isDone('经办人');
  });
});
