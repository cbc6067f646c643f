/** Where a gateway stands among the channel's departments: its own, counted from 0 in the order of MSP ids, of how many. */
export interface NumberPlace {
  readonly position: number;
  readonly count: number;
}

/** How many numbers on end are one department's before those of the others follow. */
const row = 100;

/**
 * The numbers of a day that a department's gateway gives out, by their place in its own order, from 1 on: rows of a hundred
 * in turn with the other departments' gateways. So two departments that file the same matter at once do not meet. It is
 * a habit of gateways and no rule of the ledger: whoever wants another number may file under it.
 */
export function numberAt(place: number, { position, count }: NumberPlace): number {
  const passed = Math.floor((place - 1) / row);
  return (passed * count + position) * row + ((place - 1) % row) + 1;
}

/**
 * How many unused numbers an attempt passes over whose number turned out to be another's: two gateways of one department
 * would meet again at the next. By the Fabric id of the attempt before, which nobody chooses.
 */
export const apart = (txId: string): number => Number.parseInt(txId.slice(0, 8), 16) % row;
