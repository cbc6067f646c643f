import { setTimeout as pause } from 'node:timers/promises';
import { createHash } from 'node:crypto';
import type { Journal, Operation, Outcome } from './journal.js';
import type { Callers } from './people.js';

/** A command in a case's life: who gives it, and what beside the case number. */
export interface Step {
  readonly user: string;
  readonly command: string;
  readonly input: Readonly<Record<string, unknown>>;
}

const filing = {
  taskCode: 'YC33110000000007',
  matterVersion: 1,
  form: digestOf('form'),
  materials: [{ code: 'application', document: digestOf('application') }],
};
const notice = {
  items: [{ code: 'application', deficiency: 'unclear', note: 'the term of the lease' }],
  limit: { value: 5, unit: 'workingDay' },
};
const supplement = { materials: [{ code: 'application', document: digestOf('supplemented') }] };

/** One call a command: the gateway signs for the back-office systems of two departments. */
const custodial: readonly Step[] = [
  { user: 'supervision.service1', command: 'case.submit', input: filing },
  { user: 'offices.service1', command: 'case.receive', input: {} },
  { user: 'supervision.service1', command: 'case.withdraw', input: { reasonCode: 'other' } },
];

/** Officials sign proposal and transaction themselves. */
const signed: readonly Step[] = [
  { user: 'supervision.clerk1', command: 'case.submit', input: filing },
  { user: 'offices.clerk1', command: 'case.receive', input: {} },
  { user: 'offices.clerk1', command: 'case.supplementNotice', input: notice },
  { user: 'supervision.clerk1', command: 'case.supplement', input: supplement },
  { user: 'supervision.clerk1', command: 'case.withdraw', input: { reasonCode: 'other' } },
];

/** A case on its way: its next step, and the operation that carries it out. */
export class Story {
  readonly #steps: readonly Step[];
  #next = 0;
  #caseNo: string | undefined;
  #current: Operation | undefined;

  constructor(steps: readonly Step[]) {
    this.#steps = steps;
  }

  get caseNo(): string | undefined {
    return this.#caseNo;
  }

  /** Takes the next step, or goes on with one that is in doubt. */
  async advance(journal: Journal, people: Callers): Promise<Outcome | 'over'> {
    const step = this.#steps[this.#next];
    if (step === undefined) return 'over';
    const { user, command, input } = step;
    const caseNo = this.#caseNo === undefined ? {} : { caseNo: this.#caseNo };
    const operation = (this.#current ??= journal.begin(user, command, { ...caseNo, ...input }));
    // Somebody else may have settled it after a restart.
    const outcome = operation.acknowledged ? 'done' : await journal.ask(operation, people);
    if (outcome !== 'done') return outcome;
    this.#caseNo ??= operation.acknowledged?.caseNo;
    this.#current = undefined;
    this.#next += 1;
    return this.#next === this.#steps.length ? 'over' : 'done';
  }
}

/** Two heads correct the same case at once, again and again: conflicts, retries, and one chain of events. */
class Rivals {
  #story = new Story(signed.slice(0, 2));
  #caseNo: string | undefined;

  /** The first rival opens a new case whenever there is none. */
  async act(rival: 0 | 1, journal: Journal, people: Callers): Promise<Outcome | 'over'> {
    if (this.#caseNo === undefined) return rival === 0 ? this.#open(journal, people) : 'doubt';
    const user = rival === 0 ? 'supervision.head1' : 'offices.head1';
    const note = `rival ${rival}`;
    const input = { caseNo: this.#caseNo, seq: rival, reasonCode: 'other', note };
    const outcome = await journal.ask(journal.begin(user, 'case.correct', input), people);
    if (outcome === 'full') this.#renew();
    return outcome;
  }

  async #open(journal: Journal, people: Callers): Promise<Outcome | 'over'> {
    const outcome = await this.#story.advance(journal, people);
    if (outcome === 'over') this.#caseNo = this.#story.caseNo;
    return outcome;
  }

  #renew(): void {
    this.#caseNo = undefined;
    this.#story = new Story(signed.slice(0, 2));
  }
}

/** Everybody who takes part in the load. */
export const loadUsers: readonly string[] = [
  ...new Set([...custodial, ...signed].map(({ user }) => user)),
  'supervision.head1',
  'offices.head1',
];

/** Clients that keep the gateway busy; what a kill interrupts they take up again. */
export class Load {
  readonly #journal: Journal;
  readonly #lanes: { readonly steps: readonly Step[]; story: Story }[];
  readonly #rivals = new Rivals();

  constructor(journal: Journal, lanes = 3) {
    this.#journal = journal;
    this.#lanes = Array.from({ length: 2 * lanes }, (_, index) => {
      const steps = index % 2 === 0 ? custodial : signed;
      return { steps, story: new Story(steps) };
    });
  }

  /** Goes on until the signal; then what is on its way ends as it may. */
  async run(people: Callers, signal: AbortSignal): Promise<void> {
    const until = async (act: () => Promise<Outcome | 'over'>): Promise<void> => {
      while (!signal.aborted) if ((await act()) === 'doubt') await pause(20);
    };
    await Promise.all([
      ...this.#lanes.map((lane) => until(() => this.#advance(lane, people))),
      until(() => this.#rivals.act(0, this.#journal, people)),
      until(() => this.#rivals.act(1, this.#journal, people)),
    ]);
  }

  async #advance(
    lane: { readonly steps: readonly Step[]; story: Story },
    people: Callers,
  ): Promise<Outcome | 'over'> {
    const outcome = await lane.story.advance(this.#journal, people);
    if (outcome === 'over' || outcome === 'abandoned') lane.story = new Story(lane.steps);
    return outcome;
  }
}

export function digestOf(text: string) {
  return { digestAlg: 'sha256', digest: createHash('sha256').update(text).digest('hex') };
}
