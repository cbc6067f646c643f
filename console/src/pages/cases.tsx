import { reads, type CaseRow } from '@yici/api';
import { caseStateWords, type CaseState, shanghaiTime } from '@yici/domain/model';
import { Link, useSearchParams } from 'react-router';
import { Filters } from '../records/filters.js';
import { useNames } from '../session/names.js';
import { usePages } from '../session/reads.js';
import type { Column } from '../shell/rows.js';
import { useWords } from '../words/language.js';
import { List } from './list.js';

export default function CasesPage() {
  const { t, say } = useWords();
  const names = useNames();
  const [search, setSearch] = useSearchParams();
  const asked = Object.fromEntries(search);
  const cases = usePages<CaseRow>('cases.list', asked);
  const columns: readonly Column<CaseRow>[] = [
    [t('table.caseNo'), ({ caseNo }) => <Link to={`/cases/${caseNo}`}>{caseNo}</Link>],
    [t('table.matter'), ({ matterName }) => say(matterName)],
    [t('table.state'), ({ state }) => say(caseStateWords[state as CaseState])],
    [t('table.applicant'), ({ applicant }) => names(applicant)],
    [t('table.owner'), ({ owner }) => names(owner)],
    [t('table.due'), ({ dueOn }) => dueOn],
    [t('table.at'), ({ submittedAt }) => shanghaiTime(submittedAt)],
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
