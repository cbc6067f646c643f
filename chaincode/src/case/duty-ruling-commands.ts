import { command, heads, officials } from '../kernel/operation';
import { decideDutyRulingInput, proposeDutyRulingInput } from './inputs';
import { dutyRulingRecord } from './responsibility-records';

const dutyRulings = { plural: 'duty-rulings', key: 'rulingId' } as const;

/** What is done about a duty ruling, which a case brings about. */
export const dutyRulingCommands = {
  'dutyRuling.propose': command({
    of: dutyRulings,
    input: proposeDutyRulingInput,
    output: dutyRulingRecord,
    roles: heads,
    summary: {
      zh: '机构编制部门提出职责分工协调意见',
      en: 'The Establishment Office proposes which department is responsible',
    },
  }),
  'dutyRuling.decide': command({
    of: dutyRulings,
    input: decideDutyRulingInput,
    output: dutyRulingRecord,
    roles: officials,
    summary: {
      zh: '职责分工协调决定（本级政府作出，或者由机构编制部门注明机关、文号登记）',
      en: "The government's decision which department is responsible, signed or registered with organ and number",
    },
  }),
} as const;
