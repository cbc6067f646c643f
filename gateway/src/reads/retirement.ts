import type { Retirement } from '@yici/api';
import { shanghaiDate, type ReformRecord } from '@yici/domain/model';
import type { Viewer } from '../access/access.js';
import { recordNotFound } from '../errors.js';
import { functionsOf, listInbox } from '../index-store/inbox-list.js';
import type { IndexReader } from '../index-store/reader.js';
import { successions } from '../scheduler/successions.js';

/** What waits for the department itself is read as one page. */
const most = 1_000;

/**
 * What is left of a department that ends.
 * @throws GatewayError RECORD_NOT_FOUND, also for those whom it does not concern
 */
export async function retirementOf(
  index: IndexReader,
  viewer: Viewer,
  id: string,
  at: string,
): Promise<Retirement> {
  const record = index.record('department', id);
  const decision = await decisionOf(index, id);
  const concerned = viewer.seesFigures || [id, decision?.to].includes(viewer.department ?? '');
  if (record === undefined || !concerned) throw recordNotFound('department', [id]);
  const reforms = new Set((record.left ?? []).map(({ reformId }) => reformId));
  const today = shanghaiDate(at);
  const due = await Promise.all(
    [...reforms].map((reformId) => successions({ department: id, reformId }, today, index)),
  );
  const view = { department: id, at, itself: true } as const;
  const { items: open } = await listInbox(index, view, { limit: most });
  return {
    ...{ department: id, mspId: record.mspId, decision: decision ?? null },
    due: due.flat().map(({ command, input }) => ({ command, input: textsIn(input) })),
    ...{ open: [...open], functions: [...functionsOf(index, id)] },
  };
}

/** The acts name what they are about and the reorganisation: texts, all of them. */
const textsIn = (input: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(input).map(([name, value]) => [name, String(value)]));

type Change = ReformRecord['changes'][number];

/** One that is in force goes before one that is not confirmed yet; of several the newest. */
async function decisionOf(index: IndexReader, id: string): Promise<Retirement['decision']> {
  const ends = (one: Change): one is Extract<Change, { readonly kind: 'everything' }> =>
    one.kind === 'everything' && one.department === id;
  const { items } = await index.records('reform', [], { limit: most }, ({ changes }) =>
    changes.some(ends),
  );
  const all = items.flatMap(
    ({ reformId, effectiveOn, inForceFrom = null, changes, registeredAt }) =>
      changes.filter(ends).map(({ to }) => ({
        registeredAt,
        decision: { reformId, to, effectiveOn, inForceFrom },
      })),
  );
  all.sort(
    (a, b) =>
      Number(a.decision.inForceFrom !== null) - Number(b.decision.inForceFrom !== null) ||
      a.registeredAt.localeCompare(b.registeredAt),
  );
  return all.at(-1)?.decision ?? null;
}
