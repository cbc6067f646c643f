import { z } from 'zod';
import { anyone, operation } from '../kernel/operation';
import { departmentId, page, pageOf } from '../kernel/scalars';
import { journalAnchorRecord, journalHead } from './records';

export const anchorJournalInput = z.strictObject(journalHead);

export const journalCommands = {
  'journal.anchor': operation({
    contract: 'journal',
    transaction: 'anchor',
    input: anchorJournalInput,
    output: journalAnchorRecord,
    roles: ['gateway'],
    summary: {
      zh: '锚定本网关审计日志的最新一行',
      en: 'Anchor the newest line of the own audit journal, once a day',
    },
  }),
} as const;

export const journalQueries = {
  'journal.list': operation({
    contract: 'journal',
    transaction: 'list',
    input: z.strictObject({ department: departmentId.exactOptional(), ...page }),
    output: pageOf(journalAnchorRecord),
    roles: anyone,
    summary: {
      zh: '审计日志锚定列表',
      en: 'Anchors of audit journals, of one department or of all',
    },
  }),
} as const;

type JournalCommands = typeof journalCommands;
type JournalQueries = typeof journalQueries;
declare module '../kernel/commands' {
  interface Commands extends JournalCommands {}
  interface Queries extends JournalQueries {}
}
