import type { DepartmentRecord } from '../department/records';
import { found, type Member } from '../kernel/caller';
import { shanghaiDate } from '../kernel/days';
import { departureOf, type Departure, type Held } from '../kernel/departures';
import { ContractError } from '../kernel/errors';

/** The department that holds a thing, and whoever gets it by a departure. */
export interface Sides {
  readonly from: DepartmentRecord | undefined;
  readonly to: DepartmentRecord | undefined;
}

/** A thing on its way: by which departure, and the receiver's entry. */
export interface Arrival {
  readonly departure: Departure;
  readonly to: DepartmentRecord;
  /** The receiver's entry, where it has to say that what had left it has come back. */
  readonly also: readonly DepartmentRecord[];
}

/**
 * How a thing moves by a reorganisation in force. Any member may record it: what moves is settled by the decision.
 * @throws ContractError NOT_FOUND, REFORM_NOTHING
 */
export function arrivalOf(sides: Sides, held: Held, { at }: Member): Arrival {
  const today = shanghaiDate(at);
  const departure = departureOf(sides.from?.left, held, today);
  if (departure === undefined) {
    throw new ContractError('REFORM_NOTHING', {
      [held.of]: held.id,
      holder: sides.from?.id ?? null,
    });
  }
  const to = found(sides.to, { id: departure.to });
  const gone = departureOf(to.left, held, today);
  if (gone === undefined || gone.of === 'everything') return { departure, to, also: [] };
  const left = (to.left ?? []).map((one) => (one === gone ? { ...one, until: today } : one));
  return { departure, to, also: [{ ...to, left, updatedAt: at }] };
}
