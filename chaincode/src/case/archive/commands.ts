import { z } from 'zod';
import { command, heads, officials, staff } from '../../kernel/operation';
import { retentionPeriod } from '../../kernel/retention';
import { caseNo, digest, sha256Hex, text } from '../../kernel/scalars';
import { archiveChecks } from './records';
import { caseRecord } from '../records';

const common = { of: { plural: 'cases', key: 'caseNo' }, output: caseRecord } as const;
const named = { caseNo, package: digest };
const retentionBasis = text(200);

/** What is done about the archive of a case. `package` is the digest of its package's manifest. */
export const archiveCommands = {
  'case.archive': command({
    ...common,
    input: z.strictObject({
      ...named,
      /** The head of the case that the package was made of: refused where the case has another by now. */
      head: sha256Hex.exactOptional(),
      retention: retentionPeriod.exactOptional(),
      retentionBasis: retentionBasis.exactOptional(),
    }),
    roles: staff,
    summary: {
      zh: '归档（已终结的办件，不论以何种方式终结）',
      en: 'Archive a closed case, however it ended',
    },
  }),
  'case.transferArchive': command({
    ...common,
    input: z.strictObject(named),
    roles: officials,
    summary: { zh: '向国家档案馆移交电子档案', en: 'Hand an archived case over to the archive' },
    leadsTo: 'receiveArchive',
  }),
  'case.receiveArchive': command({
    ...common,
    input: z.strictObject({ ...named, ...archiveChecks }),
    roles: officials,
    summary: {
      zh: '接收移交的电子档案（四性检测；有一项不合格的退回整改）',
      en: 'Receive what passed the four checks; send back what failed one',
    },
  }),
  'case.resetRetention': command({
    ...common,
    input: z.strictObject({ caseNo, retention: retentionPeriod, retentionBasis, report: digest }),
    roles: heads,
    summary: {
      zh: '经鉴定仍需继续保存的，重新划定保管期限',
      en: 'Set the retention period anew of what is kept on after its appraisal',
    },
  }),
} as const;
