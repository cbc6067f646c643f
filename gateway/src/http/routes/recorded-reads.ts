import { subjects, type Journal, type Read, type Actor } from '@yici/api';
import type { Response } from 'express';
import { partiesOf, type Viewer } from '../../access/access.js';
import type { Caller } from '../../callers/caller.js';
import { shownIn, type Shown } from '../../reads/shown.js';
import type { AppDependencies } from '../context.js';
import { Attachment, JsonText } from './read-route.js';
import { requestId } from '../request-id.js';

interface AnsweredRead {
  readonly caller: Caller;
  readonly viewer: Viewer;
  readonly read: Read;
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** Whether a caller's reads are recorded: supervisors' are, because they may see records of all departments. */
export const isRecorded = ({ role }: Pick<Caller, 'role'>): boolean => role === 'supervisor';

export const whoOf = (caller: Caller, viewer: Viewer): Actor => ({
  department: viewer.department ?? caller.mspId,
  role: caller.role,
  user: caller.user,
});

/** Records a supervisor's read in the journal, as its definition says; resolves when that is durable. */
export async function recordRead(
  deps: AppDependencies,
  response: Response,
  { caller, viewer, read: { path, journal }, params, query, body }: AnsweredRead,
): Promise<void> {
  if (journal === 'nothing' || !isRecorded(caller)) return;
  const asked = textOf({ ...params, ...query });
  const shown =
    'about' in journal
      ? await named(deps, journal, asked)
      : registered(deps, shownIn(journal, recordsOf(body)));
  await deps.audit.append({
    ...{ kind: 'record.read', by: whoOf(caller, viewer) },
    ...{ requestId: requestId(response), route: path, asked, ...shown },
  });
}

function recordsOf(body: unknown): unknown {
  if (body instanceof JsonText) return JSON.parse(body.text);
  return body instanceof Attachment ? body.shows : body;
}

/** The record that a request names, with its parties; without one (e.g. all events), every department. */
async function named(
  { index }: AppDependencies,
  { about }: Extract<Journal, { readonly about: unknown }>,
  asked: Readonly<Record<string, string>>,
): Promise<Shown> {
  const id = asked[subjects[about]];
  if (id !== undefined) return { records: [id], departments: [...partiesOf(index, about, id)] };
  const all = await index.records('department', [], { limit: 200 });
  return { records: [], departments: all.items.map((department) => department.id) };
}

/** Drops unregistered departments: facts of unregistered callers count under their MSP id. */
const registered = ({ index }: AppDependencies, { records, departments }: Shown): Shown => ({
  records,
  departments: departments.filter((id) => index.has('department', id)),
});

function textOf(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const texts = Object.entries(values).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(texts);
}
