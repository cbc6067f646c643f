import { cite } from '../kernel/citation';
import { staffing, type ContractErrorMeanings } from '../kernel/laws';

/** What the rules about reorganisations refuse, and what others refuse because of one. */
export const errors = {
  REFORM_INVALID: {
    zh: '机构改革决定所列变动有误：事项、职责、目录须属于移出部门；接收部门须已登记、未撤销，且不是移出部门本身。',
    en: 'A change does not fit: what moves is the sending department’s, and the receiver is another department that is registered and does not end.',
    causes: {
      hasEnded: {
        zh: '机构改革决定有误：移出部门（{department}）已经撤销。',
        en: '{department} has ended already.',
      },
      toItself: {
        zh: '机构改革决定有误：接收部门不得是移出部门（{department}）本身。',
        en: '{department} cannot hand over to itself.',
      },
      toEnding: {
        zh: '机构改革决定有误：接收部门（{receiver}）已经或者同时撤销。',
        en: 'The receiver {receiver} has ended, or ends by the same decision.',
      },
      notItsOwn: {
        zh: '机构改革决定有误：所列事项、职责或者目录[（{id}）]不属于移出部门（{department}）。',
        en: 'What is to move[, {id},] is not {department}’s.',
      },
    },
  },
  REFORM_NOTHING: {
    zh: '没有已生效的机构改革决定涉及此项，或者已经划转。',
    en: 'No reorganisation in force moves that, or it has moved already.',
  },
  DEPARTMENT_ENDED: {
    zh: '{department}已经撤销（{organ}{number}，自 {since} 起），由{now}继续行使其职权；只能办完本部门自己的事项（红牌说明、督办回复等）。',
    en: '{department} has ended ({organ} {number}, from {since}) and {now} goes on with its powers; it only finishes what is its own, as explanations and replies to orders.',
    next: { zh: '请由{now}办理。', en: 'Leave it to {now}.' },
    basis: [cite(staffing, 9)],
  },
  MOVED_BY_REFORM: {
    zh: '该事项、职责或者目录已按机构改革决定[（{organ}{number}）]划转，自 {since} 起由{now}办理。',
    en: 'By a reorganisation[ ({organ} {number})] that is {now}’s from {since}, which acts on it.',
    next: { zh: '请由{now}办理。', en: 'Leave it to {now}.' },
  },
  NAME_BY_REFORM: {
    zh: '部门名称只能按机构改革决定变更。',
    en: 'A department changes its name only by a reorganisation.',
    acts: ['reform.register', 'reform.takeName'],
    basis: [cite(staffing, 9)],
  },
} satisfies ContractErrorMeanings;
