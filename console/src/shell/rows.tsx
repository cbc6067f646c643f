import { Empty, Table } from 'antd';
import type { ReactNode } from 'react';
import { useReachable } from './reachable.js';

/** Its title, what of a row stands in it, and how it is written. */
export type Column<Row> = readonly [
  title: string,
  cell: (row: Row) => ReactNode,
  className?: 'mono',
];

interface RowsProps<Row> {
  readonly rows: readonly Row[] | undefined;
  readonly keyOf: (row: Row) => string | number;
  readonly columns: readonly Column<Row>[];
  readonly title?: string;
  readonly empty?: string;
  /** More rows than so many stand on pages. */
  readonly pageSize?: number;
  /** What a row has more, under it; undefined: nothing. */
  readonly more?: (row: Row) => ReactNode;
  readonly className?: string;
}

/** Rows that are all there; undefined as long as they are still asked for. */
export function Rows<Row extends object>(props: RowsProps<Row>) {
  const { rows, keyOf, columns, title, empty, pageSize, more, className } = props;
  const place = useReachable();
  return (
    <div ref={place}>
      <Table<Row>
        size="small"
        className={className ?? ''}
        {...(title !== undefined && { title: () => title })}
        loading={rows === undefined}
        pagination={pageSize === undefined ? false : { pageSize, hideOnSinglePage: true }}
        rowKey={keyOf}
        dataSource={[...(rows ?? [])]}
        {...(className === undefined && { scroll: { x: 'max-content' } })}
        columns={columns.map(([head, cell, written = ''], key) => ({
          ...{ key, title: head, className: written },
          render: (_, row) => cell(row),
        }))}
        {...(more !== undefined && {
          expandable: { expandedRowRender: more, rowExpandable: (row) => more(row) !== undefined },
        })}
        {...(empty !== undefined && { locale: { emptyText: <Empty description={empty} /> } })}
      />
    </div>
  );
}
