import { z } from 'zod';
import { beaconSlots } from '../kernel/ledger-time';
import { actor } from '../kernel/roles';
import { recordOf, timestamp } from '../kernel/scalars';
import { keyKind, padded } from '../kernel/keys';

/** The newest period that the ledger has recorded, by the instant at which it began. */
export const beaconRecord = recordOf('beacon', {
  from: timestamp,
  by: actor,
  at: timestamp,
});
export type BeaconRecord = z.output<typeof beaconRecord>;

/** One slot of the beacon's ring: the newest period recorded in it, by the instant at which it began. */
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
