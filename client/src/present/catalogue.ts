import {
  overlapStatusWords,
  speedUp,
  type DutyOverlapRecord,
  type DutyRecord,
  type DutyVersionRecord,
  type MatterContent,
  type MatterOfDutyRecord,
  type OneThingCaseRecord,
  type OneThingRecord,
  type ReviewRecord,
} from '@yici/domain/model';

import { renderFields, renderTable, type Column } from '../terminal/table.js';
import { localTime, matterStatusText, worded, workingDays } from './words.js';

export const dutyColumns: readonly Column<DutyRecord | DutyVersionRecord>[] = [
  { title: '部门 department', value: ({ department }) => department },
  { title: '代码 code', value: ({ code }) => code },
  { title: '版本 v', value: ({ version }) => version },
  { title: '职责 duty', value: ({ title }) => title.zh, max: 60 },
  { title: '主题 topic', value: ({ topic }) => topic },
  { title: '依据 document', value: ({ document }) => document.number, max: 40 },
  { title: '施行 from', value: ({ effectiveFrom }) => effectiveFrom },
  {
    title: '适用 covers',
    value: ({ covers }) =>
      covers
        ?.map(({ taskCode, stepId }) => [taskCode, stepId].filter(Boolean).join('/'))
        .join('、'),
    max: 60,
  },
  {
    title: '确认 confirmed',
    value: ({ version, confirmation, confirmedVersion }) =>
      confirmation === undefined
        ? `待确认 to be confirmed${confirmedVersion === undefined || confirmedVersion === version ? '' : `（v${confirmedVersion} 有效 counts）`}`
        : confirmation.by.user,
  },
];

export const linkColumns: readonly Column<MatterOfDutyRecord>[] = [
  { title: '实施编码 task code', value: ({ taskCode }) => taskCode },
  { title: '版本 v', value: ({ matterVersion }) => matterVersion },
  { title: '职责版本 duty v', value: ({ dutyVersion }) => dutyVersion },
  { title: '待复核 review', value: ({ review }) => review && `v${review} NEEDS_REVIEW` },
  { title: '终止 ended', value: ({ endedAt }) => endedAt && localTime(endedAt) },
];

export const overlapColumns: readonly Column<DutyOverlapRecord>[] = [
  { title: '主题 topic', value: ({ topic }) => topic },
  { title: '次 round', value: ({ round }) => round },
  { title: '状态 status', value: ({ status }) => worded(overlapStatusWords, status) },
  {
    title: '主张 claims',
    value: ({ claims }) => claims.map(({ department, code }) => `${department} ${code}`).join(', '),
    max: 60,
  },
  { title: '协调意见 proposal', value: ({ proposal }) => proposal && rulingText(proposal) },
  { title: '决定 decision', value: ({ ruling }) => ruling && rulingText(ruling) },
  { title: '发现 found', value: ({ foundAt }) => localTime(foundAt) },
  { title: '了结 closed', value: ({ closedAt }) => closedAt && localTime(closedAt) },
];

function rulingText({
  kind,
  lead,
}: Pick<NonNullable<DutyOverlapRecord['ruling']>, 'kind' | 'lead'>): string {
  return lead === undefined ? kind : `${kind} ${lead}`;
}

export const reviewColumns: readonly Column<ReviewRecord>[] = [
  { title: '实施编码 task code', value: ({ taskCode }) => taskCode },
  { title: '版本 v', value: ({ version }) => version },
  { title: '职责 duty', value: ({ dutyCode, dutyVersion }) => `${dutyCode} v${dutyVersion}` },
  {
    title: '状态 status',
    value: ({ status, outcome }) => (status === 'open' ? '须复核 NEEDS_REVIEW' : outcome),
  },
  {
    title: '已签 signed',
    value: ({ signatures }) => signatures.map(({ by }) => by.user).join(', ') || undefined,
  },
  { title: '到期 due', value: ({ dueOn, late }) => (late === true ? `${dueOn} 逾期 late` : dueOn) },
];

export const oneThingColumns: readonly Column<OneThingRecord>[] = [
  { title: '编码 code', value: ({ code }) => code },
  { title: '版本 v', value: ({ version }) => version },
  { title: '一件事 one thing', value: ({ content }) => content.name.zh, max: 40 },
  { title: '牵头 lead', value: ({ lead }) => lead },
  { title: '事项 matters', value: ({ content }) => content.nodes.length },
  { title: '材料 materials', value: ({ listed, materials }) => `${listed} → ${materials.length}` },
  { title: '承诺 promised', value: ({ content }) => `${content.promisedLimit.value} 个工作日` },
  { title: '状态 status', value: ({ status }) => matterStatusText(status) },
];

const nodeColumns: readonly Column<OneThingRecord['content']['nodes'][number]>[] = [
  { title: '部分 part', value: ({ id }) => id },
  { title: '事项 matter', value: ({ taskCode, matterVersion }) => `${taskCode} v${matterVersion}` },
  { title: '之后 after', value: ({ after }) => after.join(', ') || undefined },
];

const mergedColumns: readonly Column<OneThingRecord['materials'][number]>[] = [
  { title: '材料 material', value: ({ code }) => code },
  { title: '名称 name', value: ({ name }) => name.zh, max: 40 },
  { title: '必需 required', value: ({ required }) => (required ? '是 yes' : '否 no') },
  { title: '可后补 may follow', value: ({ mayFollow }) => (mayFollow ? '是 yes' : '否 no') },
  { title: '用于 for', value: ({ of }) => of.map(({ node }) => node).join(', ') },
];

/** A one thing in full. */
export function presentOneThing(record: OneThingRecord): string[] {
  const { content, listed, materials } = record;
  return [
    `一件事 one thing ${record.code} v${record.version}`,
    ...renderFields([
      ['名称', content.name.zh],
      ['name', content.name.en],
      ['状态 status', matterStatusText(record.status)],
      ['牵头 lead', record.lead],
      ['须会签 signers', record.signers.join(', ')],
      ['会签人 cosigned by', record.cosignatures.map(({ by }) => by.user).join(', ')],
      ['承诺时限 promised', workingDays(content.promisedLimit.value)],
      ['提速 speed-up', speedUpText(content)],
      [
        '材料 materials',
        `${listed} → ${materials.length}，少交 saved ${listed - materials.length}`,
      ],
      ['内容摘要 digest', record.contentDigest],
    ]),
    '',
    ...renderTable(nodeColumns, content.nodes),
    '',
    ...renderTable(mergedColumns, materials),
  ];
}

export const oneThingCaseColumns: readonly Column<OneThingCaseRecord>[] = [
  { title: '编号 no', value: ({ no }) => no },
  { title: '申报 applicant', value: ({ applicant }) => applicant },
  { title: '状态 status', value: ({ status }) => status },
  { title: '部分 parts', value: ({ parts }) => partsText(parts), max: 60 },
  { title: '到期 due', value: ({ dueOn }) => dueOn },
  { title: '更新 updated', value: ({ updatedAt }) => localTime(updatedAt) },
];

const partsText = (parts: OneThingCaseRecord['parts']): string =>
  parts.map(({ id, status }) => `${id} ${status}`).join(', ');

/** 提速率 in percent with the two limits; undefined when there is none. */
export function speedUpText(
  content: Pick<MatterContent, 'previousLimit' | 'promisedLimit'>,
): string | undefined {
  const found = speedUp(content);
  if (found === undefined) return undefined;
  const percent = Math.round(found.rate * 1000) / 10;
  return `${percent}%（${found.previous} → ${found.promised} 个工作日 working days）`;
}
