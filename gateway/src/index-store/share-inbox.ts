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
import { about, inboxEntries, notBy, type Task } from './inbox-entry.js';
import { after } from './due-row.js';
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

type Clock = ShareClock & {
  readonly step?: string;
};

/** The open tasks of a share; its delivery only while it is granted. */
export function shareInbox(record: ShareRecord, grant: ShareGrantRecord | undefined): IndexEntry[] {
  const { shareId, datasetId, state } = record;
  const timed = watchedOfShare(record, grant).flatMap(({ clock, actedOn }) =>
    clock.what === 'ruling' || clock.what === 'entryReview' || actedOn !== undefined
      ? []
      : waiting(
          { ...clock, what: clock.what },
          {
            ...idsOf({ datasetId, shareId }),
            state,
            ...(clock.what === 'reply' && worded(record)),
          },
        ),
  );
  return [...timed, ...inboxEntries(shareId, turnsOf(record, grant)), ...misuseOf(record)];
}

/** A use outside its grant is suspended, or it is said why not, by provider or lead authority: whichever acts first. */
function misuseOf(record: ShareRecord): IndexEntry[] {
  const { shareId, datasetId, state, provider, lead, receipts, updatedAt } = record;
  if (!isMisuseOpen(record)) return [];
  const task = { todo: 'stopMisuse', ...idsOf({ shareId, datasetId }), state } as const;
  const since = receipts.lastAt ?? updatedAt;
  const sides = [...new Set([provider, lead])];
  return inboxEntries(
    shareId,
    sides.map((department) => ({ ...task, department, since })),
  );
}

const idsOf = ({ shareId, datasetId }: Pick<ShareRecord, 'shareId' | 'datasetId'>) => ({
  ...{ shareId, datasetId, about: about('shares', shareId) },
});

/** What waits in a share without a clock of its own: for the head of either side, for the lead authority, for the requester. */
function turnsOf(record: ShareRecord, grant: ShareGrantRecord | undefined): Task[] {
  const { state, updatedAt: since } = record;
  const ids = { ...idsOf(record), state };
  switch (state) {
    case 'REQUESTED':
      return [{ ...ids, ...consentToRequest(record), since }];
    case 'INCOMPLETE':
      return [{ ...ids, department: record.requester, todo: 'supplementShare', since }];
    case 'FILED':
      return askedExtension(record).map((task) => ({
        ...ids,
        ...task,
        due: record.reply?.dueOn ?? null,
      }));
    case 'GRANTED':
    case 'SUSPENDED':
    case 'ENDED':
      return [...unconfirmed(record, grant), ...turnsInUse(record)].map((task) => ({
        ...ids,
        ...task,
      }));
    default:
      return [];
  }
}

type Turn = Pick<Task, 'department' | 'todo' | 'since' | 'notBy' | 'until' | 'showFrom'>;

const consentToRequest = ({ requester, requestedBy }: ShareRecord) =>
  ({ department: requester, todo: 'consentRequest', ...notBy(requestedBy) }) as const;

/** Once it is worded, a reply waits for another's consent and no longer for its words. */
function worded({ proposedReply }: ShareRecord): Partial<Task> {
  if (proposedReply === undefined) return {};
  const { by, at: since } = proposedReply;
  return { todo: 'consentReply', since, ...notBy(by) };
}

function askedExtension({ lead, extension, reply }: ShareRecord): Turn[] {
  if (extension === undefined || extension.allowedAt !== undefined) return [];
  const { askedBy, askedAt: since } = extension;
  // It is allowed before the reply is due, and not any more.
  const until = reply === undefined ? {} : { until: reply.dueOn };
  return [{ department: lead, todo: 'allowExtension', since, ...until, ...notBy(askedBy) }];
}

const turnsInUse = (record: ShareRecord): Turn[] => [
  ...proposedChange(record),
  ...judged(record),
  ...endAgreed(record),
];

/** Deliveries that the requester has not confirmed, nor any later act has taken up. */
function unconfirmed(
  { requester, deliveries }: ShareRecord,
  grant: ShareGrantRecord | undefined,
): Turn[] {
  const since = grant?.deliveries[deliveries]?.at;
  return since === undefined ? [] : [{ department: requester, todo: 'confirmDelivery', since }];
}

function proposedChange({ state, requester, serviceChange: change }: ShareRecord): Turn[] {
  if (state === 'ENDED' || change === undefined || change.agreed !== undefined) return [];
  return [{ department: requester, todo: 'agreeChange', since: change.at }];
}

/** Whoever suspended judges what was mended; the provider, whether to end what was not mended in its time. */
function judged({ state, suspension, provider }: ShareRecord): Turn[] {
  if (state !== 'SUSPENDED' || suspension === undefined) return [];
  const { by, mended, mendBy, at } = suspension;
  return mended === undefined
    ? [{ department: provider, todo: 'endShare', since: at, showFrom: after(mendBy) }]
    : [{ department: by.department, todo: 'resumeShare', since: mended.at }];
}

/** A service that both sides agreed to end, from the day that they agreed on. */
function endAgreed({ state, provider, serviceChange: change }: ShareRecord): Turn[] {
  if (state === 'ENDED' || change?.what !== 'end' || change.agreed === undefined) return [];
  const { from: showFrom, agreed } = change;
  return [{ department: provider, todo: 'endShare', since: agreed.at, showFrom }];
}

/** The open tasks of a challenge, a data set or one of its versions. `lead` reviews catalogue entries. */
export function sharingInbox(
  record: ChallengeRecord | DatasetRecord | DatasetVersionRecord,
  lead: string,
): IndexEntry[] {
  const { datasetId, status: state } = record;
  const ids =
    record.kind === 'challenge'
      ? idsOf(record)
      : { datasetId, about: about('datasets', datasetId) };
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
    ...{ state: stage, about: about('shares', shareId) },
    // Beyond negotiation a side answers, and an office decides, by its head.
    ...(stage === 'negotiation' ? {} : { roles: ['head' as const] }),
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
  { what, department, startedOn, dueOn, limitDays, ...clock }: Clock,
  ids: Pick<Task, 'shareId' | 'about' | 'state'> & Partial<Task> & { readonly datasetId: string },
): IndexEntry[] {
  const since = new Date(`${startedOn}T00:00:00+08:00`).toISOString();
  const step = clock.step ?? null;
  const task = { department, todo: todos[what], step, due: dueOn, since, limitDays, ...ids };
  return inboxEntries(ids.shareId ?? ids.datasetId, [task]);
}
