import {
  basisText,
  caseEventWords,
  specialProcedureWords,
  type CaseEventRecord,
  type CaseRecord,
} from '@yici/domain/model';
import type { DataSet, Item } from './data-sets.js';
import { momentText, present } from './data-sets.js';
import { departmentName, personText, stepName } from './names.js';
import type { CaseSources } from './sources.js';
import { answerWord, procedureKinds, reasonWord } from './words.js';

/** Table 7 事项办理: one row per act, one per open step, and the special procedures. */
export function handlingSet(sources: CaseSources): DataSet {
  const { record, events } = sources;
  return {
    name: '事项办理',
    table: 7,
    items: [['办件编号', record.caseNo]],
    lists: [
      {
        name: '办理环节',
        rows: [...events.map((_, index) => actRow(sources, index)), ...openRows(sources)],
      },
      { name: '特别程序', rows: [...pauseRows(sources), ...extensionRows(sources)] },
    ],
  };
}

function actRow(sources: CaseSources, index: number): Item[] {
  const { record, events, departments } = sources;
  const event = events[index];
  if (event === undefined) return [];
  const { by, at } = event;
  return present([
    ['业务动作', actionOf(event)],
    ['环节名称', linkName(event, sources)],
    ['环节处理人', personText(by)],
    ['环节处理意见', opinionOf(event)],
    ['环节开始时间', momentText(startOf(record, events, index))],
    ['环节结束时间', momentText(at)],
    ['处理单位名称', departmentName(departments, by.department, at)],
    ['环节办理状态代码', '2'],
  ]);
}

/** Depends on the content of the act: only agreement, a grant and a passed inspection are 通过. */
function actionOf({ type, data }: CaseEventRecord): string {
  const said = wordSaid(data);
  if (said === undefined) return caseEventWords[type].outcome;
  return ['agree', 'granted', 'pass'].includes(said) ? '通过' : '其他';
}

function wordSaid(data: CaseEventRecord['data']): string | undefined {
  const said = data['answer'] ?? data['outcome'] ?? data['result'];
  return typeof said === 'string' ? said : undefined;
}

function linkName({ type, data }: CaseEventRecord, sources: CaseSources): string {
  const { stepId } = data;
  const { zh } = caseEventWords[type];
  return typeof stepId === 'string' ? `${zh}（${stepName(sources, stepId)}）` : zh;
}

function opinionOf({ data }: CaseEventRecord): string | undefined {
  const { reason, to, department } = data;
  const code =
    typeof reason === 'object' && reason !== null && 'code' in reason ? reason.code : undefined;
  const parts = [
    answerWord(wordSaid(data) ?? ''),
    typeof code === 'string' ? `理由：${code}` : undefined,
    typeof to === 'string' ? `移交${to}` : undefined,
    typeof department === 'string' ? `责任部门：${department}` : undefined,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join('；');
}

/** A step starts when it opened; any other act at the end of the previous one. */
function startOf(record: CaseRecord, events: readonly CaseEventRecord[], index: number): string {
  const event = events[index];
  const stepId = event?.type === 'case.opinion' ? event.data['stepId'] : undefined;
  const step = record.steps.find(({ id }) => id === stepId);
  return step?.startedAt ?? events[index - 1]?.at ?? record.submittedAt;
}

function openRows(sources: CaseSources): Item[][] {
  const { record, departments } = sources;
  return record.steps
    .filter(({ status }) => status === 'open')
    .map(({ id, startedAt, department }) =>
      present([
        ['环节名称', `${caseEventWords['case.opinion'].zh}（${stepName(sources, id)}）`],
        ['环节开始时间', momentText(startedAt)],
        // The standard: without an end, the start.
        ['环节结束时间', momentText(startedAt)],
        ['处理单位名称', departmentName(departments, department)],
        ['环节办理状态代码', '1'],
      ]),
    );
}

function pauseRows({ record, departments }: CaseSources): Item[][] {
  return (record.pauses ?? []).map(({ procedure, startedAt, startedBy, ended, ...basis }) =>
    present([
      [
        '特别程序种类名称',
        `${procedureKinds.other.word}（${specialProcedureWords[procedure].zh}）`,
      ],
      ['特别程序种类代码', procedureKinds.other.code],
      ['特别程序开始时间', momentText(startedAt)],
      ['特别程序启动理由或依据', basisText(basis)],
      ['特别程序结束时间', momentText(ended?.at)],
      ['办理单位名称', departmentName(departments, startedBy.department)],
      ['办理人', personText(ended?.by ?? startedBy)],
    ]),
  );
}

function extensionRows({ record, departments }: CaseSources): Item[][] {
  const { extension } = record;
  if (extension === undefined) return [];
  const { approval, requestedBy, requestedAt, reasonCode, limit } = extension;
  const row = present([
    ['特别程序种类名称', procedureKinds.extension.word],
    ['特别程序种类代码', procedureKinds.extension.code],
    ['特别程序开始时间', momentText(requestedAt)],
    ['特别程序启动理由或依据', reasonWord(reasonCode)],
    ['申请人', personText(requestedBy)],
    ['特别程序结束时间', momentText(approval?.at)],
    ['特别程序结果', approval && `延长${limit.value.toString()}个工作日`],
    ['特别程序办理意见', approval && '同意'],
    ['办理单位名称', departmentName(departments, requestedBy.department)],
    ['办理人', approval && personText(approval.by)],
  ]);
  return [row];
}
