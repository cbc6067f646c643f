import type { Response } from 'express';
import { caseParties, type Viewer } from '../access/access.js';
import type { Actor } from '../callers/actor.js';
import { shownIn, type Shown } from '../reads/shown.js';
import type { Caller } from '../callers/caller.js';
import type { AppDependencies } from './context.js';
import { Attachment, JsonText } from './read-route.js';
import { requestId } from './request-id.js';

/** A read as it is about to be answered. */
interface AnsweredRead {
  readonly caller: Caller;
  readonly viewer: Viewer;
  /** OpenAPI style. */
  readonly route: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** Whose reads are recorded: those of supervisors, who see what others are shown only when it concerns them. */
export const isRecorded = ({ role }: Pick<Caller, 'role'>): boolean => role === 'supervisor';

/** Who it is, by the names of the ledger. */
export const whoOf = (caller: Caller, viewer: Viewer): Actor => ({
  department: viewer.department ?? caller.mspId,
  role: caller.role,
  user: caller.user,
});

/** Puts a supervisor's read into the journal; nothing is shown before it is there. */
export async function recordRead(
  deps: AppDependencies,
  response: Response,
  { caller, viewer, route, params, query, body }: AnsweredRead,
): Promise<void> {
  if (!isRecorded(caller)) return;
  const shown = shownIn(recordsOf(body));
  const about = aboutOf(deps, params);
  await deps.audit.append({
    ...{ kind: 'record.read', by: whoOf(caller, viewer) },
    requestId: requestId(response),
    route,
    asked: textOf({ ...params, ...query }),
    records: about === undefined ? [...shown.records] : [...about.records],
    departments: registered(deps, about === undefined ? shown : about),
  });
}

function recordsOf(body: unknown): unknown {
  if (body instanceof JsonText) return JSON.parse(body.text);
  return body instanceof Attachment ? body.shows : body;
}

/** Opening the stream of events shows, from then on, what every department does, or what is done in one case. */
export async function recordStream(
  deps: AppDependencies,
  response: Response,
  { caller, viewer }: Pick<AnsweredRead, 'caller' | 'viewer'>,
  asked: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (!isRecorded(caller)) return;
  const { caseNo } = asked;
  const all = await deps.index.records('department', [], { limit: 200 });
  await deps.audit.append({
    ...{ kind: 'record.read', by: whoOf(caller, viewer) },
    requestId: requestId(response),
    route: '/v1/events',
    asked: textOf(asked),
    records: typeof caseNo === 'string' ? [caseNo] : [],
    departments:
      typeof caseNo === 'string'
        ? [...caseParties(deps.index, caseNo)]
        : all.items.map(({ id }) => id),
  });
}

/** What a path names says more than the answer: the events of a case are shown without its parties. */
function aboutOf(
  { index }: AppDependencies,
  { caseNo, shareId }: Readonly<Record<string, unknown>>,
): Shown | undefined {
  if (typeof caseNo === 'string') {
    return { records: [caseNo], departments: caseParties(index, caseNo) };
  }
  if (typeof shareId !== 'string') return undefined;
  const departments = index.record('share', shareId)?.parties ?? [];
  return { records: [shareId], departments };
}

/** Departments only: an answer's fields may hold other words. */
function registered({ index }: AppDependencies, { departments }: Shown): string[] {
  return departments.filter((id) => index.record('department', id) !== undefined);
}

function textOf(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const texts = Object.entries(values).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(texts);
}
