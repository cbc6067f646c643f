import type { AnswerOf } from '@yici/api';
import {
  caseClockWords,
  extraDays,
  shanghaiDate,
  shanghaiTime,
  type CalendarRecord,
  type CaseRecord,
  type EndedClock,
} from '@yici/domain/model';
import { Card, Tag } from 'antd';
import { useNames } from '../../session/names.js';
import { usePages, useRead } from '../../session/reads.js';
import { useWords } from '../../words/language.js';
import { useStepNames } from './matter.js';
import { daysBetween, workingDays, workingDaysUntil } from './days.js';

type Running = AnswerOf<'cases.clocks'>['items'][number];
type Clock = Running | EndedClock;

/** The limits of a case, those that run and those that ended, on one line of working days. */
export function Clocks({ record }: { readonly record: CaseRecord }) {
  const { t } = useWords();
  const { caseNo, endedClocks = [], pauses = [] } = record;
  const stepName = useStepNames(record);
  const { data } = useRead('cases.clocks', { caseNo });
  const calendars = usePages<CalendarRecord>('calendars.list', {}).items;
  const clocks: readonly Clock[] = [...endedClocks, ...(data?.items ?? [])];
  if (clocks.length === 0) return null;
  const axis = axisOf(clocks, calendars);
  const { promised, statutory } = extraDays(record);
  const extra = (what: Clock['what']) =>
    what === 'finish' ? promised : what === 'statutory' ? statutory : 0;
  return (
    <Card title={t('case.clocks')}>
      <div className="clocks" role="table" aria-label={t('case.clocks')}>
        {clocks.map((clock) => (
          <Row
            key={JSON.stringify(clock)}
            {...{ clock, axis, stepName }}
            extra={extra(clock.what)}
          />
        ))}
        {pauses.map(({ no, from, to }) => (
          <Stopped key={no} no={no} {...{ from, to, axis }} />
        ))}
      </div>
    </Card>
  );
}

interface Axis {
  readonly today: string;
  readonly isWorking: (date: string) => boolean;
  /** Where a day begins, from 0 to 1; only working days take room. */
  readonly begin: (date: string) => number;
  /** Where it ends. */
  readonly end: (date: string) => number;
  /** How many working days it has. */
  readonly whole: number;
}

function axisOf(clocks: readonly Clock[], calendars: readonly CalendarRecord[]): Axis {
  const today = shanghaiDate(new Date().toISOString());
  const isWorking = workingDays(calendars);
  const first = clocks.map(({ startedOn }) => startedOn).reduce((a, b) => (a < b ? a : b));
  const ends = clocks.flatMap((clock) => [clock.dueOn, endOf(clock) ?? today]);
  const last = ends.reduce((a, b) => (a > b ? a : b));
  const whole = daysBetween(first, last).filter(isWorking).length || 1;
  const before = (date: string) => (date <= first ? [] : daysBetween(first, date).slice(0, -1));
  const begin = (date: string) => before(date).filter(isWorking).length / whole;
  const end = (date: string) => begin(date) + (isWorking(date) && date >= first ? 1 / whole : 0);
  return { today, isWorking, begin, end, whole };
}

/** The day on which a clock ended; undefined of one that runs. */
const endOf = (clock: Clock): string | undefined =>
  'endedAt' in clock ? shanghaiDate(clock.endedAt) : undefined;

const percent = (part: number): string => `${String(Math.max(0, Math.min(1, part)) * 100)}%`;

interface RowProps {
  readonly clock: Clock;
  readonly axis: Axis;
  readonly stepName: (id: string) => string;
  /** Working days by which an extension made it longer. */
  readonly extra: number;
}

function Row({ clock, axis, stepName, extra }: RowProps) {
  const { say } = useWords();
  const names = useNames();
  const { what, department, step, startedOn, dueOn } = clock;
  const ended = endOf(clock);
  const until = ended ?? axis.today;
  const isLate = 'late' in clock ? clock.late : until > dueOn;
  const [from, to] = [axis.begin(startedOn), axis.end(dueOn)];
  const done = axis.end(until);
  return (
    <div className="clock" role="row">
      <div role="rowheader">
        <strong>{say(caseClockWords[what])}</strong> {step === undefined ? '' : stepName(step)}
        <br />
        {names(department)}
      </div>
      <div role="cell" className="clock-line">
        <span className="clock-limit" style={{ left: percent(from), width: percent(to - from) }} />
        {extra === 0 ? null : <Extended {...{ to, extra, axis }} />}
        <span
          className={`clock-done ${isLate ? 'late' : ''}`}
          style={{ left: percent(from), width: percent(done - from) }}
        />
        <span className="clock-today" style={{ left: percent(axis.end(axis.today)) }} />
      </div>
      <div role="cell">
        <Told {...{ clock, axis, isLate, extra }} />
      </div>
    </div>
  );
}

interface ExtendedProps extends Pick<RowProps, 'axis' | 'extra'> {
  /** Where the limit ends. */
  readonly to: number;
}

/** The last days of a limit, which an extension added. */
function Extended({ to, extra, axis: { whole } }: ExtendedProps) {
  const width = extra / whole;
  return (
    <span
      className="clock-extended"
      style={{ left: percent(to - width), width: percent(Math.min(width, to)) }}
    />
  );
}

interface ToldProps extends Pick<RowProps, 'clock' | 'axis' | 'extra'> {
  readonly isLate: boolean;
}

/** The same in words and days. */
function Told({ clock, axis, isLate, extra }: ToldProps) {
  const { t } = useWords();
  const { startedOn, dueOn, dueAt, limitDays } = clock;
  const ended = endOf(clock);
  const left = workingDaysUntil(axis.isWorking, axis.today, dueOn);
  const standing =
    ended === undefined
      ? t(left < 0 ? 'clocks.over' : 'clocks.left', { count: Math.abs(left) })
      : t('clocks.ended', { day: ended });
  return (
    <>
      {startedOn} {t('table.until')} {dueAt === undefined ? dueOn : shanghaiTime(dueAt)}{' '}
      {t('clocks.days', { count: limitDays })}
      <br />
      <Tag color={isLate ? 'error' : ended === undefined ? 'processing' : 'success'}>
        {standing}
      </Tag>
      {isLate && ended !== undefined ? <Tag color="error">{t('clocks.late')}</Tag> : null}
      <Added days={extra} />
      {'paused' in clock && clock.paused ? <Tag>{t('case.paused')}</Tag> : null}
    </>
  );
}

function Added({ days }: { readonly days: number }) {
  const { t } = useWords();
  return days === 0 ? null : <Tag>{t('clocks.extended', { count: days })}</Tag>;
}

interface StoppedProps {
  readonly no: number;
  readonly from: string;
  readonly to: string;
  readonly axis: Axis;
}

/** Days on which a special procedure holds the case's clocks. */
function Stopped({ no, from, to, axis }: StoppedProps) {
  const { t } = useWords();
  const left = axis.end(from);
  return (
    <div className="clock" role="row">
      <div role="rowheader">
        <strong>{t('case.paused')}</strong> {no}
      </div>
      <div role="cell" className="clock-line">
        <span
          className="clock-stopped"
          style={{ left: percent(left), width: percent(axis.end(to) - left) }}
        />
      </div>
      <div role="cell">
        {from} {t('table.until')} {to}
      </div>
    </div>
  );
}
