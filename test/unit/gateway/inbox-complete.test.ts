import type { InboxItem } from '@yici/api';
import { openActs, type Act } from '@yici/domain/acts';
import {
  todoCommands,
  todos,
  type CommandName,
  type LedgerRecord,
  type RecordOf,
  type Todo,
} from '@yici/domain/model';
import { listInbox } from '@yici/gateway/testing';
import { expect } from 'chai';
import { testChannel } from '../chaincode/support/channel.js';
import { recordTale, type Call } from '../chaincode/support/disturbed-tale.js';
import { memoryStore } from '../chaincode/support/memory-store.js';
import { by } from '../chaincode/support/story.js';
import { IndexedLedger } from './support/indexed-ledger.js';
import { isVoluntary, unwaited } from './support/voluntary-acts.js';

type Subject = readonly [collection: string, ...key: string[]];
type SubjectsByKind = {
  readonly [K in LedgerRecord['kind']]?: (record: RecordOf<K>) => readonly Subject[];
};

const ofCase = ({ caseNo }: { readonly caseNo: string }): Subject[] => [['cases', caseNo]];
const ofShare = ({ shareId }: { readonly shareId: string }): Subject[] => [['shares', shareId]];
const ofDataset = ({ datasetId }: { readonly datasetId: string }): Subject[] => [
  ['datasets', datasetId],
];
const ofMatter = ({ taskCode }: { readonly taskCode: string }): Subject[] => [
  ['matters', taskCode],
];

/** The records whose acts can have changed with a record: by the collection of their commands, and their key. */
const subjects: SubjectsByKind = {
  case: ofCase,
  evaluation: ofCase,
  urge: ofCase,
  attestation: (record) => [['attestations', record.attestationId], ...ofCase(record)],
  share: ofShare,
  shareGrant: ofShare,
  challenge: ofShare,
  dispute: ofShare,
  card: ({ cardId }) => [['cards', cardId]],
  order: ({ orderId }) => [['orders', orderId]],
  dataset: ofDataset,
  datasetVersion: ofDataset,
  dataTopic: ({ topic }) => [['data-topics', topic]],
  duty: ({ department, code }) => [['duties', department, code]],
  dutyOverlap: ({ topic }) => [['duty-overlaps', topic]],
  matter: ofMatter,
  review: ofMatter,
  oneThing: ({ code }) => [['one-things', code]],
  oneThingCase: ({ no }) => [['one-thing-cases', no]],
  dutyRuling: ({ rulingId }) => [['duty-rulings', rulingId]],
  delegation: ({ delegationId }) => [['delegations', delegationId]],
  reform: ({ reformId }) => [['reforms', reformId]],
  department: ({ id }) => [['departments', id]],
  calendarVersion: ({ year }) => [['calendars', String(year)]],
};

function subjectsOf(record: LedgerRecord): readonly Subject[] {
  // Each takes the records of its own kind.
  const of = subjects[record.kind] as ((one: LedgerRecord) => readonly Subject[]) | undefined;
  return of?.(record) ?? [];
}

/** Officials who have done nothing yet, so that nobody of them made what another is to check; and who grants delegations. */
const persons = ['clerk9', 'head9', 'service9', 'supervisor9'] as const;
/** What does not come about in the tale; no command does it either. Sign-offs are the gateway's, not the ledger's. */
const untold: readonly Todo[] = ['watchProcedure', 'redraftAct', 'reviewAct', 'issueAct'];

/** Those of the tale. */
const known = ['clerk1', 'clerk2', 'head1', 'head2', 'supervisor1'] as const;
const officials = ['clerk9', 'head9'] as const;
const roleOf = (person: string): string => person.replace(/\d+$/, '');

/** What a line and an act say of the same thing: the part of the record, where both name one. */
const parts = ['stepId', 'no', 'year', 'challengeId', 'disputeId', 'datasetId', 'topic'] as const;

describe('the inbox', function () {
  this.timeout(600_000);

  it('has what the rules allow and nothing else, of every record in every state, for whoever can do it', async () => {
    const world = await IndexedLedger.open();
    const found = new Set<string>();
    const waited = new Set<Todo>();
    for (const call of await recordTale()) {
      const before = new Map(world.ledger.state);
      await world.run(call.name, call.input, call.act, call.secret);
      const changed = [...world.ledger.state].filter(([key, record]) => before.get(key) !== record);
      const touched = new Map(
        changed.flatMap(([, record]) => subjectsOf(record)).map((one) => [one.join('/'), one]),
      );
      for (const days of [0, 40]) {
        const moment = new Moment(world, call, days);
        for (const subject of touched.values()) {
          for (const todo of await moment.compare(subject, (what) => found.add(what))) {
            waited.add(todo);
          }
        }
      }
    }
    await world.close();
    expect([...found].sort()).to.deep.equal([]);
    // A to-do that nobody derives any more is an act without its line; one that the tale never has would not be missed.
    expect(todos.filter((todo) => !waited.has(todo))).to.deep.equal(untold);
  });
});

const later = (at: string, days: number): string =>
  new Date(Date.parse(at) + days * 86_400_000).toISOString();

/** The world after a call, at an instant: what waits and what the rules allow. */
class Moment {
  readonly #world: IndexedLedger;
  readonly #call: Call;
  readonly #at: string;
  readonly #persons: readonly string[];
  readonly #inboxes = new Map<string, readonly InboxItem[]>();

  constructor(world: IndexedLedger, call: Call, days: number) {
    this.#world = world;
    this.#call = call;
    this.#at = later(call.act.at, days);
    // What time brings is for officials.
    this.#persons = days === 0 ? persons : officials;
  }

  /** Tells every difference of one record, and says what waits in it. */
  async compare(
    [collection, ...key]: readonly [string, ...string[]],
    tell: (what: string) => void,
  ): Promise<readonly Todo[]> {
    const all: Todo[] = [];
    for (const { id: department } of this.#world.ledger.all('department')) {
      const waiting = (await this.#inbox(department)).filter(
        ({ about }) => about.collection === collection && about.key.join() === key.join(),
      );
      const open = new Map<string, readonly Act[]>();
      for (const person of this.#persons) {
        const acts = await this.#openTo(`${department}.${person}`, collection, key);
        open.set(roleOf(person), acts);
        for (const act of acts) this.#expectLine(act, department, roleOf(person), waiting, tell);
      }
      for (const line of waiting) this.#expectAct(line, open, tell);
      const makers = this.#persons === persons && waiting.length > 0 ? known : [];
      for (const person of makers) {
        const acts = await this.#askedBy(`${department}.${person}`, collection, key);
        for (const line of waiting) expectBarred(line, `${department}.${person}`, acts, tell);
      }
      all.push(...waiting.map(({ todo }) => todo));
    }
    return all;
  }

  async #inbox(department: string): Promise<readonly InboxItem[]> {
    const known = this.#inboxes.get(department);
    if (known !== undefined) return known;
    const { items } = await listInbox(
      this.#world.index,
      { department, at: this.#at },
      { limit: 1_000 },
    );
    this.#inboxes.set(department, items);
    return items;
  }

  async #openTo(user: string, collection: string, key: readonly string[]): Promise<readonly Act[]> {
    const acts = await this.#askedBy(user, collection, key);
    return acts.filter(({ refusal }) => refusal === undefined);
  }

  async #askedBy(
    user: string,
    collection: string,
    key: readonly string[],
  ): Promise<readonly Act[]> {
    const caller = { ...by(user, this.#at), txId: '0'.repeat(64) };
    const { store } = memoryStore(this.#world.ledger);
    return (await openActs({ store, channel: testChannel, caller }, collection, key)) ?? [];
  }

  /** An act that is open is on a line of its department, for its role, or does not wait. */
  #expectLine(
    act: Act,
    department: string,
    role: string,
    waiting: readonly InboxItem[],
    tell: (what: string) => void,
  ): void {
    const { ledger } = this.#world;
    if (isVoluntary({ act, department, ledger, at: this.#at })) return;
    const line = waiting.find(
      (one) => commandsOf(one).includes(act.command) && isSamePart(one, act),
    );
    if (line !== undefined && line.roles.some((one) => one === role)) return;
    const missing = line === undefined ? 'has no line' : `is not on the line of a ${role}`;
    tell(
      `${act.command} ${missing} in ${department} after ${this.#call.name} ${JSON.stringify(act.input)} ${this.#at}`,
    );
  }

  /** What is on a line can be done by everybody whom the line names. */
  #expectAct(
    line: InboxItem,
    open: ReadonlyMap<string, readonly Act[]>,
    tell: (what: string) => void,
  ): void {
    const commands = commandsOf(line);
    if (commands.length === 0 || unwaited.has(line.todo) || line.persons !== undefined) return;
    for (const role of line.roles) {
      const acts = open.get(role);
      if (acts === undefined || acts.some(({ command }) => commands.includes(command))) continue;
      tell(`${line.todo} (${line.state}) cannot be done by a ${role} after ${this.#call.name}`);
    }
  }
}

/** Whoever made what is to be checked is on the line as one who cannot do it, and nobody else is. */
function expectBarred(
  line: InboxItem,
  user: string,
  acts: readonly Act[],
  tell: (what: string) => void,
): void {
  const own = acts.filter((act) => commandsOf(line).includes(act.command) && isSamePart(line, act));
  const can = own.some(({ refusal }) => refusal === undefined);
  const made = own.some(({ refusal }) => refusal?.code === 'MAKER_IS_CHECKER');
  const barred = line.notBy?.includes(user) === true;
  if (can && barred) tell(`${line.todo} (${line.state}) bars ${user}, who can do it`);
  if (made && !can && !barred)
    tell(`${line.todo} (${line.state}) does not bar ${user}, who made it`);
}

const commandsOf = ({ todo }: InboxItem): readonly CommandName[] => todoCommands[todo];

function isSamePart({ todo, step }: InboxItem, { input }: Act): boolean {
  if (todo === 'raiseCard') return step?.split('/')[0] === input['what'];
  const named = parts.flatMap((part) => (part in input ? [JSON.stringify(input[part])] : []));
  return (
    step === null ||
    named.length === 0 ||
    [step, JSON.stringify(step)].some((one) => named.includes(one))
  );
}
