import type { DoneItem } from '@yici/api';
import { commandWords, shanghaiTime } from '@yici/domain/model';
import { Link } from 'react-router';
import { Copied } from '../../shell/copied.js';
import type { Column } from '../../shell/rows.js';
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

function useColumns(): readonly Column<DoneItem>[] {
  const { t, language } = useWords();
  return [
    [t('table.at'), ({ at }) => shanghaiTime(at)],
    [t('table.act'), ({ command }) => commandWords(command, language)],
    [t('inbox.about'), (row) => <Subject {...row} />],
    [t('table.who'), ({ user }) => user],
    [t('table.txId'), ({ txId }) => <Copied short text={txId} to={`/ledger/tx/${txId}`} />],
  ];
}

function Subject({ about }: Pick<DoneItem, 'about'>) {
  const { caseNo } = about;
  if (typeof caseNo === 'string') return <Link to={`/cases/${caseNo}`}>{caseNo}</Link>;
  return <>{Object.values(about).map(String).join(' ')}</>;
}
