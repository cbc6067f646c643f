import {
  cardIdOf,
  cardShelf,
  cardSubjects,
  keyKinds,
  unmatchedFrom,
  watchedOfChallenge,
  watchedOfDataset,
  watchedOfEntryReview,
  watchedOfLateUpdate,
  watchedOfReview,
  watchedOfRuling,
  watchedOfShare,
  yellowFrom,
  type ChallengeRecord,
  type DatasetRecord,
  type DatasetVersionRecord,
  type DutyRulingRecord,
  type OtherClock,
  type ReviewRecord,
  type ShareGrantRecord,
  type ShareRecord,
  type WatchedClock,
} from '@yici/domain/model';
import { workingDaysOf } from './calendar-days.js';
import { after, dueEntries, nextCard, type Due, type Raised } from './due-row.js';
import { everyView, keyOnly, recordIn, type IndexEntry, type Surroundings } from './index-entry.js';
import { indexKeys } from './keys.js';
import { clockEntries, leadOf } from './share-clock-entries.js';
import { shareInbox } from './share-inbox.js';
import { keyIndexes } from './row-indexes.js';

/** The subject of a card outside cases, in the form used in its id and command. */
interface About {
  readonly about: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly calendars: Parameters<typeof workingDaysOf>[0];
}

/** The next card of every clock of a share, a challenge, a review, a ruling or the data catalogue. */
function cardsOf(
  watched: readonly WatchedClock[],
  { about, input, calendars }: About,
  { lookup, until }: Surroundings,
): Due[] {
  const isWorkingDay = workingDaysOf(calendars, lookup);
  const raised: Raised<OtherClock> = (clock, colour, from) => {
    const cardId = cardIdOf(about, { clock, colour });
    const find = () => lookup(keyKinds.card.objectType, cardShelf(cardId), cardId);
    return from <= until && find() !== undefined;
  };
  return watched.flatMap(({ clock, actedOn }): Due[] => {
    const yellow = actedOn === undefined ? yellowFrom(clock, isWorkingDay) : after(clock.dueOn);
    const next = nextCard(clock, yellow, raised);
    if (next === undefined) return [];
    const { what, step, dueOn } = clock;
    const part = `${what}/${step ?? ''}/${dueOn}`;
    return [{ ...next, command: 'card.raiseOther', part, input: { what, ...input } }];
  });
}

/** All entries of a share that depend on its grant: inbox, due entries, unmatched halves. */
export function shareWaits(record: ShareRecord, around: Surroundings): IndexEntry[] {
  const grant = recordIn(around.lookup, 'shareGrant', record.shareId);
  // The delivery of a share that has ended or is suspended is not awaited.
  const delivery = grant !== undefined && record.state === 'GRANTED' ? [grant] : [];
  return [
    ...shareInbox(record, grant),
    ...delivery.flatMap((one) => clockEntries(one, around)),
    ...shareDue(record, grant, around),
    ...unmatchedEntries(record, grant),
  ];
}

/** A share with unmatched halves, under the first day on which one counts as missing. */
function unmatchedEntries(record: ShareRecord, grant: ShareGrantRecord | undefined): IndexEntry[] {
  const [first] = unmatchedFrom(record, grant)
    .map(({ from }) => from)
    .sort();
  if (first === undefined) return [];
  return [...new Set([everyView, ...record.parties])].map((view) =>
    keyOnly(indexKeys.entry(keyIndexes.unmatched, view, first, record.shareId)),
  );
}

/** Cards of a share and of its delivery; for other ends see {@link shareEndings}. */
function shareDue(
  record: ShareRecord,
  grant: ShareGrantRecord | undefined,
  around: Surroundings,
): IndexEntry[] {
  const { shareId, calendars } = record;
  const about = { about: cardSubjects.share(shareId), input: { shareId }, calendars };
  const cards = cardsOf(watchedOfShare(record, grant), about, around);
  return dueEntries(shareId, [...cards, ...shareEndings(record, grant)]);
}

/** The end of a grant's term (Order 809 art 27), and of the time to dispose of the data. */
function shareEndings(
  { shareId, state, ended }: ShareRecord,
  grant: ShareGrantRecord | undefined,
): Due[] {
  if (state === 'ENDED' && ended !== undefined) {
    const from = after(ended.disposeBy);
    return [{ command: 'sharing.purgeExpired', from, input: { shareId } }];
  }
  const to = grant?.terms.period.to;
  if ((state !== 'GRANTED' && state !== 'SUSPENDED') || to === undefined) return [];
  return [{ command: 'sharing.end', from: after(to), input: { shareId, reason: 'termOver' } }];
}

export function challengeDue(record: ChallengeRecord, around: Surroundings): IndexEntry[] {
  const { shareId, challengeId, calendars } = record;
  const input = { shareId, challengeId };
  const about = { about: cardSubjects.share(shareId), input, calendars };
  const cards = cardsOf(watchedOfChallenge(record), about, around);
  return dueEntries(`${shareId}/${challengeId}`, cards);
}

export function reviewDue(record: ReviewRecord, around: Surroundings): IndexEntry[] {
  const { taskCode, version, dutyVersion, calendars } = record;
  const key = { taskCode, version, dutyVersion };
  const about = cardSubjects.review(key);
  const cards = watchedOfReview(record).flatMap((watched) => {
    const input = { ...key, side: watched.clock.step };
    return cardsOf([watched], { about, input, calendars }, around);
  });
  return dueEntries(about, cards);
}

export function rulingDue(record: DutyRulingRecord, around: Surroundings): IndexEntry[] {
  const { rulingId, caseNo } = record;
  const calendars = recordIn(around.lookup, 'case', caseNo)?.calendars ?? [];
  const about = { about: cardSubjects.ruling(rulingId), input: { rulingId }, calendars };
  return dueEntries(rulingId, cardsOf(watchedOfRuling(record), about, around));
}

/** The update of a catalogue entry (Order 809 art 17). */
export function datasetDue(record: DatasetRecord, around: Surroundings): IndexEntry[] {
  const { datasetId, change } = record;
  const about = cardSubjects.dataset(datasetId);
  const input = { datasetId };
  const calendars = change?.calendars ?? [];
  const cards = cardsOf(watchedOfDataset(record), { about, input, calendars }, around);
  return dueEntries(about, cards);
}

/** The lead authority's review of a version, and the update that it brought too late (art 16, 17). */
export function datasetVersionDue(
  record: DatasetVersionRecord,
  around: Surroundings,
): IndexEntry[] {
  const { datasetId, version, calendars } = record;
  const input = { datasetId, version };
  const entry = cardSubjects.dataset(datasetId);
  const about = cardSubjects.datasetVersion(datasetId, version);
  const review = watchedOfEntryReview(record, leadOf(around.lookup));
  return dueEntries(about, [
    ...cardsOf(watchedOfLateUpdate(record), { about: entry, input, calendars }, around),
    ...cardsOf(review, { about, input, calendars }, around),
  ]);
}
