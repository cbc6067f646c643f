import { command, heads, officials, staff } from '../../kernel/operation';
import { caseRecord } from '../records';
import * as inputs from './inputs';

const common = { of: { plural: 'cases', key: 'caseNo' }, output: caseRecord } as const;

/** What is done about the result of a case: its licences, and that it arrived. */
export const resultCommands = {
  'case.issueLicence': command({
    ...common,
    input: inputs.issueLicenceInput,
    roles: officials,
    summary: { zh: '颁发电子证照', en: 'Issue an e-licence on a grant' },
  }),
  'case.changeLicence': command({
    ...common,
    input: inputs.changeLicenceInput,
    roles: heads,
    summary: {
      zh: '登记证照暂扣、恢复、吊销或者注销',
      en: 'Record that a licence was suspended, given back, withdrawn or cancelled',
    },
  }),
  'case.acknowledge': command({
    ...common,
    input: inputs.acknowledgeInput,
    roles: staff,
    summary: { zh: '申报部门签收送达', en: 'The applicant acknowledges the delivery' },
  }),
  'case.recordService': command({
    ...common,
    input: inputs.recordServiceInput,
    roles: officials,
    summary: {
      zh: '登记拒绝签收或者以其他方式送达',
      en: 'Record that the applicant refused to sign, or how else it was served',
    },
  }),
} as const;
