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
  [labels.department, ({ department }, say) => say.nameOf('department', department)],
  [{ zh: '编码', en: 'code' }, ({ code }) => code],
  [labels.version, ({ version }) => version],
  [{ zh: '职责', en: 'duty' }, ({ title }) => title, { max: 60 }],
  [topic, (record) => record.topic],
  [{ zh: '依据文号', en: 'document' }, ({ document }) => document.number, { max: 40 }],
  [{ zh: '施行日期', en: 'from' }, ({ effectiveFrom }) => effectiveFrom],
  [{ zh: '适用事项', en: 'covers' }, coveredText, { max: 60 }],
  [{ zh: '确认', en: 'confirmed' }, confirmedText],
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
  [labels.matter, ({ taskCode }, say) => say.withId('matter', taskCode)],
  [labels.version, ({ matterVersion }) => matterVersion],
  [{ zh: '职责版本', en: 'duty version' }, ({ dutyVersion }) => dutyVersion],
  [
    { zh: '复核', en: 'review' },
    ({ review }, say) =>
      review && say.aside(reviewStatusWords.open, { zh: `第 ${review} 版`, en: `v${review}` }),
  ],
  [{ zh: '终止', en: 'ended' }, ({ endedAt }) => endedAt && localTime(endedAt)],
];

export const overlapColumns: readonly Column<DutyOverlapRecord>[] = [
  [topic, (record) => record.topic],
  [{ zh: '次', en: 'round' }, ({ round }) => round],
  [labels.state, ({ status }) => overlapStatusWords[status]],
  [
    { zh: '主张职责的部门', en: 'claims' },
    ({ claims }, say) =>
      say.list(
        claims.map(({ department, code }) => `${say.nameOf('department', department)} ${code}`),
      ),
    { max: 60 },
  ],
  [
    { zh: '协调意见', en: 'proposal' },
    ({ proposal }, say) => proposal && rulingText(proposal, say),
  ],
  [{ zh: '决定', en: 'decision' }, ({ ruling }, say) => ruling && rulingText(ruling, say)],
  [{ zh: '发现时间', en: 'found' }, ({ foundAt }) => localTime(foundAt)],
  [{ zh: '了结时间', en: 'closed' }, ({ closedAt }) => closedAt && localTime(closedAt)],
];

function rulingText(
  { kind, lead }: Pick<NonNullable<DutyOverlapRecord['ruling']>, 'kind' | 'lead'>,
  say: Say,
): string {
  const word = overlapRulingWords[kind];
  return lead === undefined ? say(word) : say.aside(word, say.nameOf('department', lead));
}

export const reviewColumns: readonly Column<ReviewRecord>[] = [
  [labels.matter, ({ taskCode }, say) => say.withId('matter', taskCode)],
  [labels.version, ({ version }) => version],
  [
    { zh: '职责', en: 'duty' },
    ({ dutyCode, dutyVersion }, say) => versionText(dutyCode, dutyVersion, say),
  ],
  [
    labels.state,
    ({ status, outcome }) =>
      outcome === undefined ? reviewStatusWords[status] : matterReviewWords[outcome],
  ],
  [
    { zh: '已签', en: 'signed' },
    ({ signatures }, say) => say.list(signatures.map(({ by }) => by.user)),
  ],
  [labels.due, ({ dueOn, late }, say) => lateText(dueOn, late === true, say)],
];

export const oneThingColumns: readonly Column<OneThingRecord>[] = [
  [{ zh: '编码', en: 'code' }, ({ code }) => code],
  [labels.version, ({ version }) => version],
  [{ zh: '一件事', en: 'one thing' }, ({ content }) => content.name, { max: 40 }],
  [labels.lead, ({ lead }, say) => say.nameOf('department', lead)],
  [{ zh: '事项数', en: 'matters' }, ({ content }) => content.nodes.length],
  [
    { zh: '材料（合并前后）', en: 'materials' },
    ({ listed, materials }) => `${listed} → ${materials.length}`,
  ],
  [promised, ({ content }, say) => limitText(content.promisedLimit, say)],
  [labels.state, ({ status }) => versionStatusWords[status]],
];

/** What comes before a part or step. */
export const before = { zh: '前置环节', en: 'after' };
export const beforePart = { zh: '前置事项', en: 'after' };

const nodeColumns: readonly Column<OneThingRecord['content']['nodes'][number]>[] = [
  [{ zh: '部分', en: 'part' }, ({ id }) => id],
  [
    labels.matter,
    ({ taskCode, matterVersion }, say) =>
      versionText(say.withId('matter', taskCode), matterVersion, say),
  ],
  [beforePart, ({ after }, say) => say.names('part', after)],
];

/** The parts of a one thing by the matters that they are. */
const namesOfParts = (
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
  [{ zh: '材料代码', en: 'material' }, ({ code }) => code],
  [labels.name, ({ name }) => name, { max: 40 }],
  [{ zh: '必需', en: 'required' }, ({ required }, say) => say.yesNo(required)],
  [{ zh: '可后补', en: 'may follow' }, ({ mayFollow }, say) => say.yesNo(mayFollow)],
  [
    { zh: '用于', en: 'for' },
    ({ of }, say) =>
      say.names(
        'part',
        of.map(({ node }) => node),
      ),
  ],
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
  [labels.number, ({ no }) => no],
  [labels.applicant, ({ applicant }, say) => say.nameOf('department', applicant)],
  [labels.state, ({ status }) => oneThingCaseStatusWords[status]],
  [{ zh: '各部分', en: 'parts' }, ({ parts }, say) => partsText(parts, say), { max: 60 }],
  [labels.due, ({ dueOn }) => dueOn],
  [labels.updated, ({ updatedAt }) => localTime(updatedAt)],
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
