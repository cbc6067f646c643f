/** By how much the time of an act may differ from that of its neighbours, in seconds: the widest time window of peers. */
const widestWindowSeconds = 300;

/** Acts before, and after, that an act's time is held against; the one in the middle counts, so a single liar has no say. */
const neighbours = 5;

/** An act with its time, in seconds. */
export interface TimedAct<T> {
  readonly act: T;
  readonly seconds: number;
}

/** An act whose time stands out. */
export interface ClockRemark<T> {
  readonly act: T;
  /** `lags`: older than the acts before it; `leads`: younger than the acts after it. */
  readonly how: 'lags' | 'leads';
  /** By how much. */
  readonly seconds: number;
}

/**
 * Watches the times of a chain's acts in their order. What comes later was signed later, but for clocks that differ and what
 * was on its way at the same time: an act that is much older than those before it was held back or dated back, one that is
 * much younger than those after it was dated ahead. A chain that rests makes no difference.
 */
export class ClockWatch<T> {
  readonly #recent: TimedAct<T>[];

  constructor(recent: readonly TimedAct<T>[] = []) {
    this.#recent = [...recent];
  }

  /** What the next acts are held against: give it to another watch to go on from here. */
  get recent(): readonly TimedAct<T>[] {
    return this.#recent;
  }

  /** Takes the next act; answers what is known to stand out since it came. */
  add(next: TimedAct<T>): ClockRemark<T>[] {
    const recent = this.#recent;
    const before = middle(recent);
    recent.push(next);
    const remarks = remark(next.act, 'lags', before - next.seconds);
    if (recent.length <= neighbours) return remarks;
    const [first] = recent.splice(0, 1);
    const leads = (first?.seconds ?? 0) - middle(recent);
    return first === undefined ? remarks : [...remarks, ...remark(first.act, 'leads', leads)];
  }
}

function remark<T>(act: T, how: ClockRemark<T>['how'], seconds: number): ClockRemark<T>[] {
  return seconds > widestWindowSeconds ? [{ act, how, seconds }] : [];
}

/** The time in the middle; too few have none, and nothing stands out from them. */
function middle(acts: readonly TimedAct<unknown>[]): number {
  const sorted = acts.map(({ seconds }) => seconds).sort((one, other) => one - other);
  return sorted.length < 3 ? Number.NaN : (sorted[sorted.length >> 1] ?? Number.NaN);
}
