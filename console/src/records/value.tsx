import { summaryAt } from '@yici/api';
import { commandWords, shanghaiTime, wordOfAny, type Language } from '@yici/domain/model';
import { Typography } from 'antd';
import { Link } from 'react-router';
import { useNames } from '../session/names.js';
import { Copied } from '../shell/copied.js';
import { Facts } from '../shell/facts.js';
import { Rows, type Column } from '../shell/rows.js';
import { specOf } from '../specs.js';
import { useWords } from '../words/language.js';
import { addressOfRecord, leadsTo } from './catalogue.js';
import { valueAt } from './columns.js';
import { useDatasetWords } from './dataset.js';
import { fieldName } from './names.js';
import { elementOf, shapeOf, wordsOf } from './shapes.js';
import { aboutIn, actorIn, digestIn, isSimple, isWords, limitIn, shownFields } from './simple.js';

interface ValueProps {
  /** The field that has it. */
  readonly name: string;
  readonly value: unknown;
  readonly schema?: unknown;
}

/** Any value of a record, as its schema and the vocabularies say it. */
export function Value({ name, value, schema }: ValueProps) {
  const { t } = useWords();
  switch (typeof value) {
    case 'boolean':
      return <>{t(value ? 'records.yes' : 'records.no')}</>;
    case 'string':
      return <Text name={name} text={value} schema={schema} />;
    case 'number':
      return <>{name === 'rate' ? `${(value * 100).toFixed(1)}%` : String(value)}</>;
    case 'object':
      if (value === null) return null;
      if (!Array.isArray(value)) return <Whole name={name} value={value} schema={schema} />;
      return <Items name={name} values={value} schema={elementOf(schema)} />;
    default:
      return null;
  }
}

/** An object that is one thing to whoever reads it, or its fields. */
function Whole({ name, value, schema }: ValueProps & { readonly value: object }) {
  const { say, language } = useWords();
  const names = useNames();
  const [actor, limit, digest] = [actorIn(value), limitIn(value), digestIn(value)];
  if (isWords(value)) return <>{say(value)}</>;
  const about = aboutIn(value);
  if (about !== undefined) {
    const { collection, key } = about;
    return <Link to={addressOfRecord(collection, key)}>{key.join(' ')}</Link>;
  }
  if (actor !== undefined) {
    return (
      <>
        {names(actor.department)} {say(wordOfAny(actor.role ?? ''))} {actor.user}
      </>
    );
  }
  if (limit !== undefined) return <>{limitText(limit, say, language)}</>;
  if (digest !== undefined) return <Digest {...digest} />;
  return <Fields of={name} value={value} schema={schema} />;
}

/** Chinese counts working days by a measure word, and calendar days by none. */
function limitText(
  { value, unit }: NonNullable<ReturnType<typeof limitIn>>,
  say: ReturnType<typeof useWords>['say'],
  language: Language,
): string {
  const measure = language === 'zh' && unit === 'workingDay' ? '个' : '';
  return `${String(value)} ${measure}${say(wordOfAny(unit)) || unit}`;
}

/** By what algorithm, and the beginning of it; the whole is copied. */
function Digest({ digestAlg, digest, sm3 }: NonNullable<ReturnType<typeof digestIn>>) {
  return (
    <>
      {algorithmText(digestAlg)} <Copied short text={digest} />
      {typeof sm3 === 'string' ? (
        <>
          {' '}
          SM3 <Copied short text={sm3} />
        </>
      ) : null}
    </>
  );
}

const algorithmText = (name: string): string => (name === 'sha256' ? 'SHA-256' : name);

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/;
const long = /^[0-9a-f]{40,}$/;
/** Fields that can be anything: what they say is neither looked for in a list nor taken for a department's id. */
const free: ReadonlySet<string> = new Set([
  ...['id', 'code', 'stepId', 'user', 'node', 'topic', 'text', 'fields', 'after', 'businessLine'],
  'digestAlg',
]);

function Text({ name, text, schema }: { name: string; text: string; schema: unknown }) {
  const said = useSaid();
  if (instant.test(text)) return <span className="time">{shanghaiTime(text)}</span>;
  if (long.test(text)) return <Copied short text={text} />;
  const to = leadsTo(name, text);
  const word = algorithmText(said(name, text, schema));
  return to === undefined ? <>{word}</> : <Link to={to}>{word}</Link>;
}

/**
 * What a text of a field is called: by its schema, as an act, a read or a field of a data set; of what has no schema a department is
 * asked for first, as some are called as their function is in the lists.
 */
export function useSaid(): (field: string, text: string, schema?: unknown) => string {
  const { say, language } = useWords();
  const names = useNames();
  const ofDataset = useDatasetWords();
  return (field, text, schema) => {
    const own = say(wordsOf(schema)?.[text] ?? summaryAt(text)) || ofDataset(schema, text);
    if (own !== undefined) return own;
    if (commandWords(text, language) !== text) return commandWords(text, language);
    if (free.has(field)) return text;
    const department = names(text);
    return department === text ? say(wordOfAny(text)) || text : department;
  };
}

interface ItemsProps {
  readonly name: string;
  readonly values: readonly unknown[];
  readonly schema: unknown;
}

/** A list: of what is one line each, as it is; of objects whose fields are that, as a table. */
function Items({ name, values, schema }: ItemsProps) {
  const objects = values.filter((one): one is object => typeof one === 'object' && one !== null);
  const asTable = objects.length > 1 && objects.every(hasSimpleFields);
  if (asTable) return <Parts of={name} rows={objects} schema={schema} />;
  const isShort = objects.length === 0 && values.length > 4;
  return (
    <ul className={isShort ? 'plain-list short' : 'plain-list'}>
      {values.map((value, index) => (
        <li key={index}>
          <Value name={name} value={value} schema={schema} />
        </li>
      ))}
    </ul>
  );
}

const hasSimpleFields = (one: object): boolean =>
  !isSimple(one) && shownFields(one, {}).every(([, inner]) => isSimple(inner));

interface PartsProps {
  /** The field that has them. */
  readonly of: string;
  readonly rows: readonly object[];
  readonly schema: unknown;
}

function Parts({ of, rows, schema }: PartsProps) {
  const { language } = useWords();
  const shape = shapeOf(schema);
  const fields = new Set(rows.flatMap((row) => shownFields(row, shape).map(([field]) => field)));
  return (
    <Rows
      keyOf={(row) => JSON.stringify(row)}
      rows={rows}
      className="wrapped"
      columns={[...fields].map((field): Column<object> => [
        fieldName(field, language, of),
        (row) => <Value name={field} value={valueAt(row, [field])} schema={shape[field]} />,
      ])}
    />
  );
}

interface FieldsProps {
  /** The field that has it, where it is a part of a record. */
  readonly of?: string;
  readonly value: object;
  readonly schema?: unknown;
}

/** What an event's data are: the input of the act that it tells of. */
const inputOf = (field: string, event: object): unknown =>
  field === 'data' && 'type' in event ? specOf(String(event.type))?.input : undefined;

/** An object's fields, under what officials call them: first what is one line, then each of its parts. */
export function Fields({ of, value, schema }: FieldsProps) {
  const { language } = useWords();
  const shape = shapeOf(schema);
  const fields = shownFields(value, shape);
  const lines = fields.filter(([, inner]) => isSimple(inner));
  const shown = ([field, inner]: readonly [string, unknown]) => (
    <Value name={field} value={inner} schema={inputOf(field, value) ?? shape[field]} />
  );
  return (
    <>
      {lines.length === 0 ? null : (
        <Facts
          bordered
          column={{ xs: 1, md: lines.length > 5 ? 2 : 1 }}
          facts={lines.map((line) => [fieldName(line[0], language, of), shown(line)])}
        />
      )}
      {fields
        .filter(([, inner]) => !isSimple(inner))
        .map((part) => (
          <section key={part[0]} className="part">
            <Typography.Text strong>{fieldName(part[0], language, of)}</Typography.Text>
            {shown(part)}
          </section>
        ))}
    </>
  );
}
