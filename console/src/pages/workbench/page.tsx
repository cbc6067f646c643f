import type { InboxItem } from '@yici/api';
import { Flex, Typography } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useLive, usePages } from '../../session/reads.js';
import { Failure } from '../../shell/failed.js';
import { Waiting } from '../../shell/waiting.js';
import { useWords } from '../../words/language.js';
import { Filters, isOfOthers, shownBy, type Filter } from './filters.js';
import { keyOf, Todos } from './todos.js';
import type { FailedRow } from './handle.js';
import { useEveryPage } from './every-page.js';

const Handle = lazy(() => import('./handle.js'));
const Signoffs = lazy(() => import('../signoff/list.js'));
const Done = lazy(() => import('./done.js'));

const asked = {
  all: {},
  mine: { mine: 'true' },
  section: { section: 'true' },
  signoffs: {},
  done: {},
} as const;

/** Why acts of an earlier run failed, by the lines that they were about. */
type Reasons = ReadonlyMap<string, Error>;

/** What waits for this department, soonest due first, live. */
export function WorkbenchPage() {
  const { t } = useWords();
  const [filter, setFilter] = useState<Filter>({ view: 'all' });
  const { view } = filter;
  const inbox = usePages<InboxItem>('inbox.list', { ...asked[view], limit: 200 });
  useLive(inbox.keepUp);
  useEveryPage(inbox);
  if (inbox.error !== null && inbox.items.length === 0)
    return <Failure error={inbox.error} again={() => void inbox.refetch()} />;
  return (
    <Flex vertical gap={12}>
      <Typography.Title level={3} style={{ margin: 0 }}>
        {t('inbox.title')}
      </Typography.Title>
      <Filters filter={filter} items={inbox.items} more={inbox.hasNextPage} onFilter={setFilter} />
      <Suspense fallback={<Waiting />}>
        {view === 'signoffs' ? <Signoffs /> : null}
        {view === 'done' ? <Done /> : null}
      </Suspense>
      <Lines
        rows={inbox.items.filter((row) => shownBy(filter, row))}
        loading={inbox.isPending}
        hidden={isOfOthers(view)}
      />
    </Flex>
  );
}

interface LinesProps {
  readonly rows: readonly InboxItem[];
  readonly loading: boolean;
  readonly hidden: boolean;
}

/** What was chosen stays chosen while another list is looked at. */
function Lines({ rows, loading, hidden }: LinesProps) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [handled, setHandled] = useState<readonly InboxItem[]>([]);
  const [reasons, setReasons] = useState<Reasons>(new Map());
  const end = (failed: readonly FailedRow[]) => {
    setReasons(new Map(failed.map(({ row, error }) => [keyOf(row), error])));
    setChosen(failed.map(({ row }) => keyOf(row)));
    setHandled([]);
  };
  return (
    <>
      {hidden ? null : (
        <Todos {...{ rows, loading, chosen, reasons }} onChoose={setChosen} onHandle={setHandled} />
      )}
      <Suspense fallback={null}>
        {handled.length === 0 ? null : (
          <Handle rows={handled} onClose={() => setHandled([])} onEnded={end} />
        )}
      </Suspense>
    </>
  );
}
