import type { CommandInput } from '@yici/domain/model';
import type { Runner } from './story.js';
import { by, documentOf, morning, mspOf, start } from './story.js';

/** One clause of each department's 三定 document, by the department: `FINANCE-01`. */
export async function registerDuties(runner: Runner): Promise<void> {
  for (const id of Object.keys(mspOf)) {
    await runner.run('duty.register', duty(id), by(`${id}.head1`, start));
  }
}

export function duty(id: string): CommandInput<'duty.register'> {
  return {
    department: id,
    code: `${id.toUpperCase()}-01`,
    title: { zh: `${id} 职责`, en: `Duty of ${id}` },
    clause: '（一）',
    document: documentOf('三定〔2024〕1号'),
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
