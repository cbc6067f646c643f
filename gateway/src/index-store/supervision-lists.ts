import type {
  AuditRecord,
  CardRecord,
  CardWaits,
  EvaluationRecord,
  OrderRecord,
  UrgeRecord,
} from '@yici/chaincode/model';
import { everyView } from './index-entry.js';
import { rangesOf } from './narrowed.js';
import { narrowedLists } from './narrowed-lists.js';
import type { Page, PageRequest } from '../store/page.js';
import type { IndexReader } from './reader.js';

type Wanted<Field extends string> = Readonly<Partial<Record<Field, string | undefined>>>;

/** Cards visible to a viewer, newest first. */
export function listCards(
  index: IndexReader,
  view: string,
  {
    waits,
    ...filter
  }: Wanted<'caseNo' | 'shareId' | 'rulingId' | 'datasetId' | 'department' | 'colour'> & {
    readonly waits?: CardWaits | undefined;
  },
  request: PageRequest,
): Promise<Page<CardRecord>> {
  const ranges = rangesOf(narrowedLists.cards, view, {
    ...filter,
    waitsForExplanation: waits === 'explanation' ? 'yes' : undefined,
    waitsForRuling: waits === 'ruling' ? 'yes' : undefined,
  });
  const read = ([, ...key]: readonly string[]) => index.record('card', ...key);
  return index.common({ ranges, reverse: true, read }, request);
}

/** Supervision orders visible to a viewer, newest first. */
export function listOrders(
  index: IndexReader,
  view: string,
  filter: Wanted<'department' | 'status'>,
  request: PageRequest,
): Promise<Page<OrderRecord>> {
  const ranges = rangesOf(narrowedLists.orders, view, filter);
  const read = ([, ...key]: readonly string[]) => index.record('order', ...key);
  return index.common({ ranges, reverse: true, read }, request);
}

/** Evaluations visible to a viewer, newest first. */
export function listEvaluations(
  index: IndexReader,
  view: string,
  filter: Wanted<'owner'>,
  request: PageRequest,
): Promise<Page<EvaluationRecord>> {
  const ranges = rangesOf(narrowedLists.evaluations, view, filter);
  const read = ([, ...key]: readonly string[]) => index.record('evaluation', ...key);
  return index.common({ ranges, reverse: true, read }, request);
}

/** Reminders visible to a viewer, newest first. */
export function listUrges(
  index: IndexReader,
  view: string,
  filter: Wanted<'caseNo'>,
  request: PageRequest,
): Promise<Page<UrgeRecord>> {
  const ranges = rangesOf(narrowedLists.urges, view, filter);
  const read = ([, ...key]: readonly string[]) => index.record('urge', ...key);
  return index.common({ ranges, reverse: true, read }, request);
}

/** Audit runs, newest first: of one office, or of all. Visible to every member. */
export function listAudits(
  index: IndexReader,
  { department = everyView, verdict }: Wanted<'department' | 'verdict'>,
  request: PageRequest,
): Promise<Page<AuditRecord>> {
  const ranges = rangesOf(narrowedLists.audits, department, { verdict });
  const read = ([, ...key]: readonly string[]) => index.record('audit', ...key);
  return index.common({ ranges, reverse: true, read }, request);
}
