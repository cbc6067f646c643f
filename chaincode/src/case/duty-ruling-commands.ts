import { z } from 'zod';
import { command, heads, query } from '../kernel/operation';
import { rulingId } from '../kernel/scalars';
import { dutyRulingRecord } from './duty-ruling-records';
import { decideDutyRulingInput } from './inputs';

const dutyRulings = { plural: 'duty-rulings', key: 'rulingId' } as const;

export const dutyRulingCommands = {
  'dutyRuling.decide': command({
    of: dutyRulings,
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
  'dutyRuling.get': query({
    audience: 'concerned',
    input: z.strictObject({ rulingId }),
    output: dutyRulingRecord,
    summary: { zh: '查询职责裁定', en: 'One duty ruling' },
  }),
} as const;

type DutyRulingCommands = typeof dutyRulingCommands;
type DutyRulingQueries = typeof dutyRulingQueries;
declare module '../kernel/commands' {
  interface Commands extends DutyRulingCommands {}
  interface Queries extends DutyRulingQueries {}
}
