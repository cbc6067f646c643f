import type { Words } from '@yici/domain/model';
import { exampleOf, type Say, type SpokenCommand } from '@yici/terminal';
import { typedAs } from './line.js';
import type { WriteSpec } from '../spec/spec.js';

/** What an example for a Chinese reader says in Chinese, for an English one; what has a blank is put between quotes where it is typed bare. */
const inEnglish: Readonly<Record<string, string>> = {
  ...{ 今日收件: 'received-today', 租用申请: 'lease', 申请表: 'form', 人员名单: 'roster' },
  ...{ 通知书: 'notice', 印章: 'seal', 答复: 'reply', 告知书: 'notice', 批复: 'approval' },
  ...{ 决定书: 'decision', 证照: 'licence', 记录: 'record', 报告: 'report', 承诺书: 'pledge' },
  ...{ 情况说明: 'grounds', 会议纪要: 'minutes', 鉴定报告: 'appraisal', 意见书: 'opinion' },
  ...{ 补正材料: 'supplement', 审查意见: 'review', 整改: 'mended', 复核申请: 'request' },
  ...{ 结论: 'conclusion', 复核决定: 'decision', 说明: 'explanation', 督办单: 'order' },
  ...{ 批示: 'instruction', 整改报告: 'report', 申请: 'form', 受理通知书草稿: 'draft' },
  ...{
    受理通知书: 'acceptance',
    作出决定: "The owner's head decides",
    人力社保局: 'Renli Shebaoju',
  },
  ...{ 经办人: 'clerk', 负责人: 'head', 业务系统: 'service', 编制科: 'staffing', 局领导: 'bureau' },
  ...{ 满意: 'satisfied', 非常满意: 'very satisfied', 同意: 'agreed', 拟同意: 'to be granted' },
  ...{ 编制意见: 'Staffing opinion', '编制意见（二稿）': 'Staffing opinion, second draft' },
  ...{
    办公用房核定: 'office space',
    办公用房租用审批: 'office lease',
    核对人数: 'compare headcount',
  },
  ...{ 核对编制人数: 'compare headcount', 免交材料一份: 'one material less', 不留存: 'not kept' },
  '丽政办〔2026〕5号': 'No. 5 of 2026',
  '丽政〔2026〕3号': 'No. 3 of 2026',
  '丽编〔2026〕3号': 'No. 3 of 2026',
  '市府督〔2026〕1号': 'No. 1 of 2026',
  地字第331100202600001号: 'No. 331100202600001',
  本单位保管期限表第3项: 'item 3 of our retention schedule',
  可在收到之日起十个工作日内提请市政府办公室协调:
    'the city government coordinates on request within ten working days',
  ...{ 同意延期: 'Extension', 材料名称笔误: 'misspelt', 财政局: 'finance', 市政府: 'the city' },
  ...{ 建设用地规划许可证: 'land use permit', 撤销将中断供水: 'water would be cut off' },
  ...{ 不属于本机关职权: 'not within our powers', 附件无法打开: 'the file does not open' },
  ...{ 容缺材料逾期未补: 'what was to follow did not', 违反承诺: 'the commitment is broken' },
  ...{ 行政许可法: 'Administrative Licensing Law', 第四十六条: 'article 46', 期满: 'time is over' },
  ...{ 正在核对: 'being checked', 机构调整: 'reorganised', 共享范围不明确: 'scope unclear' },
  ...{ 市委编委: 'staffing commission', 已更正: 'corrected', 与批文不一致: 'not as approved' },
  ...{ 使用依据: 'basis', 未写明条款: 'no article is named', 应当依申请共享: 'to be shared' },
  ...{ 已删除全部副本: 'all copies are deleted', 申请事项属于本部门职责: 'it is our duty' },
  ...{ 协商未达成一致: 'no agreement', 已停止该用途并删除副本: 'stopped, copies deleted' },
  ...{ 超过留存期限仍保存副本: 'copies are kept too long', 业务系统停用: 'the system ends' },
  ...{ 与需求部门职责无关: 'not needed for its duty', 整改完成: 'mended', 依据不全: 'no basis' },
  ...{ 机关办公用房管理办法: 'Measures for offices', 第八条: 'article 8' },
  ...{ 核定办公用房须依据编制人数: 'space follows headcount', 逾期办件整改: 'late cases' },
  ...{ 用于申请以外的用途: 'used for something else', 请按期反馈意见: 'please answer in time' },
  '申请集中，审查人员不足，已增派': 'many at once; more reviewers are there now',
};

const chinese = /[\p{Script=Han}〔〕（），\d]*\p{Script=Han}[\p{Script=Han}〔〕（），\d]*/gu;

/** An example in both languages. */
const exampleWords = (zh: string): Words => ({
  zh,
  en: zh.replace(chinese, (text, at: number) => {
    const words = inEnglish[text] ?? text;
    return words.includes(' ') && zh[at - 1] !== '"' ? `"${words}"` : words;
  }),
});

/** The example of a write: for a Chinese reader with the words of its codes. */
export function exampleIn({ example, fields }: WriteSpec, say: Say): string {
  if (say.language === 'en') return exampleWords(example).en;
  return fields.reduce((line, field) => {
    const option = new RegExp(`(?<= --${field.flag} )[A-Za-z][A-Za-z0-9]*(?= |$)`);
    return line.replace(option, (code) => typedAs(field, code, say));
  }, example);
}

/** Examples of a command's help page, in the language of the run. */
export const showsExample = (command: SpokenCommand, ...lines: readonly string[]): SpokenCommand =>
  exampleOf(command, ...lines.map((line) => command.say(exampleWords(line))));
