import {
  canonicalDigest,
  cardClockWords,
  cardColourWords,
  cardRulingWords,
  explanationWords,
  satisfactionWords,
  type CardRecord,
  type EvaluationRecord,
  type UrgeRecord,
} from '@yici/domain/model';
import type { DataSet, Item } from './data-sets.js';
import { momentText, present } from './data-sets.js';
import { departmentName, personText, regionOf, stepName } from './names.js';
import type { CaseSources } from './sources.js';
import { warningCodes } from './words.js';

/**
 * Table 9: the applicant's evaluation (好差评). Evaluations are submitted by computer; the text is at the department, its
 * digest here.
 */
export function evaluationSet(sources: CaseSources): DataSet {
  const { evaluation } = sources;
  const marks = [evaluation, evaluation?.followUp].filter((mark) => mark !== undefined);
  const rows = marks.map((mark, index) => markRow(sources, mark, index + 1));
  return { name: '政务服务绩效评价', table: 9, items: [], lists: [{ name: '评价', rows }] };
}

type Mark = Pick<EvaluationRecord, 'score' | 'note' | 'by' | 'at'>;

/** The evaluation is the first, its follow-up (追评) the second. */
function markRow({ departments, record }: CaseSources, one: Mark, number: number): Item[] {
  return present([
    ['办件编号', record.caseNo],
    ['评价渠道', 'PC端'],
    ['评价人', personText(one.by)],
    ['评价时间', momentText(one.at)],
    ['评价次数', number.toString()],
    ['满意度', satisfactionWords[one.score]?.zh],
    ['满意度代码', one.score.toString()],
    ['文字评价', one.note && digestText(one.note)],
    ['行政区划', regionOf(departments, record.applicant)],
  ]);
}

/**
 * Table 10: communication between departments about the case outside its procedure. A reminder (催办) uses the fields of
 * a consultation, a bad evaluation with its answer those of a complaint.
 */
export function interactionSet(sources: CaseSources): DataSet {
  const { evaluation } = sources;
  const complaint = evaluation?.answerBy === undefined ? [] : [complaintRow(sources, evaluation)];
  const rows = [...sources.urges.map((urge) => urgeRow(sources, urge)), ...complaint];
  return { name: '办事互动', table: 10, items: [], lists: [{ name: '互动', rows }] };
}

function urgeRow({ departments }: CaseSources, { urgeId, by, note, at, department }: UrgeRecord) {
  return present([
    ['咨询编码', urgeId],
    ['咨询人', personText(by)],
    ['咨询标题', `催办${departmentName(departments, department)}`],
    ['咨询内容', note],
    ['咨询时间', momentText(at)],
    ['行政区划', regionOf(departments, by.department)],
  ]);
}

function complaintRow({ departments, record }: CaseSources, one: EvaluationRecord): Item[] {
  const { answer } = one;
  return present([
    ['投诉标题', `差评：${satisfactionWords[one.score]?.zh ?? ''}`],
    ['投诉人', personText(one.by)],
    ['被投诉单位', departmentName(departments, one.owner)],
    ['投诉内容', one.note && digestText(one.note)],
    ['投诉来源', '好差评'],
    ['投诉时间', momentText(one.at)],
    ['承办单位名称', departmentName(departments, one.owner)],
    ['承办人', answer && personText(answer.by)],
    ['承办时间', momentText(answer?.at)],
    ['反馈信息', answer && digestText(answer.document)],
    ['反馈时间', momentText(answer?.at)],
    ['承诺办结时限', one.answerBy],
    ['行政区划', regionOf(departments, record.applicant)],
  ]);
}

/**
 * Table 11: the cards of the case. Supervision orders are excluded: they concern the supervision office and the ordered
 * department only, while an export goes to every party.
 */
export function supervisionSet(sources: CaseSources): DataSet {
  const rows = sources.cards.map((card) => cardRow(sources, card));
  return { name: '电子监察', table: 11, items: [], lists: [{ name: '监察', rows }] };
}

function cardRow({ departments, matter }: CaseSources, card: CardRecord): Item[] {
  const { clock, colour, raisedAt } = card;
  const step = clock.step === undefined ? '' : `（${stepName({ matter }, clock.step)}）`;
  const unit = departmentName(departments, card.department);
  return present([
    ['办件编号', card.caseNo],
    [
      '督办内容',
      `${cardColourWords[colour].zh}：${cardClockWords[clock.what].zh}${step}，期限${clock.dueOn}`,
    ],
    ['机构名称', unit],
    ['事项类型代码', matter.content.matterType],
    ['督办发出时间', secondText(raisedAt)],
    ['监察编号', supervisionNumber(card)],
    ['监察规则编号', clock.what],
    ['监察预警类型代码', warningCodes[colour]],
    ['状态产生时间', secondText(stateOf(card))],
    ['监察结果描述', resultText(card)],
    ['责任部门', unit],
  ]);
}

/** The standard allows 20 characters; the ledger's own id, which is longer, is in the extension. */
export function supervisionNumber({ cardId }: Pick<CardRecord, 'cardId'>): string {
  return canonicalDigest({ cardId }).slice(0, 20);
}

/** When the card reached its current state. */
function stateOf({ ruling, appeal, explanation, raisedAt }: CardRecord): string {
  return ruling?.at ?? appeal?.at ?? explanation?.at ?? raisedAt;
}

function resultText({ explanation, appeal, ruling, clock }: CardRecord): string | undefined {
  const parts = [
    clock.actedOn === undefined ? undefined : `逾期办理：${clock.actedOn}`,
    explanation &&
      `已说明：${explanationWords[explanation.code].zh}${explanation.late ? '（逾期）' : ''}`,
    appeal && ruling === undefined ? '已申请复核' : undefined,
    ruling && `复核决定：${cardRulingWords[ruling.outcome].zh}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join('；');
}

/** Table 11 writes `YYYYMMDDhhmmss`. */
function secondText(at: string): string | undefined {
  return momentText(at)?.replace('T', '');
}

function digestText({ digestAlg, digest }: { digestAlg: string; digest: string }): string {
  return `摘要 ${digestAlg}:${digest}`;
}
