import type { ReadName } from '@yici/api';
import { Segmented } from 'antd';
import { useState } from 'react';
import { useLive, usePages } from '../session/reads.js';
import type { Column } from '../shell/rows.js';
import { useWords } from '../words/language.js';
import { List } from '../records/list.js';

interface View {
  readonly value: string;
  readonly label: string;
  readonly asked: Readonly<Record<string, string>>;
}

interface ViewedListProps<Row extends object> {
  readonly read: ReadName;
  /** What can be looked at, the first of them to begin with. */
  readonly views: readonly [View, ...View[]];
  readonly keyOf: (row: Row) => string;
  readonly columns: readonly Column<Row>[];
  readonly empty: string;
}

/** A list of the API that is asked for in one of several ways, and kept up with the ledger. */
export function ViewedList<Row extends object>(props: ViewedListProps<Row>) {
  const { read, views, keyOf, columns, empty } = props;
  const { t } = useWords();
  const [first] = views;
  const [chosen, setChosen] = useState(first.value);
  const { asked } = views.find(({ value }) => value === chosen) ?? first;
  const found = usePages<Row>(read, asked);
  useLive(found.keepUp);
  return (
    <List
      title={
        <Segmented
          aria-label={t('inbox.view')}
          value={chosen}
          options={views.map(({ value, label }) => ({ value, label }))}
          onChange={setChosen}
        />
      }
      rows={found.items}
      query={found}
      {...{ keyOf, columns, empty }}
    />
  );
}
