import { splitWords, summaryAt, type BehindPage, type Split, type SubjectKind } from '@yici/api';
import { Tag, Typography } from 'antd';
import { Link } from 'react-router';
import { addressOfRecord, registerNamed } from '../../records/catalogue.js';
import { useNames } from '../../session/names.js';
import { usePages } from '../../session/reads.js';
import type { Column } from '../../shell/rows.js';
import { useWords } from '../../words/language.js';
import { List } from '../../records/list.js';

type Row = BehindPage['items'][number];

/** Where the records that figures count have their pages. */
const collections: Readonly<Partial<Record<SubjectKind, string>>> = {
  ...{ case: 'cases', share: 'shares', card: 'cards', order: 'orders', audit: 'audits' },
  ...{ dutyRuling: 'duty-rulings', attestation: 'attestations', oneThing: 'one-things' },
  ...{ oneThingCase: 'one-thing-cases', matter: 'matters', calendar: 'calendars' },
  ...{ dataset: 'datasets', department: 'departments', dutyOverlap: 'duty-overlaps' },
  ...{ duty: 'duties', review: 'matters', challenge: 'challenges', dispute: 'disputes' },
};

/** Where those are listed that a figure counts by the day. */
const lists: Readonly<Record<string, string | undefined>> = { 'supervisor-reads': 'reads' };

interface BehindProps {
  readonly measure: string;
  readonly chosen: Readonly<Record<string, string>>;
}

/** The records that a figure counts, as far as the visitor may see them. */
export function Behind({ measure, chosen }: BehindProps) {
  const { t } = useWords();
  const rows = usePages<Row>('stats.records', { measure, ...chosen });
  const total = (rows.data?.pages[0] as BehindPage | undefined)?.total;
  return (
    <List
      title={
        <Typography.Text strong>
          {t('supervision.behind')} <span data-testid="behind">{total}</span>
        </Typography.Text>
      }
      rows={rows.items}
      keyOf={(row) => JSON.stringify(row)}
      columns={useColumns(measure)}
      query={rows}
      empty={t('supervision.noRecords')}
    />
  );
}

function useColumns(measure: string): readonly Column<Row>[] {
  const { t } = useWords();
  const names = useNames();
  return [
    [t('supervision.record'), (row) => <Subject {...row} measure={measure} />],
    [t('table.department'), ({ department }) => names(department ?? '')],
    [t('supervision.day'), ({ day }) => day],
    [t('supervision.until'), ({ until }) => until],
    [
      t('supervision.counted'),
      ({ of, per, open }) => (
        <>
          {per === null ? of : `${String(of)} / ${String(per)}`}{' '}
          {open ? <Tag>{t('supervision.isOpen')}</Tag> : null}
        </>
      ),
    ],
    [t('supervision.labels'), (row) => <Labels {...row} />],
  ];
}

function Labels({ labels, names }: Pick<Row, 'labels' | 'names'>) {
  const { say } = useWords();
  return Object.entries(labels).map(([split, value]) => (
    <Tag key={split}>
      {say(splitWords[split as Split] as (typeof splitWords)[Split] | undefined) || split}{' '}
      {say(names.find(({ label }) => label === split)?.name) || value}
    </Tag>
  ));
}

interface SubjectProps extends Pick<Row, 'kind' | 'id' | 'labels'> {
  readonly measure: string;
}

function Subject({ kind, id, labels: { rule }, measure }: SubjectProps) {
  const { say } = useWords();
  const collection = collections[kind] ?? lists[measure];
  // What a rule refused is in no block.
  if (rule !== undefined) return <Link to={`/help/errors?code=${rule}`}>{id.slice(0, 16)}…</Link>;
  if (kind === 'transaction') return <Link to={`/ledger/tx/${id}`}>{id.slice(0, 16)}…</Link>;
  if (collection === undefined) return <>{say(summaryAt(id)) || id}</>;
  // What is counted by version has its number behind the key of the record.
  const key = id.split('/').slice(0, registerNamed(collection)?.key.length);
  return <Link to={addressOfRecord(collection, key)}>{id}</Link>;
}
