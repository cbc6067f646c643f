import { command, heads, officials } from '../../kernel/operation';
import { decideDutyRulingInput, proposeDutyRulingInput } from '../inputs';
import { dutyRulingRecord } from '../responsibility-records';

const dutyRulings = { plural: 'duty-rulings', key: 'rulingId' } as const;

/** What is done about a duty ruling, which a case brings about. */
export const dutyRulingCommands = {
  'dutyRuling.propose': command({
    of: dutyRulings,
    input: proposeDutyRulingInput,
    output: dutyRulingRecord,
    roles: heads,
    summary: {
      zh: '编办提出职责分工协调意见',
      en: 'The Establishment Office proposes which department is responsible',
    },
    leadsTo: 'rule',
  }),
  'dutyRuling.decide': command({
    of: dutyRulings,
    input: decideDutyRulingInput,
    output: dutyRulingRecord,
    roles: officials,
    summary: {
      zh: '职责分工协调决定（本级人民政府作出，或者由编办注明机关、文号登记）',
      en: "The government's decision which department is responsible, signed or registered with organ and number",
    },
  }),
} as const;
