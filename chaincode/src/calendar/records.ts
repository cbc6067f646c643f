import { z } from 'zod';
import { defaultWindowSeconds } from '../kernel/ledger-time';
import { actor } from '../kernel/roles';
import { date, documentRef, recordOf, sha256Hex, timestamp, version } from '../kernel/scalars';
import { keyKind, padded } from '../kernel/keys';
import { namesOf, type Vocabulary } from '../kernel/words';

/** How far a version of a working calendar is. */
export const calendarStatusWords = {
  proposed: { zh: '待确认', en: 'proposed' },
  inForce: { zh: '施行中', en: 'in force' },
  superseded: { zh: '已被取代', en: 'superseded' },
} satisfies Vocabulary;

/** The days that differ from the plain week in one year, as the State Council's notice arranges them. */
export const calendarDays = z.strictObject({
  /** Days off; weekends may be listed too, it makes no difference. */
  offDays: z.array(date).min(1).max(366),
  /** Weekend days that are worked (调休). */
  makeUpDays: z.array(date).max(60),
  /**
   * By how much a limit must have passed before an act against whoever missed it counts, in seconds: the peers'
   * `peer.authentication.timewindow`, which bounds how far ahead an act can be stamped. 300 where it is absent.
   */
  windowSeconds: z.int().min(1).max(defaultWindowSeconds).exactOptional(),
});
export type CalendarDays = z.output<typeof calendarDays>;

/** One version of a year's working calendar: proposed by the lead authority, in force once another confirms. */
export const calendarVersionRecord = recordOf('calendarVersion', {
  year: z.int(),
  version,
  status: z.enum(namesOf(calendarStatusWords)),
  days: calendarDays,
  notice: documentRef,
  /** SHA-256 of the canonical `{year, days, notice}`: what the confirming department confirms. */
  contentDigest: sha256Hex,
  proposedBy: actor,
  proposedAt: timestamp,
  confirmedBy: actor.exactOptional(),
  confirmedAt: timestamp.exactOptional(),
});
export type CalendarVersionRecord = z.output<typeof calendarVersionRecord>;

/** What the rules read: the calendar in force for a year, in one record. */
export const calendarRecord = recordOf('calendar', {
  year: z.int(),
  latest: version,
  inForce: z
    .strictObject({ version, days: calendarDays, contentDigest: sha256Hex })
    .exactOptional(),
});
export type CalendarRecord = z.output<typeof calendarRecord>;

/** How its records are kept in the world state. */
export const kinds = {
  calendar: keyKind('calendar', calendarRecord, (r) => [r.year.toString()]),
  calendarVersion: keyKind('calendarVersion', calendarVersionRecord, (r) => [
    r.year.toString(),
    padded(r.version),
  ]),
};
