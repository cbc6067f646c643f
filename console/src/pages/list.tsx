import { Button, Flex, Typography } from 'antd';
import { useCallback, type ReactNode } from 'react';
import { Link } from 'react-router';
import { Failure } from '../shell/failed.js';
import { Rows, type RowsProps } from '../shell/rows.js';
import { Waiting } from '../shell/waiting.js';
import { useWords } from '../words/language.js';

interface ListProps<Row extends object> extends Pick<RowsProps<Row>, 'keyOf' | 'columns' | 'more'> {
  readonly title: ReactNode;
  readonly level?: 3 | 4;
  readonly rows: readonly Row[];
  readonly query: {
    readonly isPending: boolean;
    readonly error: Error | null;
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly isFetchNextPageError: boolean;
    readonly fetchNextPage: (how?: { readonly cancelRefetch?: boolean }) => unknown;
    readonly refetch: () => unknown;
  };
  readonly empty: string;
  /** Between the title and the rows. */
  readonly above?: ReactNode;
}

/** A list of the API as a table that grows page by page: as it is scrolled, or by its button. */
export function List<Row extends object>(props: ListProps<Row>) {
  const { title, level = 3, query, above, ...of } = props;
  const { t } = useWords();
  const { error, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  const isIdle = hasNextPage && !isFetchingNextPage && !isFetchNextPageError;
  const onEnd = useCallback(() => {
    // Asked for twice before it is drawn, it would be fetched twice.
    if (isIdle) fetchNextPage({ cancelRefetch: false });
  }, [isIdle, fetchNextPage]);
  const again = isFetchNextPageError ? fetchNextPage : query.refetch;
  return (
    <Flex vertical gap={12}>
      <Typography.Title level={level} style={{ margin: 0 }}>
        {title}
      </Typography.Title>
      {above}
      <Failure error={error} again={() => again()} />
      {/* The columns of an empty table would move when the rows give them their widths. */}
      {query.isPending ? <Waiting /> : null}
      {query.isPending || (error !== null && of.rows.length === 0) ? null : (
        <Rows
          {...of}
          size="middle"
          begin={<Link to="/help">{t('help.begin')}</Link>}
          onEnd={onEnd}
        />
      )}
      {hasNextPage ? (
        <Button
          data-testid="more"
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t('table.more')}
        </Button>
      ) : null}
    </Flex>
  );
}
