import { basisText, caseEventWords, caseStateWords } from '@yici/domain/model';
import { departmentName, personText } from '../export/names.js';
import type { CaseSources } from '../export/sources.js';

/**
 * What the package says of the case as an electronic archive, under what the Regulation on Archives art 39 asks for: who
 * formed it, by what act and when, content, structure, background, and how it was managed. It follows no metadata
 * standard by its names: none was at hand.
 */
export function metadataOf({ record, matter, events, departments }: CaseSources): object {
  const { caseNo, taskCode, matterVersion, owner, applicant, submittedAt, updatedAt } = record;
  const department = (id: string) => departmentName(departments, id);
  return {
    依据: '《中华人民共和国档案法实施条例》第三十九条',
    形成: { 形成者: department(owner), 形成活动: matter.content.name.zh, 形成时间: updatedAt },
    内容: {
      题名: `${department(applicant)}：${matter.content.name.zh}（${caseNo}）`,
      办件编号: caseNo,
      结果: caseStateWords[record.state].zh,
    },
    结构: {
      'case/': 'GB/T 39046-2020 数据项（json、xml）、账本记录、办理记录',
      'documents/': '文件原文，以加盐摘要与账本对应',
      'receipts/': '交易回执：区块、排序签名、创世区块以来的配置',
      'manifest.json': '全部文件的长度和 SHA-256',
    },
    背景: {
      实施编码: taskCode,
      事项版本: matterVersion,
      设定依据: matter.content.legalBasis.map(basisText),
      申报部门: department(applicant),
      实施主体: department(owner),
      当事部门: record.parties.map(department),
      申报时间: submittedAt,
    },
    管理过程: events.map(({ seq, type, at, by, txId }) => ({
      ...{ 序号: seq, 环节: caseEventWords[type].zh, 时间: at },
      ...{ 部门: department(by.department), 人员: personText(by), 交易: txId },
    })),
  };
}
