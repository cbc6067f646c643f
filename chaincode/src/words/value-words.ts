import { z } from 'zod';
import { shanghaiDate } from '../kernel/days';
import { instantOf, secondsOf } from '../kernel/ledger-time';
import { cardClockWords, cardColourWords } from '../kernel/clock-kinds';
import { dayUnitWords } from '../kernel/scalars';
import { namesOf, type Language, type Vocabulary, type Words } from '../kernel/words';
import { departmentDetails, fieldDetails, listsOfDetails } from './detail-words';
import { issueWords, refusedIssue } from './issue-words';
import { satisfactionWords } from '../supervision/records';
import type { Names } from './names';
import { fieldWord, vocabularyOf, wordOf, wordOfAny } from './vocabularies';

/** What is known where a value is said. */
export interface Saying {
  readonly language: Language;
  readonly names: Names;
  /** The states of what the refusal is about. */
  readonly states: Vocabulary | undefined;
  /** Lists of other details of it. */
  readonly lists: Readonly<Record<string, Vocabulary>> | undefined;
  readonly details: Readonly<Record<string, unknown>>;
}

const semicolons: Readonly<Record<Language, string>> = { zh: '；', en: '; ' };

/** A list as a sentence has it. */
export const listed = (items: readonly string[], language: Language): string =>
  items.join(language === 'zh' ? '、' : ', ');

/** A value of a refusal's details in words; undefined when there is nothing to say. */
export function valueWords(name: string, value: unknown, saying: Saying): string | undefined {
  if (Array.isArray(value)) return listWords(name, value, saying);
  if (typeof value === 'object' && value !== null) return shapeWords(value, saying);
  return scalarWords(name, value, saying);
}

function listWords(name: string, values: readonly unknown[], saying: Saying): string | undefined {
  const said = values.flatMap((item) => valueWords(name, item, saying) ?? []);
  if (said.length === 0) return undefined;
  return name === 'issues' ? said.join(semicolons[saying.language]) : listed(said, saying.language);
}

function scalarWords(name: string, value: unknown, saying: Saying): string | undefined {
  const { language } = saying;
  switch (typeof value) {
    case 'boolean':
      return yesOrNo[language][value ? 0 : 1];
    case 'number':
      return numberWords(name, value, language);
    case 'string':
      return value === '' ? undefined : textWords(name, value, saying);
    default:
      return undefined;
  }
}

/** A grade is told with its word, see satisfactionWords. */
function numberWords(name: string, value: number, language: Language): string {
  const word = name === 'score' ? satisfactionWords[value]?.[language] : undefined;
  return word === undefined ? String(value) : `${String(value)} ${word}`;
}

const yesOrNo = { zh: ['是', '否'], en: ['yes', 'no'] } as const;

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/;

/** An instant in Asia/Shanghai (UTC+8 all year), to the minute or, where it has seconds, to the second. */
export function shanghaiTime(at: string): string {
  const time = instantOf(secondsOf(at) + 8 * 3_600).slice(11, 19);
  return `${shanghaiDate(at)} ${time.endsWith(':00') ? time.slice(0, 5) : time}`;
}

function textWords(name: string, value: string, saying: Saying): string {
  const { language, names } = saying;
  if (instant.test(value)) return shanghaiTime(value);
  if (departmentDetails.has(name)) {
    const department = names.department?.(value);
    if (department !== undefined) return department;
    // A level, a state or a day, or a department whose name the caller does not know.
    if (!['requester', 'provider', 'from', 'to'].includes(name)) return value;
  }
  const known = inRegister(name, value, saying);
  if (known !== undefined) return known;
  const word = listOf(name, value, saying)?.[language];
  if (word !== undefined) return word;
  // What somebody wrote may have line breaks; a sentence is one line.
  return namedWithCode(value, saying) ?? value.replace(/\s+/g, ' ');
}

/** What the caller calls the data set or matter that a detail names, with its id. */
function inRegister(
  name: string,
  id: string,
  { names: { dataset, matter }, language }: Saying,
): string | undefined {
  const known = { datasetId: dataset?.(id), taskCode: matter?.(id) }[name];
  return known === undefined || known === id ? undefined : withCode(known, id, language);
}

function listOf(name: string, value: string, saying: Saying): Words | undefined {
  const { states, lists, details } = saying;
  const own = lists?.[name];
  if (own !== undefined) return wordOf(own, value);
  if (fieldDetails.has(name) && fieldWord(value) !== undefined) return fieldWord(value);
  if (name === 'state' || name === 'status') return wordOf(states, value);
  const known = listsOfDetails[name];
  if (known !== undefined) return wordOf(known, value);
  if (freeText.has(name)) return undefined;
  if (name === 'allowed') return wordOf(allowedList(details, states), value);
  return wordOfAny(value);
}

/** What can be anything, so that no list is looked for. */
const freeText: ReadonlySet<string> = new Set([
  ...['id', 'user', 'document', 'topic', 'organ', 'number', 'year', 'identifier', 'conditions'],
  ...['added', 'listed', 'no', 'node', 'stepId', 'step', 'notOneOf', 'name', 'caseNo', 'shareId'],
]);

/** What may be instead is of the list of what was: states, roles, or members of some other closed list. */
function allowedList(
  { state, status, role, allowed }: Saying['details'],
  states: Vocabulary | undefined,
): Vocabulary | undefined {
  if (state !== undefined || status !== undefined) return states;
  if (role !== undefined) return listsOfDetails['role'];
  const values = z.array(z.string()).safeParse(allowed);
  return values.success ? vocabularyOf(values.data) : undefined;
}

/** Names of materials and steps that the refusal brings along, by code. */
function namedIn(value: string, { details, language }: Saying): string | undefined {
  const parsed = namedSchema.safeParse(details);
  const named = parsed.success ? parsed.data.named[value] : undefined;
  return named?.[language];
}

/** With the code, by which it is typed. */
function namedWithCode(value: string, saying: Saying): string | undefined {
  const name = namedIn(value, saying);
  return name === undefined ? undefined : withCode(name, value, saying.language);
}

const nameOr = (code: string, saying: Saying): string => namedIn(code, saying) ?? code;

const words = z.looseObject({ zh: z.string(), en: z.string() });
const namedSchema = z.looseObject({ named: z.record(z.string(), words) });

const withCode = (name: string, code: string, language: Language): string =>
  language === 'zh' ? `${name}（${code}）` : `${name} (${code})`;

const step = z.looseObject({ stepId: z.string(), department: z.string() });
const attestation = z.looseObject({
  code: z.string(),
  name: words,
  datasetId: z.string(),
  department: z.string().optional(),
});
const material = z.looseObject({ code: z.string(), name: words.optional() });
const light = z.looseObject({
  what: z.string(),
  step: z.string().optional(),
  colour: z.string(),
  dueOn: z.string(),
  dueAt: z.string().optional(),
});
const limit = z.looseObject({ value: z.number(), unit: z.enum(namesOf(dayUnitWords)) });
const period = z.looseObject({ from: z.string(), to: z.string() });
const subject = z.looseObject({ kind: z.string(), stepId: z.string().optional() });

type Shaped = (value: object, saying: Saying) => string | undefined;

/** Says what has a shape; the first that fits. */
function shaped<T>(schema: z.ZodType<T>, say: (value: T, saying: Saying) => string): Shaped {
  return (value, saying) => {
    const parsed = schema.safeParse(value);
    return parsed.success ? say(parsed.data, saying) : undefined;
  };
}

const departmentName = (id: string, { names }: Saying): string => names.department?.(id) ?? id;

const shapes: readonly Shaped[] = [
  shaped(words, (named, { language }) => named[language]),
  shaped(limit, ({ value, unit }, { language }) =>
    language === 'zh'
      ? `${String(value)} 个${dayUnitWords[unit].zh}`
      : `${String(value)} ${dayUnitWords[unit].en}`,
  ),
  shaped(refusedIssue, (issue, { language, names }) => issueWords(issue, language, names.field)),
  shaped(step, ({ stepId, department }, saying) =>
    withCode(nameOr(stepId, saying), departmentName(department, saying), saying.language),
  ),
  shaped(attestation, ({ name, datasetId, department }, saying) =>
    withCode(
      name[saying.language],
      department === undefined ? datasetId : departmentName(department, saying),
      saying.language,
    ),
  ),
  shaped(material, ({ code, name }, { language }) =>
    name === undefined ? code : withCode(name[language], code, language),
  ),
  shaped(light, (due, saying) => {
    const { language } = saying;
    const what = wordOf(cardClockWords, due.what)?.[language] ?? due.what;
    const colour = wordOf(cardColourWords, due.colour)?.[language] ?? due.colour;
    const at = due.dueAt === undefined ? due.dueOn : shanghaiTime(due.dueAt);
    const of = due.step === undefined ? what : withCode(what, nameOr(due.step, saying), language);
    return `${of} ${colour} ${at}`;
  }),
  shaped(period, ({ from, to }, { language }) =>
    language === 'zh' ? `${from} 至 ${to}` : `${from} to ${to}`,
  ),
  shaped(subject, ({ kind, stepId }, saying) =>
    kind === 'step' && stepId !== undefined
      ? { zh: `环节“${nameOr(stepId, saying)}”`, en: `step ${nameOr(stepId, saying)}` }[
          saying.language
        ]
      : { zh: '整个办件', en: 'the whole case' }[saying.language],
  ),
];

function shapeWords(value: object, saying: Saying): string | undefined {
  for (const say of shapes) {
    const said = say(value, saying);
    if (said !== undefined) return said;
  }
  return undefined;
}
