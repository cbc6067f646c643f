import { shanghaiTime } from '@yici/domain/model';
import type { BlockRow } from '@yici/api';
import { Flex, Typography } from 'antd';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { LedgerSearch } from '../ledger/search.js';
import { useLive, usePages, useRead } from '../session/reads.js';
import { useWords } from '../words/language.js';
import { List } from './list.js';

/** What is on the ledger, newest first, live. */
export default function LedgerPage() {
  const { t } = useWords();
  const blocks = usePages<BlockRow>('blocks.list', {});
  const columns = useColumns();
  const { refetch } = blocks;
  useLive(refetch);
  // What was written while another page was shown.
  useEffect(() => void refetch(), [refetch]);
  return (
    <Flex vertical gap={16}>
      <LedgerSearch />
      <Channel />
      <List
        title={t('menu.ledger')}
        rows={blocks.items}
        keyOf={({ number }) => String(number)}
        columns={columns}
        query={blocks}
        empty={t('table.empty')}
      />
    </Flex>
  );
}

/** What runs here, in a line. */
function Channel() {
  const { t } = useWords();
  const { data } = useRead('network.get', {});
  if (data === undefined) return null;
  const { channel, engine, indexed, onePointOfTrust, departments } = data;
  return (
    <Flex gap={8} wrap>
      <span>
        {t('chain.here', {
          ...{ channel, block: indexed, members: departments.length },
          engine: t(`chain.engines.${engine}`),
        })}
      </span>
      {onePointOfTrust ? <span>{t('chain.oneMachine')}</span> : null}
      <Link to="/ledger/channel">{t('chain.channel')}</Link>
      <Link to="/ledger/changes">{t('chain.pending.title')}</Link>
    </Flex>
  );
}

function useColumns() {
  const { t } = useWords();
  return [
    {
      title: t('table.block'),
      render: ({ number }: BlockRow) => <Link to={`/ledger/${number}`}>{number}</Link>,
    },
    { title: t('table.at'), render: ({ at }: BlockRow) => (at === null ? '' : shanghaiTime(at)) },
    { title: t('table.transactions'), dataIndex: 'transactions' },
    { title: t('table.valid'), dataIndex: 'valid' },
    {
      title: t('table.hash'),
      render: ({ hash }: BlockRow) => (
        <Typography.Text className="mono" copyable={{ text: hash }}>
          {hash.slice(0, 16)}…
        </Typography.Text>
      ),
    },
  ];
}
