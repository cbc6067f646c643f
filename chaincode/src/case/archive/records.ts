import { z } from 'zod';
import { retention } from '../../kernel/retention';
import { actor } from '../../kernel/roles';
import { date, departmentId, digest, sequence, text, timestamp } from '../../kernel/scalars';
import type { Vocabulary } from '../../kernel/words';

/** 四性检测: what an archive checks of what it receives (Archives Law art 39(2), Regulation on Archives art 40(2)). */
export const archiveCheckWords = {
  authenticity: { zh: '真实性', en: 'authenticity' },
  integrity: { zh: '完整性', en: 'integrity' },
  usability: { zh: '可用性', en: 'usability' },
  security: { zh: '安全性', en: 'security' },
} satisfies Vocabulary;

/** Whether each check was passed, the report on them and, of what goes back to be put right, what is wrong. */
export const archiveChecks = {
  authenticity: z.boolean(),
  integrity: z.boolean(),
  usability: z.boolean(),
  security: z.boolean(),
  report: digest,
  note: text(500).exactOptional(),
};

/** 移交: to the archive, and its receipt; what failed a check was not received. */
const archiveTransfer = z.strictObject({
  to: departmentId,
  by: actor,
  at: timestamp,
  receipt: z
    .strictObject({ ...archiveChecks, received: z.boolean(), by: actor, at: timestamp })
    .exactOptional(),
});

/** 归档: digest of the newest package's manifest. Archives from before retention was asked for have the first three alone. */
export const caseArchive = z.strictObject({
  package: digest,
  by: actor,
  at: timestamp,
  retention: retention.exactOptional(),
  /** The day of the last act before the first package: what the years until the transfer count from. */
  formedOn: date.exactOptional(),
  /** The newest act on the archive: what is done on the case after it is in no package. */
  upTo: sequence.exactOptional(),
  transfer: archiveTransfer.exactOptional(),
  /** 鉴定后继续保存: the report after which the period was set anew. */
  appraisal: z.strictObject({ report: digest, by: actor, at: timestamp }).exactOptional(),
});
export type CaseArchive = z.output<typeof caseArchive>;
