import type { CommandInput, ReformRecord } from '@yici/domain/model';
import { by, documentOf, morning, type Runner } from './story.js';

type Reform = CommandInput<'reform.register'>;

/** A reorganisation of these changes, decided by the provincial government. */
export function reformOf(
  changes: Reform['changes'],
  effectiveOn = '2026-03-09',
  reformId = 'reform-2026-1',
): Reform {
  const decision = { organ: '省人民政府', document: documentOf('浙政函〔2026〕12号') };
  return { reformId, decision, effectiveOn, changes };
}

/** The government offices end, and finance goes on with what was theirs. */
export const merger: Reform['changes'] = [
  { kind: 'everything', department: 'offices', to: 'finance' },
];

/** Registered by the Establishment Office, and accepted by every receiver. */
export async function inForce(
  runner: Runner,
  reform: Reform,
  at = morning('2026-03-05'),
): Promise<ReformRecord> {
  const { reformId } = reform;
  await runner.run('reform.register', reform, by('establishment.clerk1', at));
  const receivers = reform.changes.map((one) => (one.kind === 'rename' ? one.department : one.to));
  let confirmed;
  for (const receiver of new Set(receivers)) {
    confirmed = await runner.run('reform.confirm', { reformId }, by(`${receiver}.head1`, at));
  }
  return confirmed as ReformRecord;
}
