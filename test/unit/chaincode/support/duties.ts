import type { CommandInput } from '@yici/domain/model';
import type { Runner } from './story.js';
import {
  attested,
  by,
  caseNo,
  digestOf,
  documentOf,
  foundEverything,
  issueAttestations,
  morning,
  mspOf,
  receivedCase,
  start,
  taskCode,
} from './story.js';

/** One clause of each department's 三定 document, by the department and confirmed: `FINANCE-01`. It covers the lease. */
export async function registerDuties(runner: Runner): Promise<void> {
  for (const id of Object.keys(mspOf)) {
    await runner.run('duty.register', duty(id), by(`${id}.head1`, start));
    await confirmDuty(runner, duty(id));
  }
}

/** The Establishment Office's word for a version of a clause. */
export async function confirmDuty(
  runner: Runner,
  { department, code }: CommandInput<'duty.register'>,
  version = 1,
  at = start,
): Promise<void> {
  const named = { department, code, version };
  await runner.run('duty.confirm', named, by('establishment.head2', at));
}

/** A case among departments with confirmed duties: received on Monday with its attestations, accepted on Tuesday. */
export async function acceptedAmongDuties(runner: Runner): Promise<void> {
  await foundEverything(runner);
  await registerDuties(runner);
  await receivedCase(runner);
  await issueAttestations(runner, morning('2026-03-02'));
  const clerk = by('offices.clerk1', morning('2026-03-03'));
  await runner.run('case.accept', { caseNo, attested }, clerk);
}

export function duty(id: string): CommandInput<'duty.register'> {
  return {
    department: id,
    code: `${id.toUpperCase()}-01`,
    title: { zh: `${id} 职责`, en: `Duty of ${id}` },
    clause: '（一）',
    document: documentOf('三定〔2024〕1号'),
    covers: [{ taskCode }],
    effectiveFrom: '2024-01-01',
  };
}

/** The same, signed by both its ends. */
export async function standsIn(runner: Runner, delegationId: string, date: string): Promise<void> {
  const given = { ...standIn(delegationId), fromDay: date };
  await runner.run('delegation.grant', given, by(given.from, morning(date)));
  await runner.run('delegation.accept', { delegationId }, by(given.to, morning(date)));
}

/** Stands in for the Establishment Office's head in March. */
function standIn(delegationId: string): CommandInput<'delegation.grant'> {
  return {
    delegationId,
    from: 'establishment.head1',
    role: 'head',
    to: 'establishment.clerk2',
    fromDay: '2026-03-05',
    toDay: '2026-03-31',
    reasonCode: 'training',
  };
}

/** The organ and the number that the Establishment Office names when it registers a decision. */
export const decidedBy = { organ: '市委编委', number: '编委〔2026〕3号' };

/** A question of duty proposed for supervision, and the same decided and registered. */
export function rulingOf(rulingId: string) {
  const named = { rulingId, department: 'supervision', dutyCode: 'SUPERVISION-01' };
  return {
    proposal: { ...named, document: digestOf('opinion') },
    decision: { ...named, document: digestOf('decision'), ...decidedBy },
  };
}
