import { z } from 'zod';
import { command, query } from '../kernel/operation';
import { departmentId, page, pageOf } from '../kernel/scalars';
import { journalAnchorRecord, journalHead } from './records';

const journalAnchors = { plural: 'journal-anchors', key: 'day' } as const;

export const anchorJournalInput = z.strictObject(journalHead);

export const commands = {
  'journal.anchor': command({
    of: journalAnchors,
    creates: true,
    input: anchorJournalInput,
    output: journalAnchorRecord,
    roles: ['gateway'],
    finishes: true,
    summary: {
      zh: '锚定本网关审计日志的最新一行',
      en: 'Anchor the newest line of the own audit journal, once a day',
    },
  }),
} as const;

export const queries = {
  'journal.list': query({
    audience: 'members',
    input: z.strictObject({ department: departmentId.exactOptional(), ...page }),
    output: pageOf(journalAnchorRecord),
    summary: {
      zh: '审计日志锚定列表',
      en: 'Anchors of audit journals, of one department or of all',
    },
  }),
} as const;
