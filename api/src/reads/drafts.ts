import { commandNames, namesOf, type Vocabulary } from '@yici/domain/model';
import { z } from 'zod';
import { list, read } from '../definition.js';
import { offered } from '../shapes.js';

/** What officials of one department prepare for each other; nothing of it is on the ledger. */
export const draftKindWords = {
  draft: { zh: '草稿', en: 'draft' },
  template: { zh: '模板', en: 'template' },
} satisfies Vocabulary;
export const draftKinds = namesOf(draftKindWords);

/** A draft or template as lists show it. */
const draftLine = z.strictObject({
  id: z.string(),
  kind: z.enum(draftKinds),
  command: z.string(),
  title: z.string(),
  department: z.string(),
  /** Who began it, and who changed it last. */
  by: z.string(),
  at: z.iso.datetime(),
  changedBy: z.string(),
  changedAt: z.iso.datetime(),
  /** A change names the version that it is of. */
  version: z.number().int(),
  /** A draft is erased then; templates stay. */
  expiresAt: z.iso.datetime().nullable(),
});
export type DraftLine = z.output<typeof draftLine>;

export const draftView = draftLine.extend({
  input: z.record(z.string(), z.unknown()).describe('Of the command, as far as it is written.'),
  findings: z
    .array(z.strictObject({ path: z.string(), code: z.string(), message: z.string() }))
    .optional()
    .describe('With `check=true`: every place in which the command would not be taken.'),
});
export type DraftView = z.output<typeof draftView>;

const journal = { record: ['id'], departments: ['department'] } as const;

export const draftReads = {
  'drafts.list': list({
    path: '/v1/drafts',
    summary: {
      zh: '本部门的草稿和模板，最近改动在前',
      en: 'Drafts and templates of your department for what you may do, the last changed first',
    },
    query: {
      kind: offered(z.enum(draftKinds).optional(), '--kind <kind>', { zh: '种类', en: 'kind' }),
      command: offered(
        z.enum(commandNames as readonly [string, ...string[]]).optional(),
        '--command <name>',
        { zh: '命令名，例如 case.opinion', en: 'of this command, as case.opinion' },
      ),
    },
    item: draftLine,
    concerns: 'keeper',
    journal,
  }),
  'drafts.get': read({
    path: '/v1/drafts/{id}',
    summary: { zh: '一份草稿或者模板', en: 'One draft or template' },
    params: { id: z.string().max(60) },
    query: {
      check: offered(z.enum(['true']).optional(), '--check', {
        zh: '按命令的要求核对',
        en: 'hold it against what the command takes',
      }),
    },
    answer: draftView,
    concerns: 'keeper',
    journal,
  }),
};
