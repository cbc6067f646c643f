import { splitWords, type BehindPage, type Split, type SubjectKind } from '@yici/api';
import { Tag, Typography } from 'antd';
import { Link } from 'react-router';
import { addressOfRecord, registerNamed } from '../../records/catalogue.js';
import { useNames } from '../../session/names.js';
import { usePages } from '../../session/reads.js';
import { useWords } from '../../words/language.js';
import { List } from '../list.js';

type Row = BehindPage['items'][number];

/** Where the records that figures count have their pages. */
const collections: Readonly<Partial<Record<SubjectKind, string>>> = {
  ...{ case: 'cases', share: 'shares', card: 'cards', order: 'orders', audit: 'audits' },
  ...{ dutyRuling: 'duty-rulings', attestation: 'attestations', oneThing: 'one-things' },
  ...{ oneThingCase: 'one-thing-cases', matter: 'matters', calendar: 'calendars' },
  ...{ dataset: 'datasets', department: 'departments', dutyOverlap: 'duty-overlaps' },
  ...{ duty: 'duties', review: 'matters' },
};

interface BehindProps {
  readonly measure: string;
  readonly chosen: Readonly<Record<string, string>>;
}

/** The records that a figure counts, as far as the visitor may see them. */
export function Behind({ measure, chosen }: BehindProps) {
  const { t, say } = useWords();
  const names = useNames();
  const rows = usePages<Row>('stats.records', { measure, ...chosen });
  const columns = [
    { title: t('supervision.record'), render: (row: Row) => <Subject {...row} /> },
    { title: t('table.department'), render: (row: Row) => names(row.department ?? '') },
    { title: t('supervision.day'), dataIndex: 'day' },
    { title: t('supervision.until'), render: (row: Row) => row.until ?? '' },
    {
      title: t('supervision.counted'),
      render: ({ of, per, open }: Row) => (
        <>
          {per === null ? of : `${String(of)} / ${String(per)}`}{' '}
          {open ? <Tag>{t('supervision.isOpen')}</Tag> : null}
        </>
      ),
    },
    {
      title: t('supervision.labels'),
      render: ({ labels, names: called }: Row) =>
        Object.entries(labels).map(([split, value]) => (
          <Tag key={split}>
            {say(splitWords[split as Split] as (typeof splitWords)[Split] | undefined) || split}{' '}
            {say(called.find(({ label }) => label === split)?.name) || value}
          </Tag>
        )),
    },
  ];
  return (
    <List
      title={<Typography.Text strong>{t('supervision.behind')}</Typography.Text>}
      rows={rows.items}
      keyOf={(row) => JSON.stringify(row)}
      columns={columns}
      query={rows}
      empty={t('supervision.noRecords')}
    />
  );
}

function Subject({ kind, id }: Pick<Row, 'kind' | 'id'>) {
  const collection = collections[kind];
  if (kind === 'transaction') return <Link to={`/ledger/tx/${id}`}>{id.slice(0, 16)}…</Link>;
  if (collection === undefined) return <>{id}</>;
  // What is counted by version has its number behind the key of the record.
  const key = id.split('/').slice(0, registerNamed(collection)?.key.length);
  return <Link to={addressOfRecord(collection, key)}>{id}</Link>;
}
