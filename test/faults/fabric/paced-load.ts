import { setTimeout as pause } from 'node:timers/promises';
import type { Journal } from '../support/journal.js';
import { digestOf, Story, type Step } from '../support/load.js';
import type { Callers } from '../support/people.js';

export const filing = {
  taskCode: 'YC33110000000004',
  matterVersion: 1,
  form: digestOf('form'),
  materials: [
    { code: 'application', document: digestOf('application') },
    { code: 'recruitPlan', document: digestOf('recruitment plan') },
  ],
};
const notice = {
  items: [{ code: 'application', deficiency: 'unclear', note: 'the number of posts' }],
  limit: { value: 5, unit: 'workingDay' },
};
const supplement = { materials: [{ code: 'application', document: digestOf('supplemented') }] };
const withdrawal = { reasonCode: 'other' };

/** The gateway signs for its department's back-office system. */
const custodial: readonly Step[] = [
  { user: 'data.service1', command: 'case.submit', input: filing },
  { user: 'data.service1', command: 'case.withdraw', input: withdrawal },
];

/** Officials of two departments sign proposal and transaction themselves. */
const signed: readonly Step[] = [
  { user: 'data.clerk1', command: 'case.submit', input: filing },
  { user: 'establishment.clerk1', command: 'case.receive', input: {} },
  { user: 'establishment.clerk1', command: 'case.supplementNotice', input: notice },
  { user: 'data.clerk1', command: 'case.supplement', input: supplement },
  { user: 'data.clerk1', command: 'case.withdraw', input: withdrawal },
];

/** Everybody who takes part in the load. */
export const pacedUsers = ['data.service1', 'data.clerk1', 'establishment.clerk1'] as const;

export interface Pace {
  /** Clients; every second one lets the gateway sign. */
  readonly lanes: number;
  /** Requests that all of them begin in a second, at most. */
  readonly perSecond: number;
}

/**
 * Clients that begin requests at a bounded rate and never give one up: what is in doubt is asked for again with its own
 * Idempotency-Key.
 */
export async function runPaced(
  journal: Journal,
  callers: Callers,
  pace: Pace,
  signal: AbortSignal,
): Promise<void> {
  const every = (1_000 * pace.lanes) / pace.perSecond;
  const lane = async (index: number): Promise<void> => {
    const steps = index % 2 === 0 ? custodial : signed;
    let story = new Story(steps);
    await pause((every * index) / pace.lanes);
    while (!signal.aborted) {
      const begun = performance.now();
      const outcome = await story.advance(journal, callers);
      if (outcome === 'over' || outcome === 'abandoned') story = new Story(steps);
      await pause(Math.max(0, every - (performance.now() - begun)));
    }
  };
  await Promise.all(Array.from({ length: pace.lanes }, (_, index) => lane(index)));
}
