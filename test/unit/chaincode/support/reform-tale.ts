import { inForce, reformOf } from './reforms.js';
import { filedShare } from './shares.js';
import { by, morning, taskCode, type Runner } from './story.js';

/** Every command of a reorganisation at least once, with a case and a share that go on with others. */
export async function reorganised(runner: Runner, caseNo: string): Promise<void> {
  const share = { shareId: 'share-reform', datasetId: 'finance.open' };
  await filedShare(runner, share);
  const offices = { department: 'offices', to: 'finance' } as const;
  const reform = reformOf(
    [
      { kind: 'rename', department: 'supervision', name: { zh: '督查局', en: 'Supervision' } },
      { kind: 'matter', ...offices, taskCode },
      { kind: 'duty', ...offices, code: 'OFFICES-01' },
      { kind: 'dataset', department: 'finance', to: 'hrss', datasetId: share.datasetId },
    ],
    '2026-03-31',
  );
  const { reformId } = reform;
  await inForce(runner, reform, morning('2026-03-30'));
  const act = by('data.gateway', morning('2026-03-31'));
  await runner.run('reform.takeName', { department: 'supervision' }, act);
  await runner.run('reform.moveDuty', { department: 'offices', code: 'OFFICES-01' }, act);
  await runner.run('reform.moveMatter', { taskCode }, act);
  await runner.run('reform.moveDataset', { datasetId: share.datasetId }, act);
  await runner.run('case.succeed', { caseNo, reformId }, act);
  await runner.run('sharing.succeed', { shareId: share.shareId, reformId }, act);
}
