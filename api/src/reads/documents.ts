import { caseNo } from '@yici/domain/model';
import { z } from 'zod';
import { list, read } from '../definition.js';
import { documentLineSchema } from '../journal-lines.js';
import { actor, offered } from '../shapes.js';

/** What the ledger knows of a document: both digests are of salt || content. */
export const documentDigest = z.strictObject({
  digestAlg: z.literal('sha256'),
  digest: z.string(),
  sm3: z.string(),
});

export const erasure = z.strictObject({ by: actor, at: z.iso.datetime(), reason: z.string() });

/** A document as the API shows it; name and salt are null once it is erased. */
export const documentView = z.strictObject({
  id: z.string(),
  name: z.string().nullable(),
  type: z.string(),
  /** Bytes. */
  size: z.number().int(),
  digest: documentDigest,
  salt: z.base64().nullable(),
  department: z.string(),
  user: z.string(),
  at: z.iso.datetime(),
  /** Cases in which its department named its digest, as far as the viewer takes part: their parties may read it. */
  cases: z.array(z.string()),
  /** Whom its department granted it to: all for that department and supervisors, else the viewer alone. */
  grantedTo: z.array(z.string()),
  erased: erasure.nullable(),
});
export type DocumentView = z.output<typeof documentView>;

const params = { id: z.string().max(60) };
const journal = { record: ['id'], departments: ['department'] } as const;

/** Documents off the ledger. */
export const documentReads = {
  'documents.list': list({
    path: '/v1/documents',
    summary: {
      zh: '本部门存入的文件；或者某一办件、某一摘要的文件',
      en: 'Documents your department brought in, newest first; or those of a case, or with a digest',
    },
    query: {
      digest: offered(
        z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .optional(),
        '--digest <hex>',
        { zh: '按摘要查找', en: 'those with this digest, as a case names it' },
      ),
      caseNo: offered(caseNo.optional(), '--case <caseNo>', {
        zh: '某一办件的文件',
        en: 'those that acts on this case name',
      }),
    },
    item: documentView,
    concerns: 'keeper',
    journal,
  }),
  'documents.get': read({
    path: '/v1/documents/{id}',
    summary: { zh: '文件的说明、摘要与盐值', en: 'What a document is, its digests and its salt' },
    params,
    answer: documentView,
    concerns: 'keeper',
    journal,
  }),
  'documents.reads': list({
    path: '/v1/documents/{id}/reads',
    summary: {
      zh: '文件的查阅记录（只增不改，前后相连）',
      en: 'Who read a document, oldest first: a chain to which lines are only added',
    },
    params,
    item: documentLineSchema,
    concerns: 'keeper',
    journal: { record: ['document'], departments: [] },
  }),
};

/** The bytes themselves. */
export const documentContent = read({
  path: '/v1/documents/{id}/content',
  summary: { zh: '取文件，查阅留痕', en: 'Read it; recorded' },
  params,
  answer: documentView,
  produces: { types: ['application/octet-stream'], what: 'The bytes as they were brought in.' },
  concerns: 'keeper',
  journal,
});
