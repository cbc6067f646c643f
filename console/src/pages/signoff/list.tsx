import { signoffStateWords, type SignoffLine } from '@yici/api';
import { commandWords, shanghaiTime } from '@yici/domain/model';
import { Link } from 'react-router';
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

function useColumns() {
  const { t, say, language } = useWords();
  return [
    {
      title: t('signoff.title'),
      render: ({ id, title }: SignoffLine) => <Link to={`/signoffs/${id}`}>{title}</Link>,
    },
    {
      title: t('table.act'),
      render: ({ command }: SignoffLine) => commandWords(command, language),
    },
    { title: t('inbox.about'), render: ({ subject }: SignoffLine) => subject ?? '' },
    {
      title: t('table.state'),
      render: ({ state }: SignoffLine) => say(signoffStateWords[state]),
    },
    {
      title: t('signoff.waitsFor'),
      render: ({ levels, level, state }: SignoffLine) => {
        const office = levels[level];
        return state === 'issued' || office === undefined ? '' : officeText(office, language);
      },
    },
    {
      title: t('signoff.changed'),
      render: ({ changedBy, changedAt }: SignoffLine) => `${changedBy} ${shanghaiTime(changedAt)}`,
    },
  ];
}
