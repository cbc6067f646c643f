import { z } from 'zod';
import { beaconSlots } from '../kernel/ledger-time';
import { actor } from '../kernel/roles';
import { recordOf, timestamp } from '../kernel/scalars';
import { keyKind, padded } from '../kernel/keys';

/** The newest period that the ledger shows to have come, by when it began. */
export const beaconRecord = recordOf('beacon', {
  from: timestamp,
  by: actor,
  at: timestamp,
});
export type BeaconRecord = z.output<typeof beaconRecord>;

/** One place of the ring that the beacon goes round: the newest period that came by, by when it began. */
export const beaconSlotRecord = recordOf('beaconSlot', {
  slot: z
    .int()
    .min(0)
    .max(beaconSlots - 1),
  from: timestamp,
});
export type BeaconSlotRecord = z.output<typeof beaconSlotRecord>;

/** How its records are kept in the world state. */
export const kinds = {
  beacon: keyKind('beacon', beaconRecord, () => ['newest']),
  beaconSlot: keyKind('beaconSlot', beaconSlotRecord, (r) => [padded(r.slot)]),
};
