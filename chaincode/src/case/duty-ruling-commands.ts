import { z } from 'zod';
import { anyone, heads, operation } from '../kernel/operation';
import { rulingId } from '../kernel/scalars';
import { dutyRulingRecord } from './duty-ruling-records';
import { decideDutyRulingInput } from './inputs';

export const dutyRulingCommands = {
  'dutyRuling.decide': operation({
    contract: 'dutyRuling',
    transaction: 'decide',
    input: decideDutyRulingInput,
    output: dutyRulingRecord,
    roles: heads,
    summary: {
      zh: '编办作出职责裁定',
      en: 'The Establishment Office rules which department is responsible',
    },
  }),
} as const;

export const dutyRulingQueries = {
  'dutyRuling.get': operation({
    contract: 'dutyRuling',
    transaction: 'get',
    input: z.strictObject({ rulingId }),
    output: dutyRulingRecord,
    roles: anyone,
    summary: { zh: '查询职责裁定', en: 'One duty ruling' },
  }),
} as const;

type DutyRulingCommands = typeof dutyRulingCommands;
type DutyRulingQueries = typeof dutyRulingQueries;
declare module '../kernel/commands' {
  interface Commands extends DutyRulingCommands {}
  interface Queries extends DutyRulingQueries {}
}
