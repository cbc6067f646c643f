import { z } from 'zod';
import { actor } from '../kernel/roles';
import { date, departmentId, recordOf, sha256Hex, timestamp, userName } from '../kernel/scalars';
import { keyKind } from '../kernel/keys';

/** The newest line of a gateway's audit journal: its number, from 0, and the SHA-256 of its canonical JSON. */
export const journalHead = { seq: z.int().min(0), head: sha256Hex };

/**
 * 审计日志锚定: the newest line of a gateway's audit journal on a day (Asia/Shanghai). A journal that lacks this line, or has
 * another in its place, was cut or changed afterwards. Written once; every member can read it.
 */
export const journalAnchorRecord = recordOf('journalAnchor', {
  department: departmentId,
  /** The gateway: the enrolment name it signs with. */
  gateway: userName,
  day: date,
  ...journalHead,
  by: actor,
  at: timestamp,
});
export type JournalAnchorRecord = z.output<typeof journalAnchorRecord>;

/** How its records are kept in the world state. */
export const kinds = {
  journalAnchor: keyKind('journalAnchor', journalAnchorRecord, (r) => [
    r.department,
    r.gateway,
    r.day,
  ]),
};
