import { Button, Empty, Flex, Table, Typography, type TableProps } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Failure } from '../shell/failed.js';
import { useReachable } from '../shell/reachable.js';
import { Waiting } from '../shell/waiting.js';
import { useWords } from '../words/language.js';

interface ListProps<Row extends object> {
  readonly title: ReactNode;
  readonly level?: 3 | 4;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly columns: TableProps<Row>['columns'];
  readonly query: {
    readonly isPending: boolean;
    readonly error: Error | null;
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => unknown;
    readonly refetch: () => unknown;
  };
  readonly empty: string;
  /** Between the title and the rows. */
  readonly above?: ReactNode;
  /** What a row has more, under it. */
  readonly more?: (row: Row) => ReactNode;
}

/** A list of the API as a table that grows page by page. */
export function List<Row extends object>(props: ListProps<Row>) {
  const { title, level = 3, rows, keyOf, columns, query, empty, above, more } = props;
  const { t } = useWords();
  const place = useReachable();
  return (
    <Flex vertical gap={12} ref={place}>
      <Typography.Title level={level} style={{ margin: 0 }}>
        {title}
      </Typography.Title>
      {above}
      {query.error === null ? (
        <Rows {...{ rows, keyOf, columns, query, empty, more }} />
      ) : (
        <Failure error={query.error} again={() => query.refetch()} />
      )}
      {query.hasNextPage ? (
        <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('table.more')}
        </Button>
      ) : null}
    </Flex>
  );
}

/** From so many rows on, only those that are seen are drawn. */
const drawnAtOnce = 200;
const window = { x: 1_200, y: 640 };

type RowsProps<Row extends object> = Pick<
  ListProps<Row>,
  'rows' | 'keyOf' | 'columns' | 'query' | 'empty'
> & { readonly more: ListProps<Row>['more'] | undefined };

function Rows<Row extends object>({ rows, keyOf, columns, query, empty, more }: RowsProps<Row>) {
  const { t } = useWords();
  const isLong = rows.length > drawnAtOnce;
  // The columns of an empty table would move when the rows give them their widths.
  if (query.isPending) return <Waiting />;
  return (
    <Table<Row>
      size="middle"
      rowKey={keyOf}
      dataSource={[...rows]}
      {...(columns === undefined ? {} : { columns })}
      pagination={false}
      virtual={isLong}
      scroll={isLong ? window : { x: 'max-content' }}
      locale={{
        emptyText: (
          <Empty description={empty}>
            <Link to="/help">{t('help.begin')}</Link>
          </Empty>
        ),
      }}
      {...(more === undefined ? {} : { expandable: { expandedRowRender: more } })}
    />
  );
}
