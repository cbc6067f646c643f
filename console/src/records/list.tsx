import { Button, Flex, Typography } from 'antd';
import { useCallback, type ReactNode } from 'react';
import { Link } from 'react-router';
import { Failure } from '../shell/failed.js';
import { mostOnPaper, printPage, useBeforePaper } from '../shell/paper.js';
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
    readonly fetchTo: (most: number) => Promise<void>;
  };
  readonly empty: string;
  /** Between the title and the rows. */
  readonly above?: ReactNode;
}

/** A list of the API as a table that grows page by page: as it is scrolled, or by its button. */
export function List<Row extends object>(props: ListProps<Row>) {
  const { title, level = 3, query, above, ...of } = props;
  const { t } = useWords();
  const { error, hasNextPage, isFetchingNextPage, isFetchNextPageError } = query;
  const { fetchNextPage } = query;
  const isIdle = hasNextPage && !isFetchingNextPage && !isFetchNextPageError;
  const onEnd = useCallback(() => {
    // Asked for twice before it is drawn, it would be fetched twice.
    if (isIdle) fetchNextPage({ cancelRefetch: false });
  }, [isIdle, fetchNextPage]);
  const isShown = !query.isPending && (error === null || of.rows.length > 0);
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
      {isShown ? (
        <Rows
          {...of}
          size="middle"
          begin={<Link to="/help">{t('help.begin')}</Link>}
          goesOn={hasNextPage}
          onEnd={onEnd}
        />
      ) : null}
      {hasNextPage ? <Rest query={query} count={of.rows.length} /> : null}
    </Flex>
  );
}

interface RestProps extends Pick<ListProps<object>, 'query'> {
  /** Of the rows that are there. */
  readonly count: number;
}

/** What is not there yet: more of it, or as much as paper has. */
function Rest({ query: { isFetchingNextPage, fetchNextPage, fetchTo }, count }: RestProps) {
  const { t } = useWords();
  useBeforePaper(useCallback(() => fetchTo(mostOnPaper), [fetchTo]));
  return (
    <Flex gap={8} wrap className="no-print">
      <Button data-testid="more" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
        {t('table.more')}
      </Button>
      <Button data-testid="print" onClick={() => void printPage()}>
        {t('table.print', { most: mostOnPaper })}
      </Button>
      {isFetchingNextPage ? <span role="status">{t('table.fetched', { count })}</span> : null}
    </Flex>
  );
}
