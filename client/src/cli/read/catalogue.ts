import type { OneThingGraph } from '@yici/api';
import { oneThingCaseStatusWords, partStatusWords } from '@yici/domain/model';
import {
  exampleOf,
  renderTable,
  renderFields,
  type Column,
  type SpokenCommand as Command,
} from '@yici/terminal';
import { Argument } from 'commander';
import { formToFill } from '../../api/form-to-fill.js';
import type { Caller } from '../caller.js';
import { offer as noteOffered } from '../form/offered.js';
import {
  beforePart,
  dutyColumns,
  linkColumns,
  oneThingCaseColumns,
  oneThingColumns,
  overlapColumns,
  presentOneThing,
  reviewColumns,
} from '../../present/catalogue.js';
import { presentForm } from '../../present/form-fields.js';
import { labels, rowFields, stateText, versionText } from '../../present/words.js';
import type { Terminal } from '../../terminal/terminal.js';
import { oneThingLines } from '../next/begin.js';
import { lists, reads, type Shown, names } from './read.js';

export function addDutyReads(group: Command, terminal: Terminal): void {
  lists(group.command('list'), terminal, {
    read: 'duties.list',
    columns: dutyColumns,
    description: { zh: '职责清单', en: 'duties' },
    example: 'yici duty list --department hrss',
  });
  const shown = names(group.command('show'), 'duties.get').description({
    zh: '职责条目详情',
    en: 'one duty as it stands',
  });
  reads(shown, terminal, async ({ client, say }, [department = '', code = '']) => {
    const record = await client.read('duties.get', { department, code });
    return { json: record, lines: renderFields(rowFields(dutyColumns, record, say), say) };
  });
  exampleOf(shown, 'yici duty show offices OFFICES-03');
  lists(group.command('versions'), terminal, {
    read: 'duties.versions',
    columns: dutyColumns,
    description: { zh: '职责条目各版本', en: 'all versions of a duty' },
    example: 'yici duty versions offices OFFICES-03',
  });
  lists(group.command('matters'), terminal, {
    read: 'duties.matters',
    columns: linkColumns,
    description: { zh: '以该职责为依据的事项', en: 'matters that rest on a duty' },
    example: 'yici duty matters offices OFFICES-03',
  });
  lists(group.command('overlaps'), terminal, {
    read: 'dutyOverlaps.list',
    columns: overlapColumns,
    description: { zh: '职责交叉', en: 'topics that several departments claim' },
    example: 'yici duty overlaps --status open',
  });
}

export function addReviewReads(group: Command, terminal: Terminal): void {
  lists(group.command('reviews'), terminal, {
    read: 'reviews.list',
    columns: reviewColumns,
    description: { zh: '须复核的事项', en: 'matters whose duty changed, soonest due first' },
    example: 'yici matter reviews --department offices',
  });
}

export function addOneThingReads(group: Command, terminal: Terminal): void {
  lists(group.command('list'), terminal, {
    read: 'oneThings.list',
    columns: oneThingColumns,
    description: { zh: '“一件事”清单', en: 'one things, the newest version of each' },
    example: 'yici one-thing list --status published',
  });
  const shown = group
    .command('show')
    .addArgument(
      noteOffered(
        new Argument(terminal.say({ zh: '<编码或者编号>', en: '<code or no>' })),
        'oneThing',
      ),
    )
    .description({
      zh: '“一件事”：图、一套材料；或者一个办件的各部分',
      en: 'a template; or, by its number, one that was filed',
    });
  reads(shown, terminal, (caller, [code = '']) =>
    /-\d{8}-\d{4,9}$/.test(code) ? showFiled(caller, code) : showTemplate(caller, code),
  );
  exampleOf(shown, 'yici one-thing show YC33110000000001');
  lists(group.command('cases'), terminal, {
    read: 'oneThingCases.list',
    columns: oneThingCaseColumns,
    description: {
      zh: '已申报的“一件事”',
      en: 'one things that were filed and concern this department',
    },
    example: 'yici one-thing cases --due',
  });
}

const partColumns: readonly Column<OneThingGraph['parts'][number]>[] = [
  [{ zh: '部分', en: 'part' }, ({ id }) => id],
  [beforePart, ({ after }, say) => say.list(after)],
  [labels.owner, ({ owner }, say) => say.nameOf('department', owner)],
  [labels.state, ({ status }, say) => say.member(partStatusWords, status)],
  [labels.caseNo, ({ caseNo }) => caseNo],
  [{ zh: '办件状态', en: 'state of the case' }, ({ state }, say) => state && stateText(state, say)],
  [labels.due, ({ dueOn }) => dueOn],
];

async function showTemplate({ client, session, say }: Caller, code: string): Promise<Shown> {
  const record = await client.read('oneThings.get', { code });
  const fields = await formToFill(client, { code: record.code, version: record.version });
  const shown = [...presentOneThing(record, say), ...presentForm(fields, say)];
  return { json: record, lines: [...shown, ...oneThingLines(record, fields, { session, say })] };
}

async function showFiled({ client, say }: Caller, no: string): Promise<Shown> {
  const filed = await client.read('oneThingCases.get', { no });
  const { record, parts, ready, due } = filed;
  const next = ready.length > 0 ? say.list(ready) : { zh: '登记结果', en: 'endings' };
  return {
    json: filed,
    lines: [
      { zh: `一件事办件 ${record.no}`, en: `one thing ${record.no}` },
      ...renderFields(
        [
          [labels.state, oneThingCaseStatusWords[record.status]],
          [{ zh: '一件事', en: 'template' }, versionText(record.code, record.version, say)],
          [labels.applicant, say.nameOf('department', record.applicant)],
          [labels.lead, say.nameOf('department', record.lead)],
          [{ zh: '材料', en: 'materials' }, say.list(record.materials.map(({ code }) => code))],
          [{ zh: '承诺办结', en: 'promised by' }, record.dueOn],
          [{ zh: '可推进', en: 'to move on' }, due && next],
        ],
        say,
      ),
      '',
      ...renderTable(partColumns, parts, say),
    ],
  };
}
