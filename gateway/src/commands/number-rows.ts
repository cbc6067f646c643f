/** The position of the gateway's department among those of the channel, from 0 in the order of MSP ids, and their number. */
export interface NumberPlace {
  readonly position: number;
  readonly count: number;
}

/** Size of the blocks of consecutive numbers that the departments use in turn. */
const row = 100;

/**
 * The n-th number (from 1) that a department's gateway issues on a day. Departments take blocks of a hundred numbers in
 * turn, so that two of them that file the same matter at the same time do not choose the same number. Only gateways
 * follow this; the ledger accepts any unused number.
 */
export function numberAt(place: number, { position, count }: NumberPlace): number {
  const passed = Math.floor((place - 1) / row);
  return (passed * count + position) * row + ((place - 1) % row) + 1;
}

/** Which number of a department's gateway it is (from 1); undefined for one of another department's blocks. */
export function placeOf(number: number, { position, count }: NumberPlace): number | undefined {
  const block = Math.floor((number - 1) / row);
  if (block % count !== position) return undefined;
  return Math.floor(block / count) * row + ((number - 1) % row) + 1;
}

/**
 * How many unused numbers to skip after another gateway of the same department was first with a number: otherwise both
 * would choose the next one again. Derived from the Fabric id of the previous attempt, which is random.
 */
export const apart = (txId: string): number => Number.parseInt(txId.slice(0, 8), 16) % row;
