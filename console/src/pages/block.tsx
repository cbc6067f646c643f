import { commandWords, shanghaiTime } from '@yici/domain/model';
import type { AnswerOf } from '@yici/api';
import { Card, Descriptions, Flex, Table, Typography } from 'antd';
import { Link, useParams } from 'react-router';
import { CodeTag } from '../ledger/code-tag.js';
import { useRead } from '../session/reads.js';
import { Failure } from '../shell/failed.js';
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
      <Descriptions
        column={1}
        size="small"
        items={hashes.map(([key, value]) => ({
          key,
          label: t(`chain.hashes.${key}`),
          children: (
            <Typography.Text className="mono" copyable>
              {value}
            </Typography.Text>
          ),
        }))}
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
  return (
    <Table
      size="small"
      pagination={false}
      rowKey="txId"
      dataSource={items}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: '#', dataIndex: 'index' },
        {
          title: t('table.command'),
          render: (_, row) =>
            row.function === null
              ? row.type
              : commandWords(row.function.replace(':', '.'), language),
        },
        {
          title: t('table.who'),
          render: (_, { creator }) => (creator === null ? '' : `${creator.mspId} ${creator.user}`),
        },
        {
          title: t('table.code'),
          render: (_, { code }) => <CodeTag code={code} />,
        },
        { title: t('table.at'), render: (_, { at }) => (at === null ? '' : shanghaiTime(at)) },
        {
          title: t('table.txId'),
          render: (_, { txId }) => (
            <Typography.Text className="mono" copyable={{ text: txId }}>
              <Link to={`/ledger/tx/${txId}`}>{txId.slice(0, 16)}…</Link>
            </Typography.Text>
          ),
        },
      ]}
    />
  );
}
