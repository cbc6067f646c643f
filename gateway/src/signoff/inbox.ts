import type { InboxItem, SignoffLine } from '@yici/api';
import type { IndexReader } from '../index-store/reader.js';
import { placeOf } from '../drafts/store.js';
import { encodeCursor, pageOfSorted, type Page, type PageRequest } from '../store/page.js';
import { commandRoute } from '../commands/route-table.js';

/** Before the cursors of this part of the inbox; base64url has no dot. */
const own = 'signoff.';

/**
 * An inbox that begins with what waits for this person in sign-offs, which is in no index; `rest` reads the ledger's.
 * @throws GatewayError CURSOR_INVALID
 */
export async function inboxWith(
  waiting: readonly SignoffLine[],
  index: IndexReader,
  { limit, cursor }: PageRequest,
  rest: (request: PageRequest) => Promise<Page<InboxItem>>,
): Promise<Page<InboxItem>> {
  if (cursor !== undefined && !cursor.startsWith(own)) return rest({ limit, cursor });
  const page = pageOfSorted(waiting, placeOf, { limit, cursor: cursor?.slice(own.length) });
  const items = page.items.map((line) => itemOf(line, index));
  if (page.next !== null) return { items, next: `${own}${page.next}` };
  const last = page.items.at(-1);
  if (last !== undefined && items.length === limit) {
    return { items, next: `${own}${encodeCursor(placeOf(last))}` };
  }
  const others = await rest({ limit: limit - items.length });
  return { items: [...items, ...others.items], next: others.next };
}

function itemOf(line: SignoffLine, index: IndexReader): InboxItem {
  const { id: signoffId, department, changedAt: since, state, title, level, levels } = line;
  const office = levels[level];
  return {
    ...{ department, todo: todoOf(line), signoffId, since, state, step: title, from: null },
    ...{ about: { collection: 'signoffs', key: [signoffId] }, left: null, light: null },
    roles: office === undefined ? [] : [office.role],
    ...caseOf(line, index),
  };
}

type CasePart = Pick<InboxItem, 'caseNo' | 'taskCode' | 'matterVersion' | 'matterName' | 'due'>;

/** The case that the act is about, where it is about one. */
function caseOf({ command, subject }: SignoffLine, index: IndexReader): CasePart {
  const caseNo = commandRoute(command)?.key === 'caseNo' ? subject : null;
  const row = caseNo === null ? undefined : index.caseRow(caseNo);
  if (row === undefined) {
    return { caseNo, taskCode: '', matterVersion: 0, matterName: null, due: null };
  }
  const { taskCode, matterVersion, matterName, dueOn: due } = row;
  return { caseNo, taskCode, matterVersion, matterName, due };
}

function todoOf({ level, levels }: SignoffLine): InboxItem['todo'] {
  if (level === 0) return 'redraftAct';
  return level === levels.length - 1 ? 'issueAct' : 'reviewAct';
}
