import { signoffStateWords, type SignoffLine } from '@yici/api';
import { commandWords, shanghaiTime } from '@yici/domain/model';
import { Link } from 'react-router';
import type { Column } from '../../shell/rows.js';
import { useWords } from '../../words/language.js';
import { ViewedList } from '../viewed-list.js';
import { officeText } from './words.js';

/** 审签: what officials of one department draft, review and issue before it is signed; what waits for the visitor first. */
export default function Signoffs() {
  const { t } = useWords();
  return (
    <ViewedList<SignoffLine>
      read="signoffs.list"
      views={[
        { value: 'waiting', label: t('signoff.waiting'), asked: { waiting: 'true' } },
        { value: 'all', label: t('signoff.all'), asked: {} },
      ]}
      keyOf={({ id }) => id}
      columns={useColumns()}
      empty={t('signoff.empty')}
    />
  );
}

function useColumns(): readonly Column<SignoffLine>[] {
  const { t, say, language } = useWords();
  return [
    [t('signoff.title'), ({ id, title }) => <Link to={`/signoffs/${id}`}>{title}</Link>],
    [t('table.act'), ({ command }) => commandWords(command, language)],
    [t('inbox.about'), ({ subject }) => subject],
    [t('table.state'), ({ state }) => say(signoffStateWords[state])],
    [
      t('signoff.waitsFor'),
      ({ levels, level, state }) => {
        const office = levels[level];
        return state === 'issued' || office === undefined ? '' : officeText(office, language);
      },
    ],
    [t('signoff.changed'), ({ changedBy, changedAt }) => `${changedBy} ${shanghaiTime(changedAt)}`],
  ];
}
