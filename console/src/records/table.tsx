import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { List } from './list.js';
import { usePages } from '../session/reads.js';
import type { Column } from '../shell/rows.js';
import { useWords } from '../words/language.js';
import type { Asked } from './filters.js';
import {
  addressOfRecord,
  keyOfRow,
  registerOfList,
  type Part,
  type Register,
} from './catalogue.js';
import { columnsOf, valueAt } from './columns.js';
import { OfDataset } from './dataset.js';
import { fieldName } from './names.js';
import { Fields, Value } from './value.js';

type Row = Readonly<Record<string, unknown>>;

interface RecordsProps {
  readonly list: Register | Part;
  readonly asked: Asked;
  readonly title: ReactNode;
  /** Beside the title, e.g. what narrows the list. */
  readonly above?: ReactNode;
  /** Not shown at all while there is nothing in it. */
  readonly quiet?: boolean;
  /** Of its title, where it is a part of a page. */
  readonly level?: 3 | 4;
}

/** Any list of the API: its columns are what its definition says of a row. */
export function Records({ list, asked, title, above, quiet = false, level = 3 }: RecordsProps) {
  const { t } = useWords();
  const rows = usePages<Row>(list.name, asked);
  const register = registerOfList(list);
  const columns = useColumns(list, register, rows.items);
  const isOpened = register !== undefined && register.key.length > 0;
  if (quiet && rows.items.length === 0) return null;
  return (
    <List<Row>
      title={title}
      level={level}
      above={above}
      rows={rows.items}
      keyOf={(row) => JSON.stringify(row)}
      columns={columns}
      query={rows}
      empty={t('table.empty')}
      more={
        isOpened
          ? undefined
          : (row) => (
              <OfDataset about={row}>
                <Fields of={ofList(list)} value={row} schema={list.item} />
              </OfDataset>
            )
      }
    />
  );
}

/** What a list is of, as fields are called in it: `calendars` of `calendars.versions`. */
export const ofList = ({ name }: Pick<Part, 'name'>): string => name.split('.')[0] ?? name;

function useColumns(
  list: Register | Part,
  register: Register | undefined,
  rows: readonly Row[],
): readonly Column<Row>[] {
  const { language } = useWords();
  const key = register?.key ?? [];
  const columns = columnsOf(list.item, key, rows);
  const linked = columns.findIndex(({ path }) => path.join() === (key.at(-1) ?? ''));
  return columns.map(({ path, schema }, index) => [
    fieldName(path.at(-1) ?? '', language, ofList(list)),
    (row) => {
      const value = valueAt(row, path);
      const own = register === undefined ? undefined : keyOfRow(register, row);
      if (index === linked && register !== undefined && own !== undefined) {
        return <Link to={addressOfRecord(register.collection, own)}>{String(value)}</Link>;
      }
      return <Value name={path.at(-1) ?? ''} value={value} schema={schema} />;
    },
  ]);
}
