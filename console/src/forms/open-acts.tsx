import { commandWords, type Words } from '@yici/domain/model';
import type { ActView, ReadName } from '@yici/api';
import { Button, Card, Collapse, Drawer, List, Space, Typography } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useAnyRead } from '../session/reads.js';
import { Waiting } from '../shell/waiting.js';
import { useWords } from '../words/language.js';
import { paramsOf } from '../records/catalogue.js';
import { useSaid } from '../records/value.js';

const ActForm = lazy(() => import('./act-form.js'));

interface ActsProps {
  /** The read that tells them, e.g. `cases.acts`. */
  readonly read: ReadName;
  readonly asked: Readonly<Record<string, string>>;
}

/** The act, and which part of the record it is about where there are several. */
const isShort = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number';

function useTitle(asked: ActsProps['asked']): (act: ActView) => string {
  const { language, say } = useWords();
  const said = useSaid();
  return ({ command, input, names }) => {
    const named: Readonly<Record<string, Words>> = names ?? {};
    const about = Object.entries(input).flatMap(([name, value]) =>
      name in asked || !isShort(value) ? [] : [say(named[name]) || said(name, String(value))],
    );
    return [commandWords(command, language), ...about].join(' · ');
  };
}

/** The record that the read is asked about, and what names a part of it, such as a dispute about a share. */
function partIn(read: ReadName, asked: ActsProps['asked']) {
  const named = paramsOf(read);
  const entries = Object.entries(asked);
  const whole = Object.fromEntries(entries.filter(([name]) => named.includes(name)));
  return { whole, part: entries.filter(([name]) => !named.includes(name)) };
}

/** What the visitor may do about a record now, by the rules themselves; and what not yet, with the reason. */
export function Acts({ read, asked }: ActsProps) {
  const { t } = useWords();
  const titleOf = useTitle(asked);
  const [chosen, setChosen] = useState<ActView>();
  const { whole, part } = partIn(read, asked);
  const { data } = useAnyRead<{ readonly acts: readonly ActView[] }>(read, whole);
  const acts = data?.acts.filter(({ input }) => part.every(([name, id]) => input[name] === id));
  const open = acts?.filter(({ refusal }) => refusal === undefined) ?? [];
  const closed = acts?.filter(({ refusal }) => refusal !== undefined) ?? [];
  const close = () => setChosen(undefined);
  return (
    <Card title={t('case.acts')} loading={data === undefined} className="no-print">
      {open.length === 0 ? t('case.none') : null}
      <Space wrap>
        {open.map((act) => (
          <Button key={JSON.stringify(act)} onClick={() => setChosen(act)}>
            {titleOf(act)}
          </Button>
        ))}
      </Space>
      <Closed acts={closed} asked={asked} />
      <Drawer
        open={chosen !== undefined}
        size="min(720px, 100vw)"
        title={chosen === undefined ? '' : titleOf(chosen)}
        destroyOnHidden
        onClose={close}
      >
        {chosen === undefined ? null : (
          <Suspense fallback={<Waiting />}>
            <ActForm command={chosen.command} given={chosen.input} onDone={close} />
          </Suspense>
        )}
      </Drawer>
    </Card>
  );
}

interface ClosedProps {
  readonly acts: readonly ActView[];
  readonly asked: ActsProps['asked'];
}

function Closed({ acts, asked }: ClosedProps) {
  const { t, say } = useWords();
  const titleOf = useTitle(asked);
  if (acts.length === 0) return null;
  const list = (
    <List
      size="small"
      dataSource={[...acts]}
      renderItem={(act) => (
        <List.Item>
          <List.Item.Meta
            title={titleOf(act)}
            description={<Typography.Text>{say(act.refusal?.sentence)}</Typography.Text>}
          />
        </List.Item>
      )}
    />
  );
  return <Collapse ghost items={[{ key: 'closed', label: t('case.closed'), children: list }]} />;
}
