import { commands, pathWords, type CommandSpec } from '@yici/domain/model';
import { Flex, Typography } from 'antd';
import { Link, useParams, useSearchParams } from 'react-router';
import { addressOfRecord, registerNamed, type Part } from '../../records/catalogue.js';
import { differencesBetween, type Difference } from '../../records/differences.js';
import { schemaAt, shapeOf } from '../../records/shapes.js';
import { Value } from '../../records/value.js';
import { usePages } from '../../session/reads.js';
import { Rows } from '../../shell/rows.js';
import { Waiting } from '../../shell/waiting.js';
import { useWords } from '../../words/language.js';
import { Nothing } from '../nothing.js';
import { OneOf } from '../supervision/choices.js';

type Version = Readonly<Record<string, unknown>>;

/** Two versions of a record side by side: only what differs. */
export default function ComparePage() {
  const { collection = '', first = '', second } = useParams();
  const register = registerNamed(collection);
  const part = register?.parts.find(({ name }) => name.endsWith('.versions'));
  const values = second === undefined ? [first] : [first, second];
  if (register === undefined || part === undefined) return <Nothing />;
  const asked = Object.fromEntries(register.key.map((name, at) => [name, values[at] ?? '']));
  const back = addressOfRecord(collection, values);
  return <Versions part={part} asked={asked} back={back} said={saidIn(collection)} />;
}

/** The fields of what a version of such a record is made by: others say how it came to be. */
function saidIn(collection: string): ReadonlySet<string> {
  const all: readonly CommandSpec[] = Object.values(commands);
  const makes = all.find(({ of, creates }) => of.plural === collection && creates === true);
  return new Set(Object.keys(shapeOf(makes?.input)));
}

interface VersionsProps {
  readonly part: Part;
  readonly asked: Readonly<Record<string, string>>;
  readonly back: string;
  readonly said: ReadonlySet<string>;
}

function Versions({ part, asked, back, said }: VersionsProps) {
  const { t } = useWords();
  const { items, isPending } = usePages<Version>(part.name, { ...asked, limit: 200 });
  const [search, setSearch] = useSearchParams();
  if (isPending) return <Waiting />;
  const numbers = items.map(({ version }) => String(version));
  const after = search.get('after') ?? numbers.at(-1) ?? '';
  const chosen = { before: search.get('before') ?? numbers.at(-2) ?? after, after };
  const at = (wanted: string) => items.find(({ version }) => String(version) === wanted);
  return (
    <Flex vertical gap={12}>
      <Typography.Title level={3} style={{ margin: 0 }}>
        {t('compare.title')} <Link to={back}>{Object.values(asked).join(' ')}</Link>
      </Typography.Title>
      <Flex gap={12} wrap>
        {(['before', 'after'] as const).map((which) => (
          <OneOf
            key={which}
            label={t(`compare.${which}`)}
            value={chosen[which]}
            options={numbers.map((one) => ({ value: one, label: one }))}
            onChange={(value) => setSearch({ ...chosen, [which]: value })}
          />
        ))}
      </Flex>
      <Differences
        rows={differencesBetween(
          contentOf(at(chosen.before), said),
          contentOf(at(chosen.after), said),
        )}
        schema={contentSchemaOf(part.item)}
      />
    </Flex>
  );
}

/** What a version says, apart from how it stands: its content where it has one. */
const contentOf = (version: Version = {}, said: ReadonlySet<string>): unknown =>
  version['content'] ??
  Object.fromEntries(Object.entries(version).filter(([field]) => said.has(field)));
const contentSchemaOf = (item: unknown): unknown => shapeOf(item)['content'] ?? item;

interface DifferencesProps {
  readonly rows: readonly Difference[];
  readonly schema: unknown;
}

function Differences({ rows, schema }: DifferencesProps) {
  const { t, language } = useWords();
  const shown = (which: 'before' | 'after') => (row: Difference) => (
    <div className={`difference ${which}`}>
      <Value name={row.path.at(-1) ?? ''} value={row[which]} schema={schemaAt(schema, row.path)} />
    </div>
  );
  return (
    <Rows
      keyOf={({ path }) => path.join('/')}
      rows={rows}
      empty={t('compare.none')}
      columns={[
        [t('compare.place'), ({ path }) => pathWords(path.join('/'), language)],
        [t('compare.before'), shown('before')],
        [t('compare.after'), shown('after')],
      ]}
    />
  );
}
