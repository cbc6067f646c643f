import { shanghaiDate } from '@yici/domain/model';
import { fact, yes, type PlacedFact } from '../facts/fact.js';

/** A command refused by a rule of the contract, which is therefore not on the ledger. */
export interface Refusal {
  readonly txId: string;
  /** Time of the proposal. */
  readonly at: string;
  /** The caller's department; its MSP id before it is registered. */
  readonly department: string;
  readonly command: string;
  /** The contract's code. */
  readonly rule: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Rules against requesting unlisted materials. */
const againstExtra: ReadonlySet<string> = new Set([
  'MATERIAL_UNKNOWN',
  'MATERIAL_CATCH_ALL',
  'FORM_FIELD_UNKNOWN',
  'SHARE_CONDITION_ADDED',
]);
/** Rules against repeated requests: for what sharing supplies, or for a second supplement. */
const againstRepeats: ReadonlySet<string> = new Set([
  'MATERIAL_COVERED',
  'MATERIAL_SHARED',
  'SECOND_NOTICE',
  'SHARE_SECOND_NOTICE',
]);
/** Commands of applicants: submitting too much is not a request to anybody. */
const ofApplicants: ReadonlySet<string> = new Set([
  'case.submit',
  'case.supplement',
  'oneThing.submit',
]);

export function refusalFacts(refusal: Refusal): PlacedFact[] {
  const { txId, at, department, command, rule, input } = refusal;
  const asks = !ofApplicants.has(command);
  return [
    fact('refusal', {
      ...{ subject: 'transaction', id: txId, day: shanghaiDate(at), parties: [department] },
      labels: { department, command, rule, matter: matterIn(input) },
      numbers: {
        refused: 1,
        extraMaterial: yes(asks && againstExtra.has(rule)),
        repeatAsk: yes(asks && againstRepeats.has(rule)),
      },
    }),
  ];
}

/** The matter of a command: by its code, or by the prefix of its case number. */
function matterIn({ taskCode, caseNo }: Refusal['input']): string | undefined {
  if (typeof taskCode === 'string') return taskCode;
  return typeof caseNo === 'string' ? caseNo.slice(0, caseNo.indexOf('-')) : undefined;
}

/** Reads of one kind in a day. */
export interface Reads {
  readonly day: string;
  readonly department: string;
  readonly role: string;
  readonly route: string;
  readonly count: number;
}

export function readFact({ day, department, role, route, count }: Reads): PlacedFact {
  return fact('read', {
    ...{ subject: 'route', id: route, part: `${department}/${role}`, day, parties: [department] },
    labels: { department, route, role },
    numbers: { reads: count, bySupervisor: role === 'supervisor' ? count : undefined },
  });
}
