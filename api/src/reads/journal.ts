import { departmentId, journalAnchorRecord } from '@yici/domain/model';
import { z } from 'zod';
import { list } from '../definition.js';
import {
  anchorLineSchema,
  journalKinds,
  journalLineSchema,
  readLineSchema,
} from '../journal-lines.js';
import { offered } from '../shapes.js';

const user = z.string().min(1).max(128);

/** A gateway's audit journal, and its anchors on the ledger. Reading the journal is not noted in it. */
export const journalReads = {
  'reads.list': list({
    path: '/v1/reads',
    summary: {
      zh: '督查查阅记录：本部门记录被查阅的情况（督查可见全部）；只是本网关的记录',
      en: 'What supervisors read of your department, newest first; all for a supervisor. This gateway’s own record only',
    },
    query: {
      department: offered(
        departmentId.optional().describe('For supervisors: reads of this department.'),
        '--department <id>',
        {
          zh: '被查阅的部门（督查人员用）',
          en: 'reads of one department’s records, for supervisors',
        },
      ),
      user: offered(user.optional().describe('Reads by this supervisor.'), '--user <user>', {
        zh: '督查员',
        en: 'reads by one supervisor',
      }),
      record: offered(
        z.string().min(1).max(200).optional().describe('Reads that showed this record.'),
        '--record <id>',
        { zh: '被查阅的记录编号', en: 'reads that showed one record' },
      ),
    },
    item: readLineSchema,
    concerns: 'keeper',
    journal: 'nothing',
  }),
  'journal.list': list({
    path: '/v1/journal',
    summary: {
      zh: '本网关审计日志，最新在前（给定起始行号则由旧到新）；限本部门管理员与督查',
      en: 'This gateway’s audit journal, newest first, or oldest first from a number on: for its department’s administrator and supervisors',
    },
    query: {
      from: z.coerce.number().int().min(0).optional().describe('Oldest first, from this number.'),
      kind: z.enum(journalKinds).optional(),
      user: user.optional().describe('Lines about what this user did.'),
    },
    item: journalLineSchema,
    concerns: 'keeper',
    journal: 'nothing',
  }),
  'journal.heads': list({
    path: '/v1/journal/heads',
    summary: {
      zh: '本网关锚定的日志行：各部门查阅链当时的最新一行，供核对，最新在前',
      en: 'The lines of this gateway’s journal that are anchored, with the newest of every department’s chain of reads; newest first',
    },
    item: anchorLineSchema,
    concerns: 'members',
  }),
  'journalAnchors.list': list({
    path: '/v1/journal-anchors',
    summary: {
      zh: '账本上的审计日志锚定（各网关每天一条）',
      en: 'What the ledger has of the gateways’ audit journals: one anchor a gateway and day; for every member',
    },
    query: { department: departmentId.optional() },
    item: journalAnchorRecord,
    concerns: 'members',
  }),
};
