import { expect } from 'chai';
import { commands, issueData, issueWords, pathWords, type CommandName } from '@yici/domain/model';

/** What is wrong with an input, in Chinese. */
function wrongWith(name: CommandName, input: object, field?: (path: string) => string): string[] {
  const { error } = commands[name].input.safeParse(input);
  return (error?.issues ?? []).map((issue) => {
    const path = issue.path.map(String).join('.');
    return issueWords({ path, message: issue.message, ...issueData(issue, input) }, 'zh', field);
  });
}

const caseNo = 'YC33110000000007-20260302-0001';

describe('what is wrong with an input, in words', () => {
  it('names the field that is missing, and what can stand there', () => {
    expect(wrongWith('case.opinion', { caseNo })).to.deep.equal([
      '缺少“会办环节”',
      '缺少“答复”，可填：agree（同意）、disagree（不同意）、forward（转报）',
    ]);
  });

  it('calls a field as the place where it is read does', () => {
    const option = (path: string) => `“${pathWords(path, 'zh')}”（--${path}）`;
    expect(wrongWith('case.opinion', { caseNo, answer: 'agree' }, option)).to.deep.equal([
      '缺少“会办环节”（--stepId）',
    ]);
  });

  it('lists the allowed values with their words', () => {
    const input = { caseNo, stepId: 'funds', answer: 'yes' };
    expect(wrongWith('case.opinion', input)).to.deep.equal([
      '“答复”可填：agree（同意）、disagree（不同意）、forward（转报）',
    ]);
  });

  it('says how a number is written', () => {
    expect(wrongWith('case.receive', { caseNo: '17' })).to.deep.equal([
      '“办件编号”的格式应为：事项编码-日期-四位序号',
    ]);
  });

  it('says where in a list it is, and leaves no English sentence', () => {
    const input = { caseNo, materials: [{ code: 'application' }] };
    const said = wrongWith('case.supplement', input);
    expect(said.join()).to.contain('材料第 1 项的文件');
    expect(said.join()).to.not.match(/Invalid|expected|received/);
  });

  it('gives the grades of an evaluation by words', () => {
    expect(wrongWith('evaluation.give', { caseNo, score: 9 }).join()).to.contain(
      '1（非常满意）、2（满意）、3（基本满意）、4（不满意）、5（非常不满意）',
    );
  });
});
