import {
  cardBasisWords,
  handoverStatusWords,
  roleWords,
  type DutyClause,
  type TransferSubject,
} from '@yici/domain/model';
import type { DataSet, Item } from './data-sets.js';
import { dayText, momentText, present } from './data-sets.js';
import { departmentName, personText, stepName } from './names.js';
import type { CaseSources } from './sources.js';
import { supervisionNumber } from './supervised.js';
import { matterTypeWord, nationalWord } from './words.js';

/** Data for which the standard has no field: the national state number, responsibility, and the chain of events. */
export function extensionSet(sources: CaseSources): DataSet {
  const { record, matter, departments } = sources;
  const { content } = matter;
  return {
    name: '扩展',
    items: present([
      ['办件状态编号', record.nationalNumber.toString()],
      ['办件状态', nationalWord(record.nationalNumber)],
      ['账本状态', record.state],
      ['事项类型', matterTypeWord(content.matterType)],
      ['事项类型代码', content.matterType],
      ['事项版本', matter.version.toString()],
      ['事项摘要', record.matterDigest],
      ['实施主体', departmentName(departments, record.owner)],
      [
        '首问责任部门',
        record.firstAsked && departmentName(departments, record.firstAsked.department),
      ],
      ['首问责任人', record.firstAsked && personText(record.firstAsked)],
      ['移交未接收次数', (record.bounces ?? 0).toString()],
      ['标记', flagText(sources)],
      ['办理记录数', record.nextSeq.toString()],
      ['记录校验值', record.head],
    ]),
    lists: [
      { name: '移交', rows: handoverRows(sources) },
      { name: '职责分工协调', rows: rulingRows(sources) },
      { name: '监察记录', rows: cardRows(sources) },
      ...signoffList(sources),
    ],
  };
}

function flagText({ record }: CaseSources): string | undefined {
  return record.flags.length === 0
    ? undefined
    : record.flags.map(({ code, seq }) => `${code}@${seq.toString()}`).join(' ');
}

function handoverRows(sources: CaseSources): Item[][] {
  const { record, departments } = sources;
  return (record.handovers ?? []).map((one) =>
    present([
      ['对象', subjectText(one.subject, sources)],
      ['移交部门', departmentName(departments, one.from, one.offeredAt)],
      ['接收部门', departmentName(departments, one.to)],
      ['职责条款', clauseText(one.clause)],
      ['提出时间', momentText(one.offeredAt)],
      ['答复期限', dayText(one.answerBy)],
      ['结果', handoverStatusWords[one.status].zh],
      ['答复时间', momentText(one.answeredAt)],
      ['答复条款', one.counterClause && clauseText(one.counterClause)],
      ['备案机关', one.filedWith && departmentName(departments, one.filedWith)],
    ]),
  );
}

function rulingRows(sources: CaseSources): Item[][] {
  const { rulings, departments } = sources;
  return rulings.map(({ rulingId, subject, openedAt, dueOn, proposal, decision }) =>
    present([
      ['协调编号', rulingId],
      ['对象', subjectText(subject, sources)],
      ['提请时间', momentText(openedAt)],
      ['协调意见期限', dayText(dueOn)],
      ['协调意见时间', momentText(proposal?.at)],
      ['意见书摘要', proposal?.document.digest],
      ['决定期限', proposal && dayText(proposal.decideBy)],
      ['决定机关', decision?.organ],
      ['决定文号', decision?.number],
      ['决定时间', momentText(decision?.at)],
      ['责任部门', decision && departmentName(departments, decision.department)],
      ['职责条款', decision && clauseText(decision.clause)],
      ['决定书摘要', decision?.document.digest],
    ]),
  );
}

/** The ledger's own id of every card, next to its number in table 11. */
function cardRows({ cards }: CaseSources): Item[][] {
  return cards.map((card) =>
    present([
      ['监察编号', supervisionNumber(card)],
      ['账本编号', card.cardId],
      ['说明摘要', card.explanation?.text.digest],
      ['期限依据', card.basis && cardBasisWords[card.basis].zh],
      ['复核申请摘要', card.appeal?.text.digest],
      ['复核决定摘要', card.ruling?.document.digest],
    ]),
  );
}

/** Acts that went through a sign-off inside their department; no list where none did, as in cases of before. */
function signoffList({ events, departments }: CaseSources) {
  const rows = events.flatMap(({ seq, at, by }) => {
    if (by.signoff === undefined) return [];
    const { id, digest, through } = by.signoff;
    const offices = through.map(({ role, section = '' }) => `${section}${roleWords[role].zh}`);
    const items: Item[] = present([
      ['事件序号', seq.toString()],
      ['部门', departmentName(departments, by.department, at)],
      ['审签编号', id],
      ['审签过程摘要', digest],
      ['经过', offices.join('、')],
      ['签发', personText(by)],
    ]);
    return [items];
  });
  return rows.length === 0 ? [] : [{ name: '审签', rows }];
}

function subjectText(subject: TransferSubject, sources: CaseSources): string {
  return subject.kind === 'case' ? '办件' : `环节 ${stepName(sources, subject.stepId)}`;
}

function clauseText({ department, code, version }: DutyClause): string {
  return `${department} ${code} v${version.toString()}`;
}
