import {
  matterReviewWords,
  oneThingCaseStatusWords,
  overlapRulingWords,
  overlapStatusWords,
  partStatusWords,
  reviewStatusWords,
  speedUp,
  versionStatusWords,
  type DutyOverlapRecord,
  type DutyRecord,
  type DutyVersionRecord,
  type MatterContent,
  type MatterOfDutyRecord,
  type OneThingCaseRecord,
  type OneThingRecord,
  type ReviewRecord,
} from '@yici/domain/model';

import { renderTable, renderFields, type Column, type Names, type Say } from '@yici/terminal';
import { labels, lateText, limitText, localTime, versionText } from './words.js';

const topic = { zh: '主题', en: 'topic' };
const promised = { zh: '承诺办结时限', en: 'promised' };

export const dutyColumns: readonly Column<DutyRecord | DutyVersionRecord>[] = [
  {
    title: labels.department,
    value: ({ department }, say) => say.nameOf('department', department),
  },
  { title: { zh: '编码', en: 'code' }, value: ({ code }) => code },
  { title: labels.version, value: ({ version }) => version },
  { title: { zh: '职责', en: 'duty' }, value: ({ title }) => title, max: 60 },
  { title: topic, value: (record) => record.topic },
  { title: { zh: '依据文号', en: 'document' }, value: ({ document }) => document.number, max: 40 },
  { title: { zh: '施行日期', en: 'from' }, value: ({ effectiveFrom }) => effectiveFrom },
  { title: { zh: '适用事项', en: 'covers' }, value: coveredText, max: 60 },
  { title: { zh: '确认', en: 'confirmed' }, value: confirmedText },
];

function coveredText({ covers = [] }: DutyRecord | DutyVersionRecord, say: Say): string {
  return say.list(
    covers.map(({ taskCode, stepId }) => {
      const matter = say.withId('matter', taskCode);
      if (stepId === undefined) return matter;
      const key = `${taskCode} ${stepId}`;
      const name = say.nameOf('matterStep', key);
      const step = name === key ? stepId : say.aside(name, stepId);
      return `${matter} ${say({ zh: `环节 ${step}`, en: `step ${step}` })}`;
    }),
  );
}

function confirmedText(
  { version, confirmation, confirmedVersion }: DutyRecord | DutyVersionRecord,
  say: Say,
): string {
  if (confirmation !== undefined) return confirmation.by.user;
  const waits = say({ zh: '待确认', en: 'to be confirmed' });
  if (confirmedVersion === undefined || confirmedVersion === version) return waits;
  const counts = `${confirmedVersion}`;
  return say.aside(waits, { zh: `第 ${counts} 版有效`, en: `v${counts} counts` });
}

export const linkColumns: readonly Column<MatterOfDutyRecord>[] = [
  { title: labels.matter, value: ({ taskCode }, say) => say.withId('matter', taskCode) },
  { title: labels.version, value: ({ matterVersion }) => matterVersion },
  { title: { zh: '职责版本', en: 'duty version' }, value: ({ dutyVersion }) => dutyVersion },
  {
    title: { zh: '复核', en: 'review' },
    value: ({ review }, say) =>
      review && say.aside(reviewStatusWords.open, { zh: `第 ${review} 版`, en: `v${review}` }),
  },
  { title: { zh: '终止', en: 'ended' }, value: ({ endedAt }) => endedAt && localTime(endedAt) },
];

export const overlapColumns: readonly Column<DutyOverlapRecord>[] = [
  { title: topic, value: (record) => record.topic },
  { title: { zh: '次', en: 'round' }, value: ({ round }) => round },
  { title: labels.state, value: ({ status }) => overlapStatusWords[status] },
  {
    title: { zh: '主张职责的部门', en: 'claims' },
    value: ({ claims }, say) =>
      say.list(
        claims.map(({ department, code }) => `${say.nameOf('department', department)} ${code}`),
      ),
    max: 60,
  },
  {
    title: { zh: '协调意见', en: 'proposal' },
    value: ({ proposal }, say) => proposal && rulingText(proposal, say),
  },
  {
    title: { zh: '决定', en: 'decision' },
    value: ({ ruling }, say) => ruling && rulingText(ruling, say),
  },
  { title: { zh: '发现时间', en: 'found' }, value: ({ foundAt }) => localTime(foundAt) },
  {
    title: { zh: '了结时间', en: 'closed' },
    value: ({ closedAt }) => closedAt && localTime(closedAt),
  },
];

function rulingText(
  { kind, lead }: Pick<NonNullable<DutyOverlapRecord['ruling']>, 'kind' | 'lead'>,
  say: Say,
): string {
  const word = overlapRulingWords[kind];
  return lead === undefined ? say(word) : say.aside(word, say.nameOf('department', lead));
}

export const reviewColumns: readonly Column<ReviewRecord>[] = [
  { title: labels.matter, value: ({ taskCode }, say) => say.withId('matter', taskCode) },
  { title: labels.version, value: ({ version }) => version },
  {
    title: { zh: '职责', en: 'duty' },
    value: ({ dutyCode, dutyVersion }, say) => versionText(dutyCode, dutyVersion, say),
  },
  {
    title: labels.state,
    value: ({ status, outcome }) =>
      outcome === undefined ? reviewStatusWords[status] : matterReviewWords[outcome],
  },
  {
    title: { zh: '已签', en: 'signed' },
    value: ({ signatures }, say) => say.list(signatures.map(({ by }) => by.user)),
  },
  { title: labels.due, value: ({ dueOn, late }, say) => lateText(dueOn, late === true, say) },
];

export const oneThingColumns: readonly Column<OneThingRecord>[] = [
  { title: { zh: '编码', en: 'code' }, value: ({ code }) => code },
  { title: labels.version, value: ({ version }) => version },
  { title: { zh: '一件事', en: 'one thing' }, value: ({ content }) => content.name, max: 40 },
  { title: labels.lead, value: ({ lead }, say) => say.nameOf('department', lead) },
  { title: { zh: '事项数', en: 'matters' }, value: ({ content }) => content.nodes.length },
  {
    title: { zh: '材料（合并前后）', en: 'materials' },
    value: ({ listed, materials }) => `${listed} → ${materials.length}`,
  },
  { title: promised, value: ({ content }, say) => limitText(content.promisedLimit, say) },
  { title: labels.state, value: ({ status }) => versionStatusWords[status] },
];

/** What comes before a part or step. */
export const before = { zh: '前置环节', en: 'after' };
export const beforePart = { zh: '前置事项', en: 'after' };

const nodeColumns: readonly Column<OneThingRecord['content']['nodes'][number]>[] = [
  { title: { zh: '部分', en: 'part' }, value: ({ id }) => id },
  {
    title: labels.matter,
    value: ({ taskCode, matterVersion }, say) =>
      versionText(say.withId('matter', taskCode), matterVersion, say),
  },
  { title: beforePart, value: ({ after }, say) => say.names('part', after) },
];

/** The parts of a one thing by the matters that they are. */
export const namesOfParts = (
  parts: readonly { readonly id: string; readonly taskCode: string }[],
  say: Say,
): Names => ({
  part: new Map(
    parts.map(({ id, taskCode }) => {
      const name = say.nameOf('matter', taskCode);
      return [id, { zh: name, en: name }];
    }),
  ),
});

const mergedColumns: readonly Column<OneThingRecord['materials'][number]>[] = [
  { title: { zh: '材料代码', en: 'material' }, value: ({ code }) => code },
  { title: labels.name, value: ({ name }) => name, max: 40 },
  { title: { zh: '必需', en: 'required' }, value: ({ required }, say) => say.yesNo(required) },
  {
    title: { zh: '可后补', en: 'may follow' },
    value: ({ mayFollow }, say) => say.yesNo(mayFollow),
  },
  {
    title: { zh: '用于', en: 'for' },
    value: ({ of }, say) =>
      say.names(
        'part',
        of.map(({ node }) => node),
      ),
  },
];

/** A one thing in full. */
export function presentOneThing(record: OneThingRecord, say: Say): string[] {
  const { content, listed, materials } = record;
  const saved = listed - materials.length;
  const named = say.knowing(namesOfParts(content.nodes, say));
  return [
    `${say({ zh: '一件事', en: 'one thing' })} ${versionText(record.code, record.version, say)}`,
    ...renderFields(
      [
        [labels.name, content.name],
        [labels.state, versionStatusWords[record.status]],
        [labels.lead, say.nameOf('department', record.lead)],
        [{ zh: '须会签部门', en: 'signers' }, say.names('department', record.signers)],
        [
          { zh: '会签人', en: 'cosigned by' },
          say.list(record.cosignatures.map(({ by }) => by.user)),
        ],
        [promised, limitText(content.promisedLimit, say)],
        [{ zh: '提速', en: 'speed-up' }, speedUpText(content, say)],
        [
          { zh: '材料', en: 'materials' },
          say.aside(`${listed} → ${materials.length}`, {
            zh: `少交 ${saved} 份`,
            en: `${saved} saved`,
          }),
        ],
        [labels.digest, record.contentDigest],
      ],
      say,
    ),
    '',
    ...renderTable(nodeColumns, content.nodes, named),
    '',
    ...renderTable(mergedColumns, materials, named),
  ];
}

export const oneThingCaseColumns: readonly Column<OneThingCaseRecord>[] = [
  { title: labels.number, value: ({ no }) => no },
  { title: labels.applicant, value: ({ applicant }, say) => say.nameOf('department', applicant) },
  { title: labels.state, value: ({ status }) => oneThingCaseStatusWords[status] },
  {
    title: { zh: '各部分', en: 'parts' },
    value: ({ parts }, say) => partsText(parts, say),
    max: 60,
  },
  { title: labels.due, value: ({ dueOn }) => dueOn },
  { title: labels.updated, value: ({ updatedAt }) => localTime(updatedAt) },
];

const partsText = (parts: OneThingCaseRecord['parts'], say: Say): string =>
  say.list(parts.map(({ id, status }) => say.aside(id, partStatusWords[status])));

/** 提速率 in percent with the two limits; undefined when there is none. */
export function speedUpText(
  content: Pick<MatterContent, 'previousLimit' | 'promisedLimit'>,
  say: Say,
): string | undefined {
  const found = speedUp(content);
  if (found === undefined) return undefined;
  const percent = Math.round(found.rate * 1000) / 10;
  return say.aside(`${percent}%`, `${found.previous} → ${say.workingDays(found.promised)}`);
}
