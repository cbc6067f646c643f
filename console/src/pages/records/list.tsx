import { useLocation, useSearchParams } from 'react-router';
import { Filters } from '../../records/filters.js';
import { registerNamed } from '../../records/catalogue.js';
import { listName } from '../../records/names.js';
import { Records } from '../../records/table.js';
import { useWords } from '../../words/language.js';
import { KeptFilings } from '../file/kept.js';
import { Nothing } from '../nothing.js';

/** A list of the API with its filters, which stand in the address, so that a colleague sees the same; cases at an address of their own. */
export default function ListPage() {
  const { pathname } = useLocation();
  const register = registerNamed(pathname.replace(/^\/(records\/)?/, ''));
  const { say } = useWords();
  const [search, setSearch] = useSearchParams();
  if (register === undefined) return <Nothing />;
  const asked = Object.fromEntries(search);
  return (
    <Records
      key={register.name}
      list={register}
      asked={asked}
      title={listName(say(register.read.summary))}
      above={
        <>
          {register.name === 'drafts.list' ? <KeptFilings /> : null}
          <Filters
            key={search.toString()}
            shape={register.read.query.shape}
            asked={asked}
            onChange={(next) => setSearch(next)}
          />
        </>
      }
    />
  );
}
