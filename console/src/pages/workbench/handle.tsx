import type { ActView, InboxItem } from '@yici/api';
import { commandWords, todoCommands } from '@yici/domain/model';
import { Button, Drawer, Flex, List, Space, Typography } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { hasOnlyToBeConfirmed } from '../../forms/schema.js';
import { useActsOn } from '../../session/acts.js';
import { Waiting } from '../../shell/waiting.js';
import { useActs } from '../../signing/act.js';
import type { Line, Wanted } from '../../signing/run.js';
import { useWords } from '../../words/language.js';
import { stepText } from './step.js';

const ActForm = lazy(() => import('../../forms/act-form.js'));
const SeveralForm = lazy(() => import('../../forms/several-form.js'));

/** A line whose act did not come about, and why. */
export interface FailedRow {
  readonly row: InboxItem;
  readonly error: Error;
}

interface HandleProps {
  readonly rows: readonly InboxItem[];
  readonly onClose: () => void;
  /** All acts have ended; which lines failed. */
  readonly onEnded: (failed: readonly FailedRow[]) => void;
}

/** An act that the rules let the visitor do about a line. */
interface Open {
  readonly row: InboxItem;
  readonly act: ActView;
}

/** Does what one or several lines wait for: the act, what it needs of each, then one dialog for all of them. */
export default function Handle({ rows, onClose, onEnded }: HandleProps) {
  const words = useWords();
  const { t } = words;
  const acts = useActs();
  const [command, setCommand] = useState<string>();
  // As they were chosen: the list behind changes as acts come about.
  const abouts = useMemo(() => rows.map(({ about }) => about), [rows]);
  const found = useActsOn(abouts);
  const offered = useMemo(() => offeredOf(rows, found ?? []), [rows, found]);
  const [first] = offered.keys();
  const [only, ...others] = rows;
  const title =
    only !== undefined && others.length === 0
      ? titleOf(only, words)
      : t('inbox.several', { count: rows.length });
  const chosen = command ?? (offered.size === 1 ? first : undefined);
  const todo = chosen === undefined ? undefined : offered.get(chosen);
  const run = async (wanted: readonly Wanted[], open: readonly Open[]) => {
    const lines = await acts(wanted);
    if (lines.some(({ stage }) => stage.kind !== 'notSigned')) onEnded(failedOf(lines, open));
  };
  return (
    <Drawer open size={720} title={title} onClose={onClose}>
      {found === undefined ? <Waiting /> : null}
      <Flex vertical gap={16}>
        <Offers {...{ rows, offered, chosen }} onChoose={setCommand} />
        {chosen === undefined || todo === undefined ? null : (
          <Chosen
            key={chosen}
            command={chosen}
            rows={rows}
            todo={todo}
            onWanted={(wanted) => void run(wanted, todo)}
            onDone={() => onEnded([])}
          />
        )}
        {found === undefined ? null : <Closed rows={rows} found={found} offered={offered} />}
      </Flex>
    </Drawer>
  );
}

interface OffersProps {
  readonly rows: readonly InboxItem[];
  readonly offered: Offered;
  readonly chosen: string | undefined;
  readonly onChoose: (command: string) => void;
}

function Offers({ rows, offered, chosen, onChoose }: OffersProps) {
  const { t, language } = useWords();
  return (
    <Space wrap>
      {[...offered].map(([name, open]) => (
        <Button
          key={name}
          type={name === chosen ? 'primary' : 'default'}
          data-testid={`do-${name}`}
          onClick={() => onChoose(name)}
        >
          {commandWords(name, language)}
          {rows.length > 1 ? ` ${t('inbox.count', { count: open.length })}` : ''}
        </Button>
      ))}
    </Space>
  );
}

interface ChosenProps {
  readonly command: string;
  readonly rows: readonly InboxItem[];
  /** The lines that the command is open for. */
  readonly todo: readonly Open[];
  readonly onWanted: (wanted: readonly Wanted[]) => void;
  readonly onDone: () => void;
}

/** What the chosen act needs: its own form of one line, one for all of several. */
function Chosen({ command, rows, todo, onWanted, onDone }: ChosenProps) {
  const words = useWords();
  const [only] = todo;
  const acts = todo.map(({ row, act }) => ({
    ...{ id: String(rows.indexOf(row)), title: titleOf(row, words), given: act.input },
  }));
  return (
    <Suspense fallback={<Waiting />}>
      {rows.length === 1 && only !== undefined ? (
        <ActForm command={command} given={only.act.input} onDone={onDone} />
      ) : (
        <SeveralForm command={command} acts={acts} onWanted={onWanted} />
      )}
    </Suspense>
  );
}

const titleOf = (row: InboxItem, { say }: ReturnType<typeof useWords>) =>
  [...row.about.key, stepText(row, say)].filter(Boolean).join(' · ');

/** By command: the lines that it is open for. */
type Offered = ReadonlyMap<string, readonly Open[]>;

/** Several at once only by acts that have nothing in them to be judged case by case: the record says all that they must have. */
function offeredOf(rows: readonly InboxItem[], found: readonly (readonly ActView[])[]): Offered {
  const open = new Map<string, Open[]>();
  for (const [at, row] of rows.entries()) {
    const taken = new Set<string>();
    for (const act of actsFor(row, found[at] ?? [])) {
      if (!act.open || taken.has(act.command)) continue;
      if (rows.length > 1 && !hasOnlyToBeConfirmed(act.command, Object.keys(act.input))) continue;
      taken.add(act.command);
      open.set(act.command, [...(open.get(act.command) ?? []), { row, act }]);
    }
  }
  return open;
}

/** The acts by which a line is done; of acts about parts of the record those about its own step, where there are such. */
function actsFor(row: InboxItem, acts: readonly ActView[]): readonly ActView[] {
  const own = acts.filter(({ command }) => todoCommands[row.todo].includes(command));
  const ofStep = own.filter(({ input }) => Object.values(input).includes(row.step));
  return ofStep.length > 0 ? ofStep : own;
}

function failedOf(lines: readonly Line[], open: readonly Open[]): FailedRow[] {
  return lines.flatMap(({ stage }, at) => {
    const one = open[at];
    return stage.kind === 'failed' && one !== undefined
      ? [{ row: one.row, error: stage.error }]
      : [];
  });
}

interface ClosedProps {
  readonly rows: readonly InboxItem[];
  readonly found: readonly (readonly ActView[])[];
  readonly offered: Offered;
}

/** Lines for which nothing is open, each with the rules' own reason. */
function Closed({ rows, found, offered }: ClosedProps) {
  const words = useWords();
  const { t, say, language } = words;
  const open = new Set([...offered.values()].flat().map(({ row }) => row));
  const closed = rows.flatMap((row, at) =>
    open.has(row) ? [] : [{ row, acts: actsFor(row, found[at] ?? []) }],
  );
  if (closed.length === 0) return null;
  return (
    <>
      <Typography.Title level={5}>{t('inbox.notNow')}</Typography.Title>
      <List
        size="small"
        dataSource={closed}
        renderItem={({ row, acts }) => (
          <List.Item>
            <List.Item.Meta
              title={titleOf(row, words)}
              description={acts.map((act) => (
                <div key={JSON.stringify(act)}>
                  {commandWords(act.command, language)}：
                  {act.refusal === undefined ? t('inbox.oneByOne') : say(act.refusal.sentence)}
                </div>
              ))}
            />
          </List.Item>
        )}
      />
    </>
  );
}
