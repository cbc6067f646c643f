import { lights, type InboxItem } from '@yici/api';
import { todoWords } from '@yici/domain/model';
import { Flex, Segmented, Select } from 'antd';
import { useWords } from '../../words/language.js';

const views = ['all', 'mine', 'section', 'signoffs', 'done'] as const;

/** What of the inbox is shown. */
export interface Filter {
  readonly view: (typeof views)[number];
  readonly todo?: InboxItem['todo'] | undefined;
  /** `none`: of what no limit runs for. */
  readonly light?: (typeof lights)[number] | 'none' | undefined;
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
  const kinds = counted(items, ({ todo }) => todo);
  const urgencies = counted(items, ({ light }) => light ?? 'none');
  const count = `${t('inbox.count', { count: items.length })}${plus}`;
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
          <Select
            allowClear
            aria-label={t('inbox.kind')}
            placeholder={t('inbox.kind')}
            data-testid="kind"
            style={{ minWidth: 200 }}
            value={filter.todo}
            options={[...kinds].map(([value, n]) => ({
              value,
              label: `${say(todoWords[value])} ${n}${plus}`,
            }))}
            onChange={(todo) => onFilter({ ...filter, todo })}
          />
          <Select
            allowClear
            aria-label={t('inbox.light')}
            placeholder={t('inbox.light')}
            data-testid="light"
            style={{ minWidth: 160 }}
            value={filter.light}
            options={[...lights, 'none' as const]
              .filter((value) => urgencies.has(value))
              .map((value) => ({
                value,
                label: `${t(`lights.${value}`)} ${urgencies.get(value)}${plus}`,
              }))}
            onChange={(light) => onFilter({ ...filter, light })}
          />
          <span data-testid="count">{count}</span>
        </>
      )}
    </Flex>
  );
}

function counted<K>(items: readonly InboxItem[], kindOf: (item: InboxItem) => K): Map<K, number> {
  const counts = new Map<K, number>();
  for (const item of items) counts.set(kindOf(item), (counts.get(kindOf(item)) ?? 0) + 1);
  return counts;
}
