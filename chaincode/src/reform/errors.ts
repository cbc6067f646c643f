import { cite } from '../kernel/citation';
import { staffing, type ContractErrorMeanings } from '../kernel/laws';

/** What the rules about reorganisations refuse, and what others refuse because of one. */
export const errors = {
  REFORM_INVALID: {
    zh: '机构改革决定所列变动有误：事项、职责、目录须属于移出部门；接收部门须已登记、未撤销，且不是移出部门本身。',
    en: 'A change does not fit: what moves is the sending department’s, and the receiver is another department that is registered and does not end.',
  },
  REFORM_NOTHING: {
    zh: '没有已生效的机构改革决定涉及此项，或者已经划转。',
    en: 'No reorganisation in force moves that, or it has moved already.',
  },
  DEPARTMENT_ENDED: {
    zh: '该部门已经撤销，由详情所列部门继续行使其职权；只能办完本部门自己的事项（红牌说明、督办回复等）。',
    en: 'The department has ended and the one in the details goes on with its powers; it only finishes what is its own, as explanations and replies to orders.',
    basis: [cite(staffing, 9)],
  },
  MOVED_BY_REFORM: {
    zh: '该事项、职责或者目录已按详情所列决定划转，由接收部门办理。',
    en: 'By the decision in the details that is another department’s now, which acts on it.',
  },
  NAME_BY_REFORM: {
    zh: '部门名称只能按机构改革决定变更。',
    en: 'A department changes its name only by a reorganisation.',
    basis: [cite(staffing, 9)],
  },
} satisfies ContractErrorMeanings;
