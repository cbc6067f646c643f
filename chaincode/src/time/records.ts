import { z } from 'zod';
import { beaconSlots } from '../kernel/ledger-time';
import { actor } from '../kernel/roles';
import { timestamp } from '../kernel/scalars';
import type { KeyKinds } from '../kernel/keys';
import { padded } from '../kernel/keys';

/** The newest period that the ledger shows to have come, by when it began. */
export const beaconRecord = z.strictObject({
  kind: z.literal('beacon'),
  v: z.literal(1),
  from: timestamp,
  by: actor,
  at: timestamp,
});
export type BeaconRecord = z.output<typeof beaconRecord>;

/** One place of the ring that the beacon goes round: the newest period that came by, by when it began. */
export const beaconSlotRecord = z.strictObject({
  kind: z.literal('beaconSlot'),
  v: z.literal(1),
  slot: z
    .int()
    .min(0)
    .max(beaconSlots - 1),
  from: timestamp,
});
export type BeaconSlotRecord = z.output<typeof beaconSlotRecord>;

/** How its records are kept in the world state. */
export const timeKinds = {
  beacon: { objectType: 'beacon', schema: beaconRecord, attributes: () => ['newest'] },
  beaconSlot: {
    objectType: 'beaconSlot',
    schema: beaconSlotRecord,
    attributes: (r) => [padded(r.slot)],
  },
} as const satisfies KeyKinds<'beacon' | 'beaconSlot'>;

declare module '../kernel/records' {
  interface LedgerRecords {
    beacon: BeaconRecord;
    beaconSlot: BeaconSlotRecord;
  }
}
