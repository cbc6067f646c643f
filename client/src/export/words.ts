import {
  decisionWords,
  handlingForms,
  inspectionResultWords,
  nationalStates,
  plainReasonWords,
  stepAnswerWords,
  type CardRecord,
  type MatterContent,
} from '@yici/domain/model';

/** Codes and terms of GB/T 39046-2020 for which the ledger has no list of its own. */

/** A.1 事项类型; 11 to 19 are extensions, used here for matters between departments. */
const matterTypeWords: Readonly<Record<string, string>> = {
  '01': '行政许可',
  '02': '行政处罚',
  '03': '行政强制',
  '04': '行政征收',
  '05': '行政给付',
  '06': '行政检查',
  '07': '行政确认',
  '08': '行政奖励',
  '09': '行政裁决',
  '10': '其他类别事项',
  '20': '公共服务事项',
};

export function matterTypeWord(code: MatterContent['matterType']): string {
  return matterTypeWords[code] ?? '政府内部审批';
}

/** A.5: cases are filed by computer, whatever other forms the matter allows. */
export const filingForm = handlingForms.web;

/** A.7 特别程序种类. */
export const procedureKinds = {
  extension: { code: '1', word: '延长审批' },
  other: { code: '2', word: '除延长审批之外的情况' },
} as const;

export function nationalWord(number: number): string {
  return nationalStates[number - 1]?.zh ?? '';
}

const answers = new Map(
  Object.entries({ ...stepAnswerWords, ...decisionWords, ...inspectionResultWords }),
);

/** What an act on a case answered, in Chinese: an opinion, a decision, the result of an inspection. */
export function answerWord(answer: string): string | undefined {
  return answers.get(answer)?.zh;
}

const reasons = new Map(Object.entries(plainReasonWords));

/** A reason that is a code alone, in Chinese; one from before there was a list as it stands. */
export const reasonWord = (code: string): string => reasons.get(code)?.zh ?? code;

/** 监察预警类型代码: one digit, for which the standard has no table; our own values. */
export const warningCodes: Readonly<Record<CardRecord['colour'], string>> = {
  yellow: '1',
  red: '2',
};
