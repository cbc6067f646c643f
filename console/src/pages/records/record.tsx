import { reads } from '@yici/api';
import type { ShareRecord } from '@yici/domain/model';
import { App, Card, Flex, Typography } from 'antd';
import { Link, useParams } from 'react-router';
import { Acts } from '../../forms/open-acts.js';
import { registerNamed, type Part, type Register } from '../../records/catalogue.js';
import { columnsOf, valueAt } from '../../records/columns.js';
import { OfDataset } from '../../records/dataset.js';
import { Further } from '../../records/further.js';
import { Graph } from '../../records/graph.js';
import { listName } from '../../records/names.js';
import { useRecord } from '../../records/record.js';
import { ofList, Records } from '../../records/table.js';
import { Fields, Value } from '../../records/value.js';
import { PapersOfRecord } from '../../papers/of-record.js';
import { useLive } from '../../session/reads.js';
import { Failure } from '../../shell/failed.js';
import { Waiting } from '../../shell/waiting.js';
import { useWords } from '../../words/language.js';
import { Nothing } from '../nothing.js';
import ListPage from './list.js';
import { ShareValuesCard } from './share-values.js';

/** The page of any record: what it says, what may be done about it, and what belongs to it, its history included. */
export default function RecordPage() {
  const { collection = '', first = '', second } = useParams();
  const register = registerNamed(collection);
  if (registerNamed(`${collection}/${first}`) !== undefined) return <ListPage />;
  const values = second === undefined ? [first] : [first, second];
  if (register?.key.length !== values.length) return <Nothing />;
  const key = Object.fromEntries(register.key.map((name, at) => [name, values[at] ?? '']));
  return <Whole key={values.join('/')} register={register} asked={key} />;
}

interface WholeProps {
  readonly register: Register;
  readonly asked: Readonly<Record<string, string>>;
}

function Whole({ register, asked }: WholeProps) {
  const found = useRecord(register, asked);
  useLive(found.refetch);
  const { error, data, refetch } = found;
  if (error !== null) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined) return <Waiting />;
  const { acts, get, item, parts } = register;
  const schema = get === undefined ? item : reads[get].answer;
  return (
    <OfDataset about={data}>
      <Flex vertical gap={16}>
        <Card>
          <Head register={register} asked={asked} record={data} />
          <Fields of={ofList(register)} value={data} schema={schema} />
        </Card>
        <Graph record={data} />
        {acts === undefined ? null : <Acts read={acts} asked={asked} />}
        <Further names={register.further} asked={asked} />
        {register.collection === 'shares' ? (
          <App>
            <ShareValuesCard share={data as unknown as ShareRecord} />
          </App>
        ) : null}
        <PapersOfRecord collection={register.collection} record={data} />
        <Parts parts={parts} asked={asked} />
      </Flex>
    </OfDataset>
  );
}

function Head({ register, asked, record }: WholeProps & { readonly record: object }) {
  const { say, t } = useWords();
  const key = Object.values(asked).join(' ');
  const named = columnsOf(register.item, []).find(({ path }) =>
    ['name', 'title'].includes(path.at(-1) ?? ''),
  );
  const hasVersions = register.parts.some(({ name }) => name.endsWith('.versions'));
  return (
    <Flex wrap gap={12} align="baseline" justify="space-between">
      <Typography.Title level={3} copyable={{ text: key }} style={{ marginTop: 0 }}>
        {named === undefined ? null : (
          <>
            <Value name="name" value={valueAt(record, named.path)} schema={named.schema} />{' '}
          </>
        )}
        {key}
      </Typography.Title>
      <Flex gap={12} className="no-print">
        {hasVersions ? <Link to="compare">{t('compare.title')}</Link> : null}
        <Link to={`/records/${register.collection}`}>{listName(say(register.read.summary))}</Link>
      </Flex>
    </Flex>
  );
}

interface PartsProps {
  readonly parts: readonly Part[];
  readonly asked: Readonly<Record<string, string>>;
}

function Parts({ parts, asked }: PartsProps) {
  const { say } = useWords();
  return parts.map((part) => (
    <Records
      key={part.name}
      quiet
      list={part}
      asked={asked}
      title={listName(say(part.read.summary))}
    />
  ));
}
