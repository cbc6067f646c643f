import type {
  CaseEventRecord,
  CommandInput,
  CommandName,
  DepartmentFunction,
  DepartmentRecord,
  LedgerRecord,
  RecordKind,
  RecordOf,
} from '@yici/domain/model';
import {
  canonicalJson,
  commands,
  compositeKey,
  contractEvent,
  keyKinds,
  keyOf,
  padded,
} from '@yici/domain/model';
import type { Caller, Member, Outcome, YearCalendar } from '@yici/domain/rules';
import * as rules from '@yici/domain/rules';
import { appKeyRules } from './ledger-app-keys.js';
import { catalogueRules } from './ledger-catalogue.js';
import { datasetRules } from './ledger-datasets.js';
import { oneThingRules } from './ledger-one-thing.js';
import { responsibilityRules } from './ledger-responsibility.js';
import { supervisionRules } from './ledger-supervision.js';
import { sharingRules } from './ledger-sharing.js';
import type { LedgerView } from './ledger-view.js';

/** Who acts when; the department is found by its MSP as the contracts do. */
export interface Act {
  readonly mspId: string;
  readonly role: Caller['role'];
  readonly user: string;
  readonly at: string;
  /** The delegation that the command names. */
  readonly under?: string;
}

let transactions = 0;

/** The world state as a map, and the rules over it: no shim, no peer. */
export class RuleLedger implements LedgerView {
  readonly state = new Map<string, LedgerRecord>();
  readonly events: { name: string }[] = [];
  /** What the private collections hold: collection and key. */
  readonly privately = new Map<string, string>();
  /** Keys with an endorsement policy of their own. */
  readonly endorsements = new Map<string, readonly string[]>();

  get<K extends RecordKind>(kind: K, ...attributes: string[]): RecordOf<K> | undefined {
    const { objectType } = keyKinds[kind];
    return this.state.get(compositeKey({ objectType, attributes })) as RecordOf<K> | undefined;
  }

  all<K extends RecordKind>(kind: K): RecordOf<K>[] {
    return [...this.state.values()].filter(
      (record): record is RecordOf<K> & LedgerRecord => record.kind === kind,
    );
  }

  /** Runs one command with the checks the contracts make, and writes what the rule says. */
  run<N extends CommandName>(
    name: N,
    input: CommandInput<N>,
    act: Act,
    secret?: unknown,
  ): LedgerRecord {
    commands[name].input.parse(input);
    transactions += 1;
    const { under, ...who } = act;
    const caller: Caller = { ...who, txId: transactions.toString(16).padStart(64, '0') };
    return this.#write(
      ruleTable[name](this, input as never, this.#acting(name, caller, under), secret),
    );
  }

  /** As the contracts do: in one's own role, or in that of the official whom a delegation names. */
  #acting(name: CommandName, caller: Caller, under: string | undefined): Caller {
    const command = { name, roles: commands[name].roles };
    if (under !== undefined) {
      const delegation = this.get('delegation', under);
      return rules.actingUnder(command, delegation, under, this.member(caller));
    }
    rules.authorize(command, caller);
    return caller;
  }

  #write({ main, also, event, endorsement, privately = [] }: Outcome): LedgerRecord {
    for (const record of [main, ...also]) this.#put(record);
    this.events.push(contractEvent.parse(event));
    if (endorsement !== undefined) {
      this.endorsements.set(compositeKey(keyOf(endorsement.record)), endorsement.mspIds);
    }
    for (const { collection, key, value } of privately) {
      const name = `${collection} ${compositeKey(key)}`;
      if (value === undefined) this.privately.delete(name);
      else this.privately.set(name, value);
    }
    return main;
  }

  /** A rule may only write what its schema allows, and never over an event. */
  #put(record: LedgerRecord): void {
    keyKinds[record.kind].schema.parse(record);
    const key = compositeKey(keyOf(record));
    if (record.kind === 'caseEvent' && this.state.has(key)) {
      throw new RangeError(`event written twice: ${record.caseNo} ${record.seq}`);
    }
    this.state.set(key, JSON.parse(canonicalJson(record)) as LedgerRecord);
  }

  member(caller: Caller): Member {
    const entry = this.get('departmentOfMsp', caller.mspId);
    return { ...caller, department: entry?.department ?? 'nobody' };
  }

  calendar(pinned: { year: number; version: number }[] = []) {
    return (year: number): YearCalendar | undefined => {
      const version = pinned.find((known) => known.year === year)?.version;
      if (version === undefined) return this.get('calendar', year.toString())?.inForce;
      return this.get('calendarVersion', year.toString(), padded(version));
    };
  }

  holder(name: DepartmentFunction) {
    return this.get('functionHolder', name);
  }

  holderDepartments(except: string): ReadonlyMap<DepartmentFunction, DepartmentRecord> {
    const found = new Map<DepartmentFunction, DepartmentRecord>();
    for (const holder of this.all('functionHolder')) {
      const department = this.get('department', holder.department);
      if (department !== undefined && department.id !== except) {
        found.set(holder.function, department);
      }
    }
    return found;
  }

  caseState(caseNo: string) {
    const record = this.get('case', caseNo);
    return {
      case: record,
      existing: record,
      matter:
        record === undefined
          ? undefined
          : this.get('matter', record.taskCode, padded(record.matterVersion)),
      attestations: new Map(this.all('attestation').map((known) => [known.attestationId, known])),
      calendar: this.calendar(record?.calendars),
    };
  }

  chain(caseNo: string): CaseEventRecord[] {
    return this.all('caseEvent')
      .filter((event) => event.caseNo === caseNo)
      .sort((a, b) => a.seq - b.seq);
  }
}

type Rule<N extends CommandName> = (
  ledger: RuleLedger,
  input: CommandInput<N>,
  caller: Caller,
  secret?: unknown,
) => Outcome;

type CaseCommand = Extract<CommandName, `case.${string}`>;
type CaseRule<N extends CaseCommand> = (
  state: ReturnType<RuleLedger['caseState']>,
  input: CommandInput<N>,
  member: Member,
) => Outcome;

function onCase<N extends CaseCommand>(rule: CaseRule<N>): Rule<N> {
  return (ledger, input, caller) =>
    rule(ledger.caseState(input.caseNo), input, ledger.member(caller));
}

function matterVersion(ledger: RuleLedger, taskCode: string, version: number | undefined) {
  return version === undefined ? undefined : ledger.get('matter', taskCode, padded(version));
}

const ruleTable: { readonly [N in CommandName]: Rule<N> } = {
  'department.register': (ledger, input, caller) =>
    rules.registerDepartment(
      {
        withId: ledger.get('department', input.id),
        withMsp: ledger.get('departmentOfMsp', caller.mspId),
      },
      input,
      caller,
    ),
  'department.update': (ledger, input, caller) => {
    const member = ledger.member(caller);
    return rules.updateDepartment(
      { own: ledger.get('department', member.department) },
      input,
      member,
    );
  },
  'department.confirm': (ledger, input, caller) =>
    rules.confirmDepartment(
      {
        claimant: ledger.get('department', input.id),
        holders: ledger.holderDepartments(input.id),
        registeredDepartments: ledger.all('departmentOfMsp').length,
      },
      input,
      ledger.member(caller),
    ),
  'calendar.import': (ledger, input, caller) =>
    rules.importCalendar(
      {
        leadAuthority: ledger.holder('leadAuthority'),
        calendar: ledger.get('calendar', input.year.toString()),
      },
      input,
      ledger.member(caller),
    ),
  'calendar.confirm': (ledger, input, caller) => {
    const year = input.year.toString();
    const calendar = ledger.get('calendar', year);
    const version = calendar?.inForce?.version;
    return rules.confirmCalendar(
      {
        calendar,
        proposed: ledger.get('calendarVersion', year, padded(input.version)),
        inForce:
          version === undefined ? undefined : ledger.get('calendarVersion', year, padded(version)),
      },
      input,
      ledger.member(caller),
    );
  },
  'time.beacon': (ledger, input, caller) =>
    rules.showPeriod({ newest: ledger.get('beacon', 'newest') }, input, ledger.member(caller)),
  ...catalogueRules,
  ...oneThingRules,
  'case.submit': (ledger, input, caller) =>
    rules.submitCase(
      {
        existing: ledger.get('case', input.caseNo),
        taken:
          input.insteadOf === undefined
            ? undefined
            : ledger.get('caseEvent', input.insteadOf, padded(0)),
        matter: matterVersion(ledger, input.taskCode, input.matterVersion),
        bar: ledger.get('commitmentBar', input.taskCode, ledger.member(caller).department),
        calendar: ledger.calendar(),
      },
      input,
      ledger.member(caller),
    ),
  'case.receive': onCase(rules.receiveCase),
  'case.accept': onCase(rules.acceptCase),
  'case.tolerantAccept': onCase(rules.tolerantAcceptCase),
  'case.supplementNotice': onCase(rules.supplementNotice),
  'case.supplement': onCase(rules.supplementCase),
  'case.refuse': onCase(rules.refuseCase),
  'case.opinion': onCase(rules.giveOpinion),
  'case.decide': onCase(rules.decideCase),
  'case.complete': onCase(rules.completeCase),
  'case.deliver': onCase(rules.deliverCase),
  'case.withdraw': onCase(rules.withdrawCase),
  'case.deemAccepted': onCase(rules.deemAccepted),
  'case.deemWithdrawn': onCase(rules.deemWithdrawn),
  'case.startSpecialProcedure': onCase(rules.startSpecialProcedure),
  'case.endSpecialProcedure': onCase(rules.endSpecialProcedure),
  'case.requestExtension': onCase(rules.requestExtension),
  'case.approveExtension': onCase(rules.approveExtension),
  'case.lapseStep': onCase(rules.lapseStep),
  'case.passStep': onCase(rules.passStep),
  'case.revokeAcceptance': onCase(rules.revokeAcceptance),
  'case.recordInspection': onCase(rules.recordInspection),
  'case.revokeDecision': onCase(rules.revokeDecision),
  'case.archive': onCase(rules.archiveCase),
  'case.correct': (ledger, input, caller) =>
    rules.correctCase(
      {
        case: ledger.get('case', input.caseNo),
        target: ledger.get('caseEvent', input.caseNo, padded(input.seq)),
      },
      input,
      ledger.member(caller),
    ),
  ...datasetRules,
  ...appKeyRules,
  ...responsibilityRules,
  ...supervisionRules,
  ...sharingRules,
};
