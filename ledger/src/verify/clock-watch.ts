/** By how much the time of an act may differ from that of its neighbours, in seconds: the widest time window of peers. */
const widestWindowSeconds = 300;

/**
 * Number of acts before, and after, that an act's time is compared with; their median counts, so that a single wrong
 * clock has no effect.
 */
const neighbours = 5;

/** An act and its time, in seconds. */
export interface TimedAct<T> {
  readonly act: T;
  readonly seconds: number;
}

/** An act whose time is an outlier. */
export interface ClockRemark<T> {
  readonly act: T;
  /** `lags`: older than the acts before it; `leads`: newer than the acts after it. */
  readonly how: 'lags' | 'leads';
  /** The difference. */
  readonly seconds: number;
}

/**
 * Watches the times of a chain's acts in order. Later acts were signed later, apart from clock differences and
 * concurrent submission: an act much older than those before it was held back or dated back, one much newer than those
 * after it was dated ahead. Idle periods of a chain make no difference.
 */
export class ClockWatch<T> {
  readonly #recent: TimedAct<T>[];

  constructor(recent: readonly TimedAct<T>[] = []) {
    this.#recent = [...recent];
  }

  /** The reference for the next acts: pass it to another watch to continue from here. */
  get recent(): readonly TimedAct<T>[] {
    return this.#recent;
  }

  /** Takes the next act; returns the outliers that it reveals. */
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

/** The median time; undefined when there are too few acts to judge. */
function middle(acts: readonly TimedAct<unknown>[]): number {
  const sorted = acts.map(({ seconds }) => seconds).sort((one, other) => one - other);
  return sorted.length < 3 ? Number.NaN : (sorted[sorted.length >> 1] ?? Number.NaN);
}
