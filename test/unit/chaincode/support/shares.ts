import { createHash } from 'node:crypto';
import type { CommandInput, LedgerRecord, ShareRecord } from '@yici/domain/model';
import type { Act } from './ledger.js';
import type { Runner } from './story.js';
import { by, dataset, documentOf, morning, openDataset, publishDataset } from './story.js';

export const shareId = 'share-1';
export const datasetId = 'finance.pay';

const name = (code: string) => ({ code, name: { zh: code, en: code } });

/** Two fields on two listed conditions, of the finance bureau. */
export const payDataset: CommandInput<'dataset.register'> = {
  ...dataset(datasetId),
  fields: [name('grade'), name('salary')],
  conditions: {
    scope: 'Departments of the city level',
    terms: [
      { code: 'approvalOnly', text: 'For approvals' },
      { code: 'noCopies', text: 'No copies' },
    ],
  },
};
/** The same for every department. */
export const openPay = { ...openDataset('finance.open'), fields: payDataset.fields };

export const request: CommandInput<'sharing.request'> = {
  shareId,
  datasetId,
  basis: { law: '某条例', clause: '第三条', text: '（条文）' },
  scenario: '公务员转任核对工资',
  fields: ['grade', 'salary'],
  method: 'interface',
  term: { from: '2026-03-02', to: '2026-06-30' },
};
export const terms: CommandInput<'sharing.grant'> = {
  shareId,
  purpose: '公务员转任核对工资',
  period: { from: '2026-03-02', to: '2026-05-29' },
  uses: ['核对'],
  retention: { value: 5, unit: 'workingDay' },
  conditions: ['approvalOnly'],
};

/** Values with their salts, and their digests as the client makes them. */
export const values = [
  { code: 'grade', value: '九级', salt: '0a'.repeat(16) },
  { code: 'salary', value: '4711.25', salt: '0b'.repeat(32) },
];
export const sealed = (value: (typeof values)[number]) => ({
  code: value.code,
  digestAlg: 'sha256' as const,
  digest: createHash('sha256')
    .update(Buffer.from(value.salt, 'hex'))
    .update(value.value, 'utf8')
    .digest('hex'),
});
export const delivery: CommandInput<'sharing.deliver'> = { shareId, fields: values.map(sealed) };
export const receipt: CommandInput<'sharing.receipt'> = {
  shareId,
  useId: 'use-1',
  fields: ['grade'],
  scenario: '转任核对',
  process: '逐项核对',
  effect: '免交材料一份',
  storage: '不留存',
};

/** Publishes both data sets. */
export async function publishPay(runner: Runner): Promise<void> {
  await publishDataset(runner, payDataset, 'finance');
  await publishDataset(runner, openPay, 'finance');
}

/** Requested and consented to by another person on Monday 2026-03-02: the reply is due on 03-16. */
export async function filedShare(
  runner: Runner,
  changes: Partial<CommandInput<'sharing.request'>> = {},
): Promise<ShareRecord> {
  const input = { ...request, ...changes };
  await runner.run('sharing.request', input, by('hrss.clerk1', morning('2026-03-02')));
  const act = by('hrss.head1', morning('2026-03-02'));
  return (await runner.run('sharing.consent', { shareId: input.shareId }, act)) as ShareRecord;
}

/** The reply that waits is given: another of the provider's heads consents to it. */
export async function consentTo(
  runner: Runner,
  worded: LedgerRecord,
  act: Act,
): Promise<ShareRecord> {
  if (worded.kind !== 'share') throw new TypeError('no share');
  const { shareId: id, proposedReply } = worded;
  const input = { shareId: id, seq: proposedReply?.seq ?? -1 };
  return (await runner.run('sharing.consentReply', input, act)) as ShareRecord;
}

/** A grant as the finance bureau's clerk words it and its head consents to it, both at once. */
export async function grant(
  runner: Runner,
  date: string,
  changes: Partial<CommandInput<'sharing.grant'>> = {},
): Promise<ShareRecord> {
  const input = { ...terms, ...changes };
  const worded = await runner.run('sharing.grant', input, by('finance.clerk1', morning(date)));
  return consentTo(runner, worded, by('finance.head1', morning(date)));
}

/** A refusal, likewise. */
export async function refuse(
  runner: Runner,
  date: string,
  changes: Partial<CommandInput<'sharing.refuse'>> = {},
): Promise<ShareRecord> {
  const input = { shareId, basis: 'outsideDuty', reason: '无关', ...changes };
  const worded = await runner.run('sharing.refuse', input, by('finance.clerk1', morning(date)));
  return consentTo(runner, worded, by('finance.head1', morning(date)));
}

/** Granted on 2026-03-03: the delivery is due on 03-31. */
export async function grantedShare(
  runner: Runner,
  changes: Partial<CommandInput<'sharing.request'>> = {},
): Promise<ShareRecord> {
  await filedShare(runner, changes);
  return grant(runner, '2026-03-03', { shareId: changes.shareId ?? shareId });
}

/** Delivered on 2026-03-04, with its values. */
export async function deliveredShare(
  runner: Runner,
  changes: Partial<CommandInput<'sharing.request'>> = {},
): Promise<void> {
  await grantedShare(runner, changes);
  const input = { ...delivery, shareId: changes.shareId ?? shareId };
  const act = by('finance.service1', morning('2026-03-04'));
  await runner.run('sharing.deliver', input, act, { values });
}

/** The offices act for the government, by the declarations of others. */
export async function appointGovernment(runner: Runner): Promise<void> {
  await runner.run('department.update', { claim: ['government'] }, by('offices.head1'));
  for (const other of ['hrss', 'finance', 'data']) {
    const declared = { id: 'offices', functions: ['government' as const] };
    await runner.run('department.confirm', declared, by(`${other}.head1`));
  }
}

/** Every command of data sharing at least once. */
export async function tellSharing(runner: Runner): Promise<void> {
  await publishPay(runner);
  await appointGovernment(runner);
  await usedShare(runner);
  await unfinishedShares(runner);
  await disputedShare(runner);
  await stoppedShare(runner);
}

async function usedShare(runner: Runner): Promise<void> {
  await deliveredShare(runner);
  const on = (date: string, user: string) => by(user, morning(date));
  await runner.run('sharing.confirm', { shareId }, on('2026-03-05', 'hrss.clerk1'));
  await runner.run('sharing.receipt', receipt, on('2026-03-05', 'hrss.clerk1'));
  const wide = { ...receipt, useId: 'use-wide', fields: [...receipt.fields, 'address'] };
  await runner.run('sharing.receipt', wide, on('2026-03-05', 'hrss.clerk1'));
  const why = { shareId, note: '系统误录，未实际使用' };
  await runner.run('sharing.explainMisuse', why, on('2026-03-06', 'finance.clerk1'));
  const challenge = { shareId, challengeId: 'c-1' };
  await runner.run(
    'sharing.challenge',
    { ...challenge, fields: ['grade'], finding: '与批文不一致' },
    on('2026-03-06', 'hrss.clerk1'),
  );
  await runner.run(
    'sharing.answerChallenge',
    { ...challenge, outcome: 'confirmed', note: '无误' },
    on('2026-03-09', 'finance.clerk1'),
  );
  await runner.run(
    'sharing.suspend',
    {
      shareId,
      ground: 'thirdParty',
      note: '转给他人',
      limit: { value: 5, unit: 'workingDay' },
    },
    on('2026-03-10', 'finance.clerk1'),
  );
  await runner.run('sharing.mend', { shareId, note: '已收回' }, on('2026-03-11', 'hrss.clerk1'));
  await runner.run('sharing.resume', { shareId, note: '可' }, on('2026-03-12', 'finance.clerk1'));
  await runner.run(
    'sharing.end',
    { shareId, reason: 'purposeMet' },
    on('2026-03-13', 'hrss.clerk1'),
  );
  await runner.run('sharing.dispose', { shareId, note: '已删' }, on('2026-03-16', 'hrss.clerk1'));
}

async function unfinishedShares(runner: Runner): Promise<void> {
  const on = (date: string, user: string) => by(user, morning(date));
  const second = 'share-2';
  await filedShare(runner, { shareId: second });
  await runner.run(
    'sharing.extend',
    { shareId: second, days: 5, reason: '核对' },
    on('2026-03-03', 'finance.clerk1'),
  );
  await runner.run('sharing.allowExtension', { shareId: second }, on('2026-03-04', 'data.clerk1'));
  await runner.run(
    'sharing.askMissing',
    { shareId: second, items: [{ part: 'scenario', note: '不明确' }] },
    on('2026-03-05', 'finance.clerk1'),
  );
  await runner.run(
    'sharing.supplement',
    { shareId: second, scenario: '具体场景' },
    on('2026-03-06', 'hrss.head1'),
  );
  await runner.run(
    'sharing.withdraw',
    { shareId: second, reasonCode: 'notNeeded' },
    on('2026-03-09', 'hrss.clerk1'),
  );
  const third = 'share-3';
  await deliveredShare(runner, { shareId: third });
  await runner.run(
    'sharing.end',
    { shareId: third, reason: 'impossible' },
    on('2026-03-05', 'hrss.clerk1'),
  );
  await runner.run('sharing.purgeExpired', { shareId: third }, on('2026-03-16', 'data.service1'));
}

async function disputedShare(runner: Runner): Promise<void> {
  const on = (date: string, user: string) => by(user, morning(date));
  const ids = { shareId: 'share-4', disputeId: 'd-1' };
  await filedShare(runner, { shareId: ids.shareId });
  await refuse(runner, '2026-03-03', { shareId: ids.shareId });
  await runner.run(
    'sharing.dispute',
    { ...ids, subject: 'refusal', claim: '属于本部门职责' },
    on('2026-03-04', 'hrss.clerk1'),
  );
  await runner.run(
    'sharing.escalateDispute',
    { ...ids, note: '协商不成' },
    on('2026-03-05', 'hrss.clerk1'),
  );
  const proposal = { ...ids, order: 'provide', note: '应当共享' } as const;
  const document = documentOfDecision();
  await runner.run(
    'sharing.decideDispute',
    { ...proposal, document },
    on('2026-03-06', 'data.head1'),
  );
  for (const side of ['hrss', 'finance']) {
    await runner.run('sharing.decideDispute', proposal, on('2026-03-09', `${side}.head1`));
  }
}

/** A service that its provider ends as agreed, after a correction that the lead authority ordered. */
async function stoppedShare(runner: Runner): Promise<void> {
  const on = (date: string, user: string) => by(user, morning(date));
  const of = { shareId: 'share-5' };
  await deliveredShare(runner, of);
  await runner.run(
    'sharing.orderCorrection',
    { ...of, ground: 'keptTooLong', note: '留存超期', limit: { value: 5, unit: 'workingDay' } },
    on('2026-03-05', 'data.clerk1'),
  );
  await runner.run('sharing.mend', { ...of, note: '已删除' }, on('2026-03-06', 'hrss.clerk1'));
  const proposed = await runner.run(
    'sharing.proposeChange',
    { ...of, what: 'end', reason: '系统停用', from: '2026-03-10' },
    on('2026-03-09', 'finance.clerk1'),
  );
  if (proposed.kind !== 'share') throw new TypeError('no share');
  const { seq = -1 } = proposed.serviceChange ?? {};
  await runner.run('sharing.agreeChange', { ...of, seq }, on('2026-03-09', 'hrss.head1'));
  await runner.run('sharing.end', { ...of, reason: 'agreed' }, on('2026-03-10', 'finance.clerk1'));
}

function documentOfDecision() {
  const { digestAlg, digest } = documentOf('协调意见');
  return { digestAlg, digest };
}
