import { satisfactionWords, type Words } from '@yici/domain/model';
import { ClientError } from '../../errors.js';
import type { OptionValues } from '../form/values.js';
import type { Terminal } from '../../terminal/terminal.js';
import type { Input } from './prepare.js';

/** What is asked again before an act that is done only once. */
export type Asks = (input: Input) => Words;

/** The grade by its word: 1 is the best, and who reads 5 for the best cannot take it back. */
export const onlyTime: Asks = ({ caseNo, score }) => {
  const grade = satisfactionWords[Number(score)];
  const of = String(caseNo);
  return {
    zh: `对办件 ${of} 的评价为“${String(score)} ${grade?.zh ?? ''}”，只能评价一次，不能更改。确认提交？`,
    en: `Case ${of} is graded "${String(score)} ${grade?.en ?? ''}", once and for good. Send it?`,
  };
};

const yes = /^(y|yes|是|确认)$/i;

/**
 * Asks again, unless `--yes` says so already.
 * @throws ClientError USAGE when the answer is no, or nobody can be asked
 */
export async function confirmed(
  asks: Asks,
  input: Input,
  { yes: given }: OptionValues,
  { ask, say }: Pick<Terminal, 'ask' | 'say'>,
): Promise<void> {
  if (given === true) return;
  const question = asks(input);
  if (ask === undefined) {
    throw new ClientError('USAGE', {
      zh: `${question.zh} 确认的，请加 --yes。`,
      en: `${question.en} Add --yes to send it.`,
    });
  }
  const hint = say({ zh: '（是 y／否 n）', en: ' (y/n) ' });
  if (yes.test((await ask(`${say(question)}${hint}`)).trim())) return;
  throw new ClientError('USAGE', { zh: '未提交。', en: 'Nothing was sent.' });
}
