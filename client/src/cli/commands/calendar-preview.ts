import type { CalendarPreview } from '@yici/api';
import { caseClockWords, importCalendarInput } from '@yici/domain/model';
import { exampleOf, renderTable, type Column, type SpokenCommand as Command } from '@yici/terminal';
import type { Terminal } from '../../terminal/terminal.js';
import { checkInput, readForm } from '../form/values.js';
import { wholeInput } from '../form/fields.js';
import { openVault } from '../write/vault.js';
import { reads } from '../read/read.js';

type Moved = { readonly caseNo: string } & CalendarPreview['items'][number]['moved'][number];

const columns: readonly Column<Moved>[] = [
  [{ zh: '办件编号', en: 'case' }, ({ caseNo }) => caseNo],
  [{ zh: '期限', en: 'limit' }, ({ what }) => caseClockWords[what]],
  [{ zh: '原为', en: 'before' }, ({ before }) => before],
  [{ zh: '改为', en: 'after' }, ({ after }) => after],
];

/** What a calendar would move, before it is proposed. */
export function addCalendarPreview(group: Command, terminal: Terminal): void {
  const preview = group.command('preview').description({
    zh: '日历生效后将变动的在办期限；不登记任何内容',
    en: 'which due dates of open cases a calendar would move; nothing is written',
  });
  preview.addOption(wholeInput(terminal.say).makeOptionMandatory());
  reads(preview, terminal, async ({ client, say }, _arguments, values) => {
    const input = await readForm([], values, openVault(terminal));
    checkInput(input, { schema: importCalendarInput });
    const found = await client.previewCalendar(importCalendarInput.parse(input));
    const rows = found.items.flatMap(({ caseNo, moved }) =>
      moved.map((one): Moved => ({ caseNo, ...one })),
    );
    const { count } = found;
    const counted = {
      zh: `期限将变动的办件共 ${count} 件。`,
      en: `It moves due dates of ${count} cases.`,
    };
    return { json: found, lines: [counted, ...renderTable(columns, rows, say)] };
  });
  exampleOf(preview, 'yici calendar preview --file client/demo/calendars/2026.json');
}
