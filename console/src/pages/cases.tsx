import { reads, type CaseRow } from '@yici/api';
import { caseStateWords, type CaseState, shanghaiTime } from '@yici/domain/model';
import { Link, useSearchParams } from 'react-router';
import { Filters } from '../records/filters.js';
import { useNames } from '../session/names.js';
import { usePages } from '../session/reads.js';
import { useWords } from '../words/language.js';
import { List } from './list.js';

export default function CasesPage() {
  const { t, say } = useWords();
  const names = useNames();
  const [search, setSearch] = useSearchParams();
  const asked = Object.fromEntries(search);
  const cases = usePages<CaseRow>('cases.list', asked);
  const columns = [
    {
      title: t('table.caseNo'),
      render: (row: CaseRow) => <Link to={`/cases/${row.caseNo}`}>{row.caseNo}</Link>,
    },
    { title: t('table.matter'), render: (row: CaseRow) => say(row.matterName) },
    {
      title: t('table.state'),
      render: (row: CaseRow) => say(caseStateWords[row.state as CaseState]),
    },
    { title: t('table.applicant'), render: (row: CaseRow) => names(row.applicant) },
    { title: t('table.owner'), render: (row: CaseRow) => names(row.owner) },
    { title: t('table.due'), render: (row: CaseRow) => row.dueOn ?? '' },
    { title: t('table.at'), render: (row: CaseRow) => shanghaiTime(row.submittedAt) },
  ];
  return (
    <List
      title={t('menu.cases')}
      rows={cases.items}
      keyOf={({ caseNo }) => caseNo}
      columns={columns}
      query={cases}
      empty={t('table.empty')}
      above={
        <Filters
          key={search.toString()}
          shape={reads['cases.list'].query.shape}
          asked={asked}
          onChange={(next) => setSearch(next)}
        />
      }
    />
  );
}
