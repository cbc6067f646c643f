import type { CommandName } from '@yici/domain/model';
import { commandNames, ContractError } from '@yici/domain/model';
import { actsOn, commandsOn, contentRefusals, openActs, type Act } from '@yici/domain/acts';
import { expect } from 'chai';
import { testChannel } from '../support/channel.js';
import type { Call } from '../support/disturbed-tale.js';
import { recordTale } from '../support/disturbed-tale.js';
import type { Act as Signed } from '../support/ledger.js';
import { RuleLedger } from '../support/ledger.js';
import { memoryStore } from '../support/memory-store.js';
import { by, mspOf } from '../support/story.js';
import { toldElsewhere } from '../support/tale.js';

/** What begins a record of its own, about nothing that is there: nobody asks a record for it. */
const beginnings: readonly CommandName[] = [
  ...(['department.register', 'calendar.import', 'duty.register', 'dataset.register'] as const),
  ...(['matter.draft', 'oneThing.draft', 'delegation.grant', 'reform.register'] as const),
  ...(['audit.record', 'journal.anchor', 'appKey.register', 'time.beacon'] as const),
];
/** Where a call is one of an act about a number that is taken already: any other number would do. */
const taken = 'ALREADY_EXISTS';
/** Refused for what was given, by a code that elsewhere refuses the act itself: on another ground the act is open. */
const onThatGround = [
  'case.accept NOT_FOUND',
  'case.revokeDecision INSPECTION_NOT_FAILED',
  'sharing.end WRONG_DEPARTMENT',
];
const persons = ['clerk1', 'clerk2', 'head1', 'head2', 'service1', 'supervisor1', 'gateway1'];

/** The record that a call acts on, where it can be asked: its collection and its key. What is one's own need not be named. */
function subjectOf({ name, input, act }: Call): readonly [string, readonly string[]] | undefined {
  const [department] = act.user.split('.');
  const given = new Map(Object.entries({ department, id: department, ...input }));
  if ('department' in input) given.set('id', String(input.department));
  const found = Object.entries(actsOn).find(
    ([collection, { key }]) =>
      commandsOn(collection).includes(name) && key.every((field) => given.has(field)),
  );
  return found && [found[0], found[1].key.map((field) => String(given.get(field)))];
}

/** The acts of a call's command on the part of the record that the call is about. */
async function askedFor(ledger: RuleLedger, call: Call, who: Signed): Promise<readonly Act[]> {
  const [collection, key] = subjectOf(call) ?? ['', []];
  const caller = { ...who, txId: '0'.repeat(64) };
  const asking = { store: memoryStore(ledger).store, channel: testChannel, caller };
  const acts = (await openActs(asking, collection, key)) ?? [];
  const given = new Map(Object.entries(call.input));
  const ofCall = acts.filter(({ command }) => command === call.name);
  const about = ofCall.filter(({ input }) =>
    Object.entries(input).every(
      // The numbers of a one thing's cases are given with the act.
      ([field, value]) => field === 'cases' || sameValue(given.get(field), value),
    ),
  );
  const most = Math.max(...about.map(({ input }) => Object.keys(input).length));
  return about.filter(({ input }) => Object.keys(input).length === most);
}

const sameValue = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** What the rules say to a call: `taken`, or the code of their refusal. */
async function verdict(ledger: RuleLedger, { name, input, secret }: Call, who: Signed) {
  try {
    await ledger.copy().run(name, input, who, secret);
    return 'taken';
  } catch (error) {
    if (error instanceof ContractError) return error.code;
    throw error;
  }
}

describe('which acts are open', function () {
  this.timeout(120_000);
  let tale: readonly Call[];
  before(async () => {
    tale = await recordTale();
  });

  it('is asked of every command there is, but of those that begin something of their own', () => {
    const asked = new Set(Object.keys(actsOn).flatMap(commandsOn));
    expect(commandNames.filter((name) => !asked.has(name))).to.deep.equal(beginnings);
  });

  it('holds each act open to whoever does it next, all through the tale', async () => {
    const ledger = new RuleLedger();
    const done = new Set<string>();
    for (const call of tale) {
      if (subjectOf(call) !== undefined) {
        const acts = await askedFor(ledger, call, call.act);
        expect(acts, `${call.name} ${JSON.stringify(call.input)}`).to.not.deep.equal([]);
        const refused = acts.map(({ refusal }) => refusal);
        expect(refused, call.name).to.include(undefined);
        done.add(call.name);
      }
      await ledger.run(call.name, call.input, call.act, call.secret);
    }
    const missing = commandNames.filter((name) => !done.has(name) && !beginnings.includes(name));
    expect(missing).to.deep.equal(toldElsewhere);
  });

  it('says of acts out of turn, and to anybody else, what the ledger would say', async () => {
    const ledger = new RuleLedger();
    let compared = 0;
    let open = 0;
    for (const [at, call] of tale.entries()) {
      for (const [tried, who] of outOfTurn(tale, at)) {
        if (subjectOf(tried) === undefined) continue;
        const said = await verdict(ledger, tried, who);
        const acts = await askedFor(ledger, tried, who);
        if (acts.length === 0 || said === taken || contents.has(said)) continue;
        const isOpen = acts.some(({ refusal }) => refusal === undefined);
        const told = `${tried.name} ${said}`;
        if (!onThatGround.includes(told)) {
          expect(isOpen, `${who.user}: ${told} ${JSON.stringify(acts)}`).to.equal(said === 'taken');
        }
        compared += 1;
        open += isOpen ? 1 : 0;
      }
      await ledger.run(call.name, call.input, call.act, call.secret);
    }
    // Nothing here means anything unless much is compared, of both kinds.
    expect([compared > 1_000, open > 30]).to.deep.equal([true, true]);
  });

  it('writes nothing, and knows no record that is not there', async () => {
    const ledger = new RuleLedger();
    for (const call of tale.slice(0, 60)) {
      await ledger.run(call.name, call.input, call.act, call.secret);
    }
    const { store } = memoryStore(ledger);
    const fail = () => expect.fail('an answer wrote something');
    const readOnly = { ...store, put: fail, endorse: fail, flush: fail, putPrivately: fail };
    const caller = { ...by('offices.head1'), txId: '0'.repeat(64) };
    const asking = { store: readOnly, channel: testChannel, caller };
    expect(await openActs(asking, 'cases', ['none-20260302-0001'])).to.equal(undefined);
    expect(await openActs(asking, 'nothing', ['x'])).to.equal(undefined);
    const [record] = ledger.all('case');
    expect(await openActs(asking, 'cases', [record?.caseNo ?? ''])).to.not.deep.equal([]);
  });
});

const contents = new Set<string>(contentRefusals);

/** A call of earlier or later now, one by somebody else, and one by anybody: spread over the tale, the same in every run. */
function outOfTurn(tale: readonly Call[], at: number): readonly (readonly [Call, Signed])[] {
  const now = tale[at]?.act.at ?? '';
  const of = (index: number) => tale[Math.min(Math.max(index, 0), tale.length - 1)];
  const departments = Object.keys(mspOf);
  const anybody = `${departments[at % departments.length] ?? ''}.${persons[at % persons.length] ?? ''}`;
  const calls = [of(at - 1 - (at % 40)), of(at - 1 - (at % 7)), of(at + 1 + (at % 15)), of(at)];
  return calls.flatMap((call, index) =>
    call === undefined
      ? []
      : [[call, index === 3 ? by(anybody, now) : { ...call.act, at: now }] as const],
  );
}
