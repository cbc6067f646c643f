import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { pdf } from '../../support/domain/documents.js';
import { workingDays } from '../../support/matter.js';
import { runYici, type Run } from '../../support/terminal.js';
import { atTerminal, enter, leave, picks, types, type Answer } from '../../support/questions.js';
import {
  commit,
  digestOf,
  filing,
  leaseMatter,
  publishMatter,
  seed,
  taskCode,
} from './support/story.js';
import { openWorld, type World } from './support/world.js';

interface Drafted {
  readonly input: { readonly document: unknown };
}

describe('an act that is asked for field after field', function () {
  this.timeout(180_000);
  let world: World;

  before(async () => {
    world = await openWorld();
    await seed(world.api);
  });

  after(() => world.close());

  const as = (user: string, args: readonly string[]) => [
    ...args,
    ...['--gateway', world.url, '--identity', join(world.directory, 'state', 'identities', user)],
  ];

  interface Sitting extends Run {
    readonly drawn: string;
    readonly left: readonly string[];
  }

  const sit = async (user: string, args: string[], answers: Answer[]): Promise<Sitting> => {
    const { screen, drawn, left } = atTerminal(answers);
    const run = await runYici(as(user, args), {}, { screen });
    return { ...run, left: left().map(([shown]) => String(shown)), drawn: drawn() };
  };

  const file = (name: string): string => {
    const path = join(world.directory, name);
    writeFileSync(path, `content of ${name}`);
    return path;
  };

  const filed = async (): Promise<number> =>
    (await world.api.get('data.clerk1', '/v1/cases')).list('items').length;

  const accept = async (caseNo: string) => {
    await commit(world.api, 'offices.clerk1', `/v1/cases/${caseNo}/receive`, {});
    await commit(world.api, 'offices.clerk1', `/v1/cases/${caseNo}/accept`, {
      ...{ voucherNo: 'SL-1', voucher: digestOf('voucher') },
      ...{ sealSystem: 'provincial', seal: digestOf('seal') },
    });
  };

  it('files a case: what it is about from the ledger, a file that is not there asked for again', async () => {
    const application = file('application.ofd');
    file('form.json');
    const run = await sit(
      'data.clerk1',
      ['case', 'submit', '--interactive'],
      [
        ...picks('实施编码', '租用'),
        ...types('申请表', join(world.directory, 'lost.ofd')),
        // What was typed is still on the line: the name alone is mended.
        ['无法读取', `${'\u007f'.repeat('lost.ofd'.length)}form.json`],
        ['form.json', enter],
        ...picks('材料：已填 0 项', '再填'),
        ...picks('材料：代码', '租用申请'),
        ...types('材料：文件', application),
        ...picks('材料：已填 1 项', '填完'),
        ...picks('还可以填写', '不再填写'),
        ...picks('是否签名并提交', '签名并提交'),
      ],
    );
    expect(run.left, run.notes.join('\n') + run.drawn).to.deep.equal([]);
    expect(run.exitCode, run.notes.join('\n')).to.equal(0);
    expect(run.notes.join('\n')).to.contain('application.ofd');
    const [caseNo = ''] = /[A-Z0-9]+-\d{8}-\d{4}/.exec(run.out.join('\n')) ?? [];
    const known = await world.api.get('data.clerk1', `/v1/cases/${caseNo}`);
    expect(known.at('state')).to.equal('SUBMITTED');
    expect(known.at('taskCode')).to.equal(taskCode);
    expect(known.text).to.contain('"code":"application"');
  });

  it('sends nothing when whoever is asked leaves', async () => {
    const before = await filed();
    const run = await sit(
      'data.clerk1',
      ['case', 'submit', '-i', taskCode, '--form', file('form.json')],
      [...picks('材料：已填 0 项', '填完'), ['? 还可以填写', leave]],
    );
    expect(run.left, run.notes.join('\n') + run.drawn).to.deep.equal([]);
    expect(run.exitCode).to.equal(2);
    expect(run.notes.join()).to.contain('未提交');
    expect(await filed()).to.equal(before);
  });

  it('asks nothing that options give, and tells why the ledger refuses', async () => {
    const caseNo = (await world.api.get('data.clerk1', '/v1/cases')).str('items.0.caseNo');
    await accept(caseNo);
    const args = ['case', 'opinion', caseNo, '--interactive', '--agree'];
    const ends = [...picks('还可以填写', '不再填写'), ...picks('是否签名并提交', '签名并提交')];
    const done = await sit('establishment.clerk1', args, ends);
    expect(done.left, done.notes.join('\n') + done.drawn).to.deep.equal([]);
    expect(done.exitCode, done.notes.join('\n')).to.equal(0);
    const known = await world.api.get('establishment.clerk1', `/v1/cases/${caseNo}`);
    expect(known.at('steps.0.answer')).to.equal('agree');
    // Once more: the ledger says why not, and whoever is asked leaves.
    const again = await sit('establishment.clerk1', args, [
      ...ends,
      ...picks('是否签名并提交', '退出'),
    ]);
    expect(again.left, again.notes.join('\n') + again.drawn).to.deep.equal([]);
    expect(again.notes.join('\n')).to.contain('未登记（');
    expect(again.exitCode).to.equal(2);
  });

  it('drafts an act in the same way, and leaves its words for whoever signs it', async () => {
    const caseNo = (await world.api.get('data.clerk1', '/v1/cases')).str('items.0.caseNo');
    const args = ['draft', 'new', '--command', '会办意见', '--interactive'];
    const run = await sit('establishment.clerk1', args, [
      ...picks('办件编号', caseNo),
      ...picks('意见', '不同意'),
      ...picks('还可以填写', '理由'),
      ...picks('理由：理由代码', '其他'),
      [/\? 理由(?!：)/, '编制已满'],
      ['编制已满', enter],
      ...picks('还可以填写', '不再填写'),
      // Of the act, no longer of its reason.
      [/还可以填写[^]*转报文书/, '不再填写'],
      [/❯ [^\n]*不再填写/, enter],
    ]);
    expect(run.left, run.notes.join('\n') + run.drawn).to.deep.equal([]);
    expect(run.exitCode, run.notes.join('\n')).to.equal(0);
    const [id = ''] = /dft_[\w-]+/.exec(run.out.join('\n')) ?? [];
    const draft = await world.api.get('establishment.clerk1', `/v1/drafts/${id}`);
    expect(draft.at('input')).to.deep.equal({
      ...{ caseNo, answer: 'disagree' },
      reason: { code: 'other', text: '编制已满' },
    });
    const change = await sit(
      'establishment.clerk1',
      ['draft', 'change', id, '--of-version', '1', '-i'],
      [
        ['是否修改', '“意见'],
        [/❯ 修改“意见”/, enter],
        ...picks('意见', '转报'),
        // What is not there yet can be added.
        ['是否修改', '转报的'],
        [/❯ 填写“转报的上级机关”/, enter],
        ...types('转报的上级机关', '省委编办'),
        ...picks('是否修改', '不再修改'),
      ],
    );
    expect(change.left, change.notes.join('\n') + change.drawn).to.deep.equal([]);
    expect(change.exitCode, change.notes.join('\n')).to.equal(0);
    const changed = await world.api.get('establishment.clerk1', `/v1/drafts/${id}`);
    expect(changed.at('input')).to.deep.equal({
      ...{ caseNo, answer: 'forward', organ: '省委编办' },
      reason: { code: 'other', text: '编制已满' },
    });
  });

  it('takes the step of the department where it has one', async () => {
    const caseNo = (await world.api.get('data.clerk1', '/v1/cases')).str('items.0.caseNo');
    const run = await runYici(as('establishment.clerk1', ['case', 'opinion', caseNo, '--agree']));
    expect(run.notes.join()).to.contain('ALREADY_ANSWERED');
  });

  it('lists the steps where a department has several', async () => {
    const flow = [
      ...leaseMatter.flow,
      ...leaseMatter.flow.map((step) => ({
        ...{ ...step, id: 'ceiling' },
        name: { zh: '上限核定', en: 'Ceiling' },
      })),
    ];
    await publishMatter(world.api, { ...leaseMatter, taskCode: 'LEASE0002', flow });
    const body = { ...filing, taskCode: 'LEASE0002' };
    const sent = await commit(world.api, 'data.clerk1', '/v1/cases', body);
    const caseNo = sent.str('result.caseNo');
    await accept(caseNo);
    const args = ['case', 'opinion', caseNo, '--agree'];
    const run = await runYici(as('establishment.clerk1', args));
    expect(run.exitCode).to.equal(2);
    const listed = run.notes.join('\n');
    expect(listed).to.contain('核定编制（headcount）、上限核定（ceiling）');
    const one = await runYici(as('establishment.clerk1', [...args, '--step', '上限核定']));
    expect(one.exitCode, one.notes.join('\n')).to.equal(0);
    const last = await runYici(as('establishment.clerk1', args));
    expect(last.exitCode, last.notes.join('\n')).to.equal(0);
    const known = await world.api.get('establishment.clerk1', `/v1/cases/${caseNo}`);
    expect(known.each('steps', 'answer')).to.deep.equal(['agree', 'agree']);
  });

  it('takes names in the place of ids, and tells what there is where nothing is called that', async () => {
    const shown = await runYici(as('data.clerk1', ['matter', 'show', '办公用房租用审批']));
    expect(shown.notes.join('\n')).to.match(
      /名为“办公用房租用审批”的有多个，请填代码：.*LEASE0001/,
    );
    const unknown = await runYici(as('data.clerk1', ['department', 'show', '财政']));
    expect([unknown.exitCode, unknown.notes.join('\n')]).to.deep.equal([
      2,
      '错误（USAGE）：没有名为“财政”的部门，可填：data、establishment、offices、supervision。',
    ]);
    const form = file('form.json');
    const material = (given: string) =>
      ['case', 'submit', taskCode, '--form', form, '--material', given].concat('--no-store');
    const wrong = await runYici(as('data.clerk1', material(`申请=${form}`)));
    expect(wrong.notes.join('\n')).to.contain(
      '没有名为“申请”的材料，可填：租用申请（application）。',
    );
    const filed = await runYici(as('data.clerk1', material(`租用申请=${form}`)));
    expect(filed.exitCode, filed.notes.join('\n')).to.equal(0);
    const newest = await world.api.get('data.clerk1', '/v1/cases');
    const caseNo = newest.str('items.0.caseNo');
    const known = await world.api.get('data.clerk1', `/v1/cases/${caseNo}`);
    expect(known.each('materials', 'code')).to.deep.equal(['application']);
  });

  it('takes by its name what a signed commitment stands for', async () => {
    const [material] = leaseMatter.materials;
    const quote = { ...material!, code: 'quote', name: { zh: '租金报价', en: 'Quote' } };
    const cited = (title: string, number: string) => ({ title, number, ...digestOf(title) });
    const scope = cited('告知承诺事项清单', '市府办〔2020〕9号');
    const terms = cited('告知书', '市府办〔2020〕10号');
    const nothing = { publicSafety: false, financialSafety: false, ecology: false };
    await publishMatter(world.api, {
      ...{
        ...leaseMatter,
        taskCode: 'LICENCE0001',
        matterType: '01',
        materials: [material!, quote],
      },
      statutoryLimit: workingDays(20),
      policyDocuments: [scope],
      commitment: {
        ...{ materials: ['quote'], terms, scopeDocument: scope.number },
        concerns: { ...nothing, health: false, lifeAndProperty: false },
      },
    });
    const form = file('form.json');
    const given = ['--form', form, '--material', `租用申请=${form}`, '--commitment', form];
    const submit = (name: string) =>
      runYici(
        as('data.clerk1', [
          ...['case', 'submit', 'LICENCE0001', ...given, '--replacing', name],
          ...['--no-store', '--json'],
        ]),
      );
    expect((await submit('报价单')).notes.join('\n')).to.contain('租金报价（quote）');
    const filed = await submit('租金报价');
    expect(filed.exitCode, filed.notes.join('\n')).to.equal(0);
    const { result } = JSON.parse(filed.out.join('')) as { result: { caseNo: string } };
    const known = await world.api.get('data.clerk1', `/v1/cases/${result.caseNo}`);
    expect(known.each('materials', 'code')).to.have.members(['application', 'quote']);
  });

  it('goes through what was drafted before it is approved and issued', async () => {
    const { token } = await world.api.as('establishment.admin');
    const levels = [{ role: 'clerk' }, { role: 'head' }, { role: 'head' }];
    const chains = [{ command: 'case.opinion', levels, onePerson: true }];
    const set = await world.api.call('PUT', '/v1/signoff/chains', {
      body: { version: 0, chains },
      token,
    });
    expect(set.status, set.text).to.equal(200);
    const sent = await commit(world.api, 'data.clerk1', '/v1/cases', filing);
    const caseNo = sent.str('result.caseNo');
    await accept(caseNo);
    const input = { caseNo, stepId: 'headcount', answer: 'agree' };
    const begun = await world.api.post('establishment.clerk1', '/v1/signoffs', {
      ...{ command: 'case.opinion', title: '意见', input },
    });
    const id = begun.str('id');
    const reason = [
      ['是否修改', '“理由'],
      [/❯ 填写“理由”/, enter],
      ...picks('理由：理由代码', '其他'),
      [/\? 理由(?!：)/, '编制已满'],
      ['编制已满', enter],
      ...picks('还可以填写', '不再填写'),
    ] as const satisfies Answer[];
    const approved = await sit(
      'establishment.head1',
      ['signoff', 'approve', id, '--of-version', '1', '-i'],
      [
        ['是否修改', '“意见'],
        [/❯ 修改“意见”/, enter],
        ...picks('意见', '不同意'),
        ...reason,
        ...picks('是否修改', '不再修改'),
      ],
    );
    expect(approved.left, approved.notes.join('\n') + approved.drawn).to.deep.equal([]);
    expect(approved.exitCode, approved.notes.join('\n')).to.equal(0);
    const issued = await sit(
      'establishment.head1',
      ['signoff', 'issue', id, '--of-version', '2', '-i'],
      picks('是否修改', '不再修改'),
    );
    expect(issued.left, issued.notes.join('\n') + issued.drawn).to.deep.equal([]);
    expect(issued.notes.join('\n')).to.match(/意见 +不同意/);
    expect(issued.exitCode, issued.notes.join('\n')).to.equal(0);
    const known = await world.api.get('establishment.clerk1', `/v1/cases/${caseNo}`);
    expect(known.each('steps', 'answer')).to.deep.equal(['disagree']);
  });

  it('takes @file for the file that an act is drafted with, words for words, and refuses what may be either', async () => {
    const { token } = await world.api.as('offices.admin');
    const chains = [{ command: 'case.decide', levels: [{ role: 'clerk' }, { role: 'head' }] }];
    const body = { version: 0, chains };
    const set = await world.api.call('PUT', '/v1/signoff/chains', { body, token });
    expect(set.status, set.text).to.equal(200);
    const caseNo = (await commit(world.api, 'data.clerk1', '/v1/cases', filing)).str(
      'result.caseNo',
    );
    const path = join(world.directory, '批复.pdf');
    writeFileSync(path, pdf);
    const draft = (document: string) => {
      const given = [`caseNo=${caseNo}`, 'outcome=granted', `document=${document}`];
      return runYici(
        as('offices.clerk1', ['signoff', 'draft', '作出决定', '--set', ...given, '--json']),
      );
    };
    const drafted = async (document: string) => {
      const run = await draft(document);
      expect(run.exitCode, run.notes.join('\n')).to.equal(0);
      return { told: run.notes.join('\n'), view: JSON.parse(run.out.join('')) as Drafted };
    };
    const byFile = await drafted(`@${path}`);
    expect(byFile.view.input.document)
      .to.have.property('digest')
      .that.matches(/^[0-9a-f]{64}$/);
    expect(byFile.told).to.contain('文件已存入');
    expect((await drafted('同意')).view.input.document).to.equal('同意');
    const either = await draft(path);
    expect([either.exitCode, either.notes.join()]).to.deep.equal([
      2,
      `错误（USAGE）：“决定书”所填“${path}”也是一个文件的名称：用该文件的，写作“@${path}”；是文字的，请换一种写法。`,
    ]);
    const none = await draft(`@${path}x`);
    expect([none.exitCode, none.notes.join()], 'no file of that name').to.satisfy(
      ([code, told]: [number, string]) => code === 2 && told.includes(`${path}x`),
    );
  });

  it('says what to do where nobody can be asked', async () => {
    const run = await runYici(as('data.clerk1', ['case', 'submit', '-i']));
    expect(run.exitCode).to.equal(2);
    expect(run.notes.join()).to.contain('去掉 --interactive');
  });
});
