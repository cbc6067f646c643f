import { commandWords, shanghaiTime } from '@yici/domain/model';
import type { AnswerOf } from '@yici/api';
import { Card, Flex } from 'antd';
import { Link, useParams } from 'react-router';
import { CodeTag } from '../ledger/code-tag.js';
import { useNames } from '../session/names.js';
import { useRead } from '../session/reads.js';
import { Copied } from '../shell/copied.js';
import { Facts } from '../shell/facts.js';
import { Failure } from '../shell/failed.js';
import { Rows } from '../shell/rows.js';
import { Waiting } from '../shell/waiting.js';
import { useWords } from '../words/language.js';

export default function BlockPage() {
  const { number = '0' } = useParams();
  const { t } = useWords();
  const { data, error, refetch } = useRead('blocks.get', { number: Number(number) });
  if (error !== null) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined) return <Waiting />;
  const { items, hash, previousHash, dataHash } = data;
  const hashes = [
    ['hash', hash],
    ['previousHash', previousHash],
    ['dataHash', dataHash],
  ] as const;
  return (
    <Card
      title={<h2 style={{ margin: 0, fontSize: 18 }}>{`${t('table.block')} ${number}`}</h2>}
      extra={<Neighbours number={Number(number)} />}
    >
      <Facts
        facts={hashes.map(([key, value]) => [
          t(`chain.hashes.${key}`),
          <Copied key={key} text={value} />,
        ])}
      />
      <Transactions items={items} />
    </Card>
  );
}

function Neighbours({ number }: { readonly number: number }) {
  const { t } = useWords();
  return (
    <Flex gap={16}>
      {number > 0 ? <Link to={`/ledger/${number - 1}`}>{t('chain.before')}</Link> : null}
      <Link to={`/ledger/${number + 1}`}>{t('chain.after')}</Link>
    </Flex>
  );
}

type Items = AnswerOf<'blocks.get'>['items'];

function Transactions({ items }: { readonly items: Items }) {
  const { t, language } = useWords();
  const names = useNames();
  return (
    <Rows
      keyOf={({ txId }) => txId}
      rows={items}
      columns={[
        ['#', ({ index }) => index],
        [
          t('table.command'),
          (row) =>
            row.function === null
              ? row.type
              : commandWords(row.function.replace(':', '.'), language),
        ],
        [t('table.who'), ({ creator }) => creator && `${names(creator.mspId)} ${creator.user}`],
        [t('table.code'), ({ code }) => <CodeTag code={code} />],
        [t('table.at'), ({ at }) => at && shanghaiTime(at)],
        [t('table.txId'), ({ txId }) => <Copied short text={txId} to={`/ledger/tx/${txId}`} />],
      ]}
    />
  );
}
