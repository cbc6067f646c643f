import {
  isMisuseOpen,
  shareClocks,
  watchedOfShare,
  type ChallengeRecord,
  type DatasetRecord,
  type DatasetVersionRecord,
  type DisputeRecord,
  type ShareClock,
  type ShareGrantRecord,
  type ShareRecord,
  type Todo,
} from '@yici/domain/model';
import { inboxEntries, type Task } from './inbox-entry.js';
import type { IndexEntry } from './index-entry.js';

const todos: Readonly<Record<ShareClock['what'], Todo>> = {
  reply: 'answerShare',
  deliver: 'deliverShare',
  answerChallenge: 'answerChallenge',
  mend: 'mendShare',
  dispose: 'disposeShare',
  update: 'updateDataset',
  review: 'reviewDataset',
};

type Clock = Pick<ShareClock, 'what' | 'department' | 'startedOn' | 'dueOn'> & {
  readonly step?: string;
};

/** The open tasks of a share; its delivery only while it is granted. */
export function shareInbox(record: ShareRecord, grant: ShareGrantRecord | undefined): IndexEntry[] {
  const { shareId, datasetId, state } = record;
  const timed = watchedOfShare(record, grant).flatMap(({ clock, actedOn }) =>
    clock.what === 'ruling' || clock.what === 'entryReview' || actedOn !== undefined
      ? []
      : waiting({ ...clock, what: clock.what }, { datasetId, shareId, state }),
  );
  return [...timed, ...consentsOf(record), ...misuseOf(record)];
}

/** A use outside its grant is suspended, or it is said why not, by provider or lead authority: whichever acts first. */
function misuseOf(record: ShareRecord): IndexEntry[] {
  const { shareId, datasetId, state, provider, lead, receipts, updatedAt } = record;
  if (!isMisuseOpen(record)) return [];
  const task = { todo: 'stopMisuse', shareId, datasetId, state } as const;
  const since = receipts.lastAt ?? updatedAt;
  const sides = [...new Set([provider, lead])];
  return inboxEntries(
    shareId,
    sides.map((department) => ({ ...task, department, since })),
  );
}

/** What a head has to consent to: a reply, while it is due, and a change of the service, which has no due day. */
function consentsOf(record: ShareRecord): IndexEntry[] {
  const { shareId, datasetId, state, provider, requester, reply, proposedReply } = record;
  const { serviceChange } = record;
  const ids = { shareId, datasetId, state };
  const due = reply?.dueOn ?? null;
  const worded: Task[] =
    proposedReply === undefined
      ? []
      : [{ ...ids, department: provider, todo: 'consentReply', since: proposedReply.at, due }];
  const open = state === 'GRANTED' || state === 'SUSPENDED';
  const proposed: Task[] =
    !open || serviceChange === undefined || serviceChange.agreed !== undefined
      ? []
      : [{ ...ids, department: requester, todo: 'agreeChange', since: serviceChange.at }];
  return inboxEntries(shareId, [...worded, ...proposed]);
}

/** The open tasks of a challenge, a data set or one of its versions. `lead` reviews catalogue entries. */
export function sharingInbox(
  record: ChallengeRecord | DatasetRecord | DatasetVersionRecord,
  lead: string,
): IndexEntry[] {
  const { datasetId, status: state } = record;
  const ids = record.kind === 'challenge' ? { datasetId, shareId: record.shareId } : { datasetId };
  const step = record.kind === 'challenge' ? { step: record.challengeId } : {};
  return shareClocks(record, lead).flatMap((clock) =>
    waiting({ ...clock, ...step }, { ...ids, state }),
  );
}

/**
 * The department whose turn it is in a dispute (Order 809 art 28): the parties, the coordinating authority, the
 * government's office. There is no due day.
 */
export function disputeInbox(record: DisputeRecord): IndexEntry[] {
  const { shareId, disputeId, stage, stages, offer, proposal } = record;
  const ofStage = stage === 'negotiation' ? offer : stage === 'coordination' ? proposal : undefined;
  const since = ofStage?.at ?? stages.at(-1)?.at ?? '';
  const tasks = turnOf(record).map((department) => ({
    ...{ department, todo: 'settleDispute' as const, step: disputeId, since, shareId },
    state: stage,
  }));
  return inboxEntries(shareId, tasks);
}

function turnOf({ status, stage, offer, proposal, ...dispute }: DisputeRecord): string[] {
  const { provider, requester, lead, coordinator = lead, government } = dispute;
  if (status !== 'open') return [];
  if (stage === 'negotiation') {
    return [provider, requester].filter((side) => side !== offer?.by.department);
  }
  if (stage === 'coordination') {
    const said = proposal?.answers.map(({ by }) => by.department) ?? [];
    const asked = proposal === undefined ? [] : [provider, requester];
    const waiting = asked.filter((side) => !said.includes(side));
    return waiting.length > 0 ? waiting : [coordinator];
  }
  return government === undefined ? [] : [government];
}

function waiting(
  { what, department, startedOn, dueOn, ...clock }: Clock,
  ids: { readonly datasetId: string; readonly shareId?: string; readonly state: string },
): IndexEntry[] {
  const since = new Date(`${startedOn}T00:00:00+08:00`).toISOString();
  const step = clock.step ?? null;
  const task = { department, todo: todos[what], step, due: dueOn, since, ...ids };
  return inboxEntries(ids.shareId ?? ids.datasetId, [task]);
}
