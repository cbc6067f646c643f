import type { DoneItem } from '@yici/api';
import { commandWords, shanghaiTime } from '@yici/domain/model';
import { Typography } from 'antd';
import { Link } from 'react-router';
import { useWords } from '../../words/language.js';
import { ViewedList } from '../viewed-list.js';

/** What the department, or this official, has done, newest first. */
export default function Done() {
  const { t } = useWords();
  return (
    <ViewedList<DoneItem>
      read="inbox.done"
      views={[
        { value: 'mine', label: t('inbox.byMe'), asked: { mine: 'true' } },
        { value: 'all', label: t('inbox.byAll'), asked: {} },
      ]}
      keyOf={({ txId, about }) => txId + JSON.stringify(about)}
      columns={useColumns()}
      empty={t('table.empty')}
    />
  );
}

function useColumns() {
  const { t, language } = useWords();
  return [
    { title: t('table.at'), render: ({ at }: DoneItem) => shanghaiTime(at) },
    { title: t('table.act'), render: ({ command }: DoneItem) => commandWords(command, language) },
    { title: t('inbox.about'), render: (row: DoneItem) => <Subject {...row} /> },
    { title: t('table.who'), render: ({ user }: DoneItem) => user },
    {
      title: t('table.txId'),
      render: ({ txId }: DoneItem) => (
        <Typography.Text copyable={{ text: txId }} className="mono">
          {txId.slice(0, 12)}
        </Typography.Text>
      ),
    },
  ];
}

function Subject({ about }: Pick<DoneItem, 'about'>) {
  const { caseNo } = about;
  if (typeof caseNo === 'string') return <Link to={`/cases/${caseNo}`}>{caseNo}</Link>;
  return <>{Object.values(about).map(String).join(' ')}</>;
}
