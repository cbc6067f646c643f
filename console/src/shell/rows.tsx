import { Empty, Table } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../words/language.js';
import { mostOnPaper } from './paper.js';
import { useReachable } from './reachable.js';
import { useWindow } from './window.js';

/** Its title, what of a row stands in it, and how it is written. */
export type Column<Row> = readonly [
  title: string,
  cell: (row: Row) => ReactNode,
  className?: 'mono',
];

export interface RowsProps<Row> {
  readonly rows: readonly Row[] | undefined;
  readonly keyOf: (row: Row) => string | number;
  readonly columns: readonly Column<Row>[];
  readonly size?: 'small' | 'middle';
  readonly title?: string;
  readonly empty?: string;
  /** What to do where there is none. */
  readonly begin?: ReactNode;
  /** What a row has more, under it; undefined: nothing. */
  readonly more?: ((row: Row) => ReactNode) | undefined;
  readonly className?: string;
  /** There are more rows than these. */
  readonly goesOn?: boolean;
  /** Called when a long table is scrolled near its end. */
  readonly onEnd?: () => void;
}

/** A table of any length; its rows are undefined as long as they are still asked for. */
export function Rows<Row extends object>(props: RowsProps<Row>) {
  const { rows, keyOf, columns, size = 'small', title, empty, begin, more, className } = props;
  const place = useReachable();
  const window = useWindow(place, rows ?? [], props.onEnd);
  return (
    <div ref={place} className={window.isLong ? 'long' : ''} style={window.style}>
      <Table<Row>
        size={size}
        className={className ?? ''}
        {...(title !== undefined && { title: () => title })}
        loading={rows === undefined}
        pagination={false}
        rowKey={keyOf}
        dataSource={[...window.rows]}
        {...(className === undefined && { scroll: { x: 'max-content' } })}
        columns={columns.map(([head, cell, written = ''], key) => ({
          ...{ key, title: head, className: written },
          render: (_, row) => cell(row),
        }))}
        {...(more !== undefined && {
          expandable: { expandedRowRender: more, rowExpandable: (row) => more(row) !== undefined },
        })}
        {...(empty !== undefined && {
          locale: { emptyText: <Empty description={empty}>{begin}</Empty> },
        })}
      />
      <OnPaper all={(rows ?? []).length} goesOn={props.goesOn === true} />
    </div>
  );
}

/** Says where paper has not all of the rows. */
function OnPaper({ all, goesOn }: { readonly all: number; readonly goesOn: boolean }) {
  const { t } = useWords();
  if (!goesOn && all <= mostOnPaper) return null;
  return <p className="paper-only">{t('table.part', { count: Math.min(all, mostOnPaper) })}</p>;
}
