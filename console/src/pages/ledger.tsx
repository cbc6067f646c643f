import { shanghaiTime } from '@yici/domain/model';
import type { BlockRow } from '@yici/api';
import { Flex } from 'antd';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { LedgerSearch } from '../ledger/search.js';
import { useLive, usePages, useRead } from '../session/reads.js';
import type { Column } from '../shell/rows.js';
import { Copied } from '../shell/copied.js';
import { useWords } from '../words/language.js';
import { List } from '../records/list.js';

/** What is on the ledger, newest first, live. */
export default function LedgerPage() {
  const { t } = useWords();
  const blocks = usePages<BlockRow>('blocks.list', {});
  const columns = useColumns();
  const { keepUp } = blocks;
  useLive(keepUp);
  // What was written while another page was shown.
  useEffect(keepUp, [keepUp]);
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

function useColumns(): readonly Column<BlockRow>[] {
  const { t } = useWords();
  return [
    [t('table.block'), ({ number }) => <Link to={`/ledger/${number}`}>{number}</Link>],
    [t('table.at'), ({ at }) => at && shanghaiTime(at)],
    [t('table.transactions'), ({ transactions }) => transactions],
    [t('table.valid'), ({ valid }) => valid],
    [t('table.hash'), ({ hash }) => <Copied short text={hash} />],
  ];
}
