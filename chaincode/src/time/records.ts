import { z } from 'zod';
import { beaconSlots } from '../kernel/ledger-time';
import { actor } from '../kernel/roles';
import { timestamp } from '../kernel/scalars';

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
