import { lightWords, type InboxItem } from '@yici/api';
import { todoWords } from '@yici/domain/model';
import { Flex, Segmented, Select } from 'antd';
import { useWords } from '../../words/language.js';

const views = ['all', 'mine', 'section', 'signoffs', 'done'] as const;

/** What of the inbox is shown. */
export interface Filter {
  readonly view: (typeof views)[number];
  readonly todo?: InboxItem['todo'] | undefined;
  /** `none`: of what no limit runs for. */
  readonly light?: keyof typeof lightWords | 'none' | undefined;
}

export const shownBy = ({ todo, light }: Filter, row: InboxItem): boolean =>
  (todo === undefined || row.todo === todo) &&
  (light === undefined || (row.light ?? 'none') === light);

/** Lists of their own, which no line of the inbox is in. */
export const isOfOthers = (view: Filter['view']): boolean => view === 'signoffs' || view === 'done';

interface FiltersProps {
  readonly filter: Filter;
  /** All that is in the view. */
  readonly items: readonly InboxItem[];
  /** There are more than these. */
  readonly more: boolean;
  readonly onFilter: (filter: Filter) => void;
}

/** By whom it can be done, of which kind it is and how urgent, each with its count. */
export function Filters({ filter, items, more, onFilter }: FiltersProps) {
  const { t, say } = useWords();
  const plus = more ? '+' : '';
  const offered = <K extends string>(counts: Map<K, number>, word: (value: K) => string) =>
    [...counts].map(([value, count]) => ({ value, label: `${word(value)} ${count}${plus}` }));
  const kinds = offered(
    counted(items, ({ todo }) => todo),
    (todo) => say(todoWords[todo]),
  );
  const found = counted(items, ({ light }) => light ?? 'none');
  const urgencies = offered(found, (light) =>
    light === 'none' ? t('inbox.noLight') : say(lightWords[light]),
  );
  const { todo, light } = filter;
  const change = (field: 'todo' | 'light') => (one: string | undefined) =>
    onFilter({ ...filter, [field]: one });
  return (
    <Flex gap={12} wrap align="center">
      <Segmented
        aria-label={t('inbox.view')}
        value={filter.view}
        options={views.map((value) => ({ value, label: t(`inbox.${value}`) }))}
        onChange={(view) => onFilter({ view })}
      />
      {isOfOthers(filter.view) ? null : (
        <>
          <By name="kind" value={todo} options={kinds} on={change('todo')} />
          <By name="light" value={light} options={urgencies} on={change('light')} />
          <span data-testid="count">{`${t('inbox.count', { count: items.length })}${plus}`}</span>
        </>
      )}
    </Flex>
  );
}

interface ByProps<K> {
  readonly name: 'kind' | 'light';
  readonly value: K | undefined;
  readonly options: { value: K; label: string }[];
  readonly on: (value: K | undefined) => void;
}

function By<K extends string>({ name, value, options, on }: ByProps<K>) {
  const { t } = useWords();
  const label = t(`inbox.${name}`);
  return (
    <Select<K | undefined>
      allowClear
      aria-label={label}
      placeholder={label}
      data-testid={name}
      style={{ minWidth: 200 }}
      value={value}
      options={options}
      onChange={on}
    />
  );
}

function counted<K>(items: readonly InboxItem[], kindOf: (item: InboxItem) => K): Map<K, number> {
  const counts = new Map<K, number>();
  for (const item of items) counts.set(kindOf(item), (counts.get(kindOf(item)) ?? 0) + 1);
  return counts;
}
