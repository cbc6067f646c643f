import type { CommandName, Language } from '@yici/domain/model';
import { sayIn } from '@yici/terminal';
import { ClientError } from '../../errors.js';
import type { Caller } from '../caller.js';
import { namesOfCase } from '../names-of-case.js';
import type { FormField } from '../form/fields.js';
import type { Input } from './prepare.js';

/** The field of a step that an act needs. */
export const isOwnStep = ({ name, of, required }: FormField): boolean =>
  name === 'stepId' && of === undefined && required;

/** One that may be left out: it then means the whole case, where the caller has that. */
export const mayBeStep = ({ name, of, required }: FormField): boolean =>
  name === 'stepId' && of === undefined && !required;

/**
 * The input with the step that the act is about, where the rules leave the caller exactly one in the case.
 * @throws ClientError USAGE that lists them where there are several
 */
export async function withStep(
  command: CommandName,
  input: Input,
  { client, session }: Caller,
): Promise<Input> {
  const { caseNo } = input;
  if (typeof caseNo !== 'string') return input;
  const { acts } = await client.read('cases.acts', { caseNo });
  const about = acts.filter((act) => act.command === command);
  const open = about.filter((act) => act.open);
  if (open.some((act) => act.input['stepId'] === undefined)) return input;
  const ids = new Set((open.length > 0 ? open : about).map((act) => act.input['stepId']));
  const { steps } = await client.read('cases.get', { caseNo });
  const named = steps.filter(({ id }) => ids.has(id));
  // Where none is open, that of the department, or any where it has none: the refusal then says why.
  const own = named.filter(({ department }) => department === session.department?.id);
  const closed = own.length > 0 ? own : named.slice(0, 1);
  const [first, ...others] = open.length === 0 ? closed : named;
  if (first === undefined) return input;
  if (others.length === 0) return { ...input, stepId: first.id };
  const known = await namesOfCase(client, caseNo);
  const list = (language: Language) => {
    const say = sayIn(language, known);
    return say.list(named.map(({ id }) => say.withId('step', id)));
  };
  const words = { zh: list('zh'), en: list('en') };
  const message = {
    zh: '该办件有多个环节可以办理，请用 --step 写明是哪一个：',
    en: 'Several steps of the case can be meant; say which with --step:',
  };
  const issues = [{ path: '/stepId', message: words.en, words }];
  throw new ClientError('USAGE', message, { details: { issues } });
}
