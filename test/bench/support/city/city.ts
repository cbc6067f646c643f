import type { CaseState, LedgerRecord, MatterRecord } from '@yici/domain/model';
import { canonicalJson, compositeKey, keyOf } from '@yici/domain/model';
import type { DecodedBlock, DecodedTransaction } from '@yici/gateway/testing';
import { namespace, write } from '../../../support/ledger/transaction.js';
import { caseOf, clerkOf, submissionOf, type CaseFacts, type Task } from './case-records.js';
import {
  attestationOf,
  cardOf,
  delegationOf,
  evaluationOf,
  grantOf,
  oneThingCaseOf,
  orderOf,
  rulingOf,
  shareOf,
  urgeOf,
} from './other-records.js';
import { hexOf, randomNumbers, weighted, zipf } from './random.js';

export interface CityOptions {
  readonly cases: number;
  /** The chaincode's namespace. */
  readonly chaincode: string;
  /** The first of its three years; 2023 unless said. */
  readonly year?: number;
  /** What each of the city's matters says; without it they are not in the ledger. */
  readonly matter?: MatterRecord;
}

/** Departments of the demo network, which can log in, among others that cannot. */
export const cityDepartments: readonly string[] = [
  ...['offices', 'hrss', 'finance', 'data', 'establishment'],
  ...Array.from({ length: 34 }, (_, index) => `d${String(index + 1).padStart(2, '0')}`),
  'supervision',
];
export const datasets = ['DS-register', 'DS-permits', 'DS-staff', 'DS-estate', 'DS-budget'];
export const oneThings = ['ONE1', 'ONE2', 'ONE3'];

/** What a handful of cases has, however many there are. */
export const rare = {
  applicant: 'rare',
  task: { taskCode: 'YC33110000009999', owner: 'offices', participants: ['finance'] },
  state: 'TRANSFERRED',
  dataset: 'DS-rare',
  user: 'clerk9',
} as const satisfies {
  task: Task;
  state: CaseState;
  applicant: string;
  dataset: string;
  user: string;
};
const handful = 7;

const taskCount = 300;
const span = 3 * 365 * 86_400_000;
const transactionsInBlock = 100;
/** The newest cases are under way, the others have ended. */
const shareOpen = 0.03;

const openStates = { SUBMITTED: 2, RECEIVED: 2, ACCEPTED: 3, IN_REVIEW: 5, DECIDED_GRANTED: 1 };
const endStates = { ARCHIVED: 80, DELIVERED: 10, NOT_ACCEPTED: 6, WITHDRAWN: 4 };

interface Moment {
  readonly facts: CaseFacts;
  readonly turn: number;
  readonly special: boolean;
  readonly recent: boolean;
  readonly dataset: string;
}

/** Of older ones every fifth was not disposed of after its end, and as many wait for their first delivery. */
function shareState({ special, recent, turn }: Pick<Moment, 'special' | 'recent' | 'turn'>) {
  if (special) return 'REFUSED';
  if (recent || turn % 5 === 1) return 'GRANTED';
  return turn % 5 === 0 ? 'ENDED' : 'DISPOSED';
}

/** What one case in so many has beside it. */
const beside: readonly {
  readonly every: number;
  readonly make: (of: Moment) => LedgerRecord | readonly LedgerRecord[];
}[] = [
  {
    every: 20,
    make: ({ facts, dataset, special }) =>
      attestationOf(facts, dataset, special ? 'revoked' : 'active'),
  },
  { every: 10, make: ({ facts, turn }) => evaluationOf(facts, 1 + (turn % 5)) },
  { every: 50, make: ({ facts, special }) => cardOf(facts, special ? 'red' : 'yellow') },
  {
    every: 50,
    make: ({ facts, dataset, ...moment }) => {
      const share = shareOf(facts, dataset, shareState(moment));
      return share.state === 'GRANTED' ? [share, grantOf(share, facts.at)] : share;
    },
  },
  { every: 100, make: ({ facts }) => urgeOf(facts) },
  {
    every: 100,
    // One in four that has ended is still to be moved on.
    make: ({ facts, turn, recent }) =>
      oneThingCaseOf(
        facts,
        oneThings[turn % 3] ?? '',
        recent || turn % 4 === 0 ? 'open' : 'granted',
      ),
  },
  { every: 200, make: ({ facts, special }) => orderOf(facts, special ? 'open' : 'closed') },
  { every: 500, make: ({ facts, special }) => rulingOf(facts, special ? 'open' : 'decided') },
  {
    every: 500,
    make: ({ facts, turn, special }) =>
      delegationOf(facts, special ? rare.user : `clerk${1 + (turn % 3)}`),
  },
];

/**
 * The ledger of a city that never was, as a follower of its chain would read it: the same for the same options. Few
 * departments and matters have most of the cases, many have few, and of some things there is only a handful. Each case
 * stands as its newest act left it, with its first event and not its whole chain; one in twenty is written twice.
 */
export class City {
  readonly tasks: readonly Task[];
  /** Cases so far. */
  filed = 0;
  readonly #options: CityOptions;
  readonly #firstDay: number;
  readonly #random: () => number;
  readonly #numbers = new Map<string, number>();
  readonly #nextApplicant: () => string;
  readonly #nextTask: () => Task;
  readonly #open: () => keyof typeof openStates;
  readonly #ended: () => keyof typeof endStates;

  constructor(options: CityOptions) {
    this.#options = options;
    this.#firstDay = Date.UTC(options.year ?? 2023, 0, 1);
    this.#random = randomNumbers(7);
    this.#nextApplicant = zipf(cityDepartments, this.#random);
    this.tasks = Array.from({ length: taskCount }, (_, index) => this.#task(index));
    this.#nextTask = zipf(this.tasks, this.#random);
    this.#open = weighted(openStates, this.#random);
    this.#ended = weighted(endStates, this.#random);
  }

  /** Blocks that follow block `after`. */
  *blocks(after: number): Generator<DecodedBlock> {
    let number = after;
    let transactions: DecodedTransaction[] = [];
    for (const records of this.#commits()) {
      transactions.push(this.#transaction(records, number + 1, transactions.length));
      if (transactions.length < transactionsInBlock) continue;
      yield blockOf(++number, transactions);
      transactions = [];
    }
    if (transactions.length > 0) yield blockOf(number + 1, transactions);
  }

  #task(index: number): Task {
    const owner = this.#nextApplicant();
    const others = [this.#nextApplicant(), this.#nextApplicant()].filter((one) => one !== owner);
    const participants = [...new Set(others)].slice(0, index % 3);
    return { taskCode: `YC3311${String(index + 1).padStart(10, '0')}`, owner, participants };
  }

  /** What each transaction writes, in order. */
  *#commits(): Generator<readonly LedgerRecord[]> {
    const { cases, matter } = this.#options;
    for (const { taskCode, owner } of matter === undefined ? [] : [...this.tasks, rare.task]) {
      yield [{ ...(matter as MatterRecord), taskCode, owner }];
    }
    const every = Math.max(1, Math.floor(cases / handful));
    for (let index = 0; index < cases; index++) {
      const special = index % every === every >> 1;
      const facts = this.#case(index, special);
      // As it stood when it was filed, so that what its lists had then is taken away again.
      if (index % 20 === 0) yield [caseOf({ ...facts, state: 'SUBMITTED' })];
      const record = caseOf(facts);
      yield [record, submissionOf(record, hexOf(`${facts.caseNo} 0`))];
      this.filed = index + 1;
      for (const other of this.#beside(index, facts, special)) yield [other];
    }
  }

  #case(index: number, special: boolean): CaseFacts {
    const { cases } = this.#options;
    const at = new Date(this.#firstDay + Math.floor((span * index) / cases));
    const task = special ? rare.task : this.#nextTask();
    const applicant = special ? rare.applicant : this.#nextApplicant();
    const state = special
      ? rare.state
      : index / cases > 1 - shareOpen
        ? this.#open()
        : this.#ended();
    return { caseNo: this.#number(task, at), task, applicant, state, at };
  }

  #number({ taskCode }: Task, at: Date): string {
    const day = `${taskCode}-${at.toISOString().slice(0, 10).replaceAll('-', '')}`;
    const number = (this.#numbers.get(day) ?? 0) + 1;
    this.#numbers.set(day, number);
    return `${day}-${String(number).padStart(4, '0')}`;
  }

  #beside(index: number, facts: CaseFacts, special: boolean): LedgerRecord[] {
    // By the twentieth: that many share a remainder where one in twenty is chosen.
    const turn = Math.floor(index / 20);
    const dataset = special ? rare.dataset : (datasets[turn % datasets.length] ?? '');
    const recent = index / this.#options.cases > 1 - shareOpen;
    const moment = { facts, turn, special, recent, dataset };
    return beside.flatMap(({ every, make }) =>
      special || index % every === 3 ? make(moment) : [],
    );
  }

  #transaction(records: readonly LedgerRecord[], block: number, index: number): DecodedTransaction {
    const { chaincode } = this.#options;
    const [first] = records;
    const at = new Date(this.#firstDay + block * 1000).toISOString();
    const department =
      first !== undefined && 'applicant' in first ? first.applicant : 'supervision';
    const { user } = clerkOf(department);
    const caseNo = first !== undefined && 'caseNo' in first ? { caseNo: first.caseNo } : {};
    const payload = { v: 1, name: 'case.submit', department, at, ...caseNo };
    return {
      index,
      txId: hexOf(`${block}/${index}`),
      type: 'ENDORSER_TRANSACTION',
      code: 0,
      at,
      creator: { mspId: `${department}MSP`, user, role: 'clerk', section: null },
      chaincode,
      function: payload.name,
      event: { name: payload.name, payload: JSON.stringify(payload) },
      writes: [
        namespace({
          name: chaincode,
          writes: records.map((record) =>
            write(compositeKey(keyOf(record)), canonicalJson(record)),
          ),
        }),
      ],
      digests: digestsOf(records),
      endorsers: [`${department}MSP`, 'officesMSP'],
    };
  }
}

/** What the acts' commands name. */
const digestsOf = (records: readonly LedgerRecord[]): string[] => {
  const acts = records.filter(({ kind }) => kind === 'caseEvent').map(canonicalJson);
  const found = acts.flatMap((act) => [...act.matchAll(/"digest":"([0-9a-f]{64})"/g)]);
  return [...new Set(found.map(([, digest = '']) => digest))];
};

const blockOf = (number: number, transactions: DecodedTransaction[]): DecodedBlock => ({
  number,
  hash: hexOf(`block ${number}`),
  previousHash: hexOf(`block ${number - 1}`),
  dataHash: hexOf(`data ${number}`),
  transactions,
  config: false,
});
