import type { Words } from '@yici/domain/model';
import { z } from 'zod';
import { ClientError, type ClientErrorCode } from '../../errors.js';
import { exitCodeOf, failureOf } from '../exit.js';
import type { Terminal } from '../../terminal/terminal.js';
import type { Input } from '../spec/prepare.js';
import { askField, askForm, fieldsOf, shapeOf, type Answers, type Form } from './form.js';
import { LeftError } from './prompts.js';
import { textOf, type Asking } from './value.js';

/** What is done with answers once they are there. */
export interface Sending {
  /** The whole input, checked. @throws ClientError USAGE with each place that is wrong */
  complete(answers: Answers): Promise<Input>;
  /** It as lines, and what there is to know before it is signed. */
  shown(whole: Input): readonly string[];
  /** Signs and sends it. @throws ClientError when it is refused */
  send(whole: Input, answers: Answers): Promise<void>;
}

/**
 * Asks for what was not given, shows what will be sent and sends it once whoever is asked says so. What is refused, here or
 * by the ledger, is told with its reason and asked for again; every other answer stays.
 * @throws LeftError when whoever is asked leaves: nothing was sent
 */
export async function askToSend(
  form: Form,
  given: Answers,
  asking: Asking,
  sending: Sending,
  terminal: Pick<Terminal, 'note' | 'say'>,
): Promise<void> {
  let answers = await askForm(form, given, asking);
  for (;;) {
    try {
      const whole = await sending.complete(answers);
      for (const line of sending.shown(whole)) terminal.note(line);
      const next = await askNext(form, answers, asking, asked.send);
      if (next === '') {
        await sending.send(whole, answers);
        return;
      }
      answers = await askField(form, next, answers, asking);
    } catch (error) {
      if (!(error instanceof ClientError) || !canMend(error)) throw error;
      for (const line of failureOf(error, terminal.say).lines) terminal.note(line);
      answers = await mended(form, error, answers, asking);
    }
  }
}

/**
 * Goes through what is there already: shows it, and has changed or added whatever is picked, until whoever is asked is done.
 * @throws LeftError when whoever is asked leaves
 */
export async function askChanges(
  form: Form,
  given: Answers,
  asking: Asking,
  showing: { shown(input: Input): readonly string[]; note(line: string): void },
): Promise<Answers> {
  let answers = given;
  for (;;) {
    for (const line of showing.shown(answers.input)) showing.note(line);
    const next = await askNext(form, answers, asking, asked.changes);
    if (next === '') return answers;
    answers = await askField(form, next, answers, asking);
  }
}

interface Question {
  readonly ask: Words;
  /** Nothing is changed any more. */
  readonly done: Words;
  readonly leave: Words;
}

const sendIt: Words = { zh: '是否签名并提交', en: 'sign it and send it' };
const sendNothing: Words = { zh: '不提交，退出', en: 'leave, send nothing' };
const asked = {
  send: { ask: sendIt, done: { zh: '签名并提交', en: 'sign and send' }, leave: sendNothing },
  again: { ask: sendIt, done: { zh: '再次提交', en: 'try again' }, leave: sendNothing },
  changes: {
    ask: { zh: '是否修改', en: 'change it' },
    done: { zh: '不再修改', en: 'nothing more to change' },
    leave: { zh: '放弃修改，退出', en: 'leave, change nothing' },
  },
} as const satisfies Record<string, Question>;

/** The field to be changed or added, or '' when that is all. @throws LeftError */
async function askNext(
  form: Form,
  { input }: Answers,
  asking: Asking,
  { ask, done, leave }: Question,
): Promise<string> {
  const { prompts, say } = asking;
  const changes = fieldsOf(form).map((field) => {
    const text = textOf([field], asking);
    const name =
      field in input
        ? say({ zh: `修改“${text}”`, en: `change: ${text}` })
        : say({ zh: `填写“${text}”`, en: `add: ${text}` });
    return { value: field, name };
  });
  const left = '-';
  const next = await prompts.choose(say(ask), [
    { value: '', name: say(done) },
    ...changes,
    { value: left, name: say(leave) },
  ]);
  if (next === left) throw new LeftError();
  return next;
}

/** Codes of what another answer can mend; a refusal by the gateway is one unless it is about the session or the gateway. */
const mendable: ReadonlySet<ClientErrorCode> = new Set([
  'USAGE',
  'CHECK_FAILED',
  'GATEWAY_REFUSED',
  'STEP_REFUSED',
]);

const canMend = (error: ClientError): boolean =>
  !(error instanceof LeftError) && mendable.has(error.code) && exitCodeOf(error) < 3;

const issuesSchema = z.object({ issues: z.array(z.object({ path: z.string() })) });

/** With new answers where they were wrong; where that is not said, with another of what is picked. */
async function mended(
  form: Form,
  { details }: ClientError,
  answers: Answers,
  asking: Asking,
): Promise<Answers> {
  const issues = issuesSchema.safeParse(details).data?.issues ?? [];
  const named = new Set(issues.map(({ path }) => path.split('/')[1] ?? ''));
  const fields = Object.keys(shapeOf(form).shape).filter((field) => named.has(field));
  let next = answers;
  if (fields.length === 0) {
    const field = await askNext(form, answers, asking, asked.again);
    return field === '' ? answers : askField(form, field, answers, asking);
  }
  for (const field of fields) next = await askField(form, field, next, asking);
  return next;
}
