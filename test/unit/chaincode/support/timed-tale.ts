import { archiving, foundArchives, sound } from './archives.js';
import type { Runner } from './story.js';
import {
  by,
  digestOf,
  documentOf,
  leaseMatter,
  publishMatter,
  submission,
  taskCode,
} from './story.js';
import {
  deliveredPromise,
  hearing,
  licence,
  march,
  promisedCaseNo,
  revoking,
  workingDays,
} from './timed.js';

/** What stops, prolongs, lapses, ends and undoes a case: every such command at least once. */
export async function tellTimeAndEndings(runner: Runner): Promise<void> {
  await slowCase(runner);
  await gapThatStayed(runner);
  await brokenPromise(runner);
  await ownCause(runner);
}

async function slowCase(runner: Runner): Promise<void> {
  const caseNo = `${taskCode}-20260302-0011`;
  const clerk = (day: number) => by('offices.clerk1', march(day));
  await runner.run('case.submit', { ...submission(), caseNo }, by('hrss.clerk1', march(2)));
  await runner.run('case.receive', { caseNo }, clerk(2));
  await runner.run('case.accept', { caseNo }, clerk(3));
  await runner.run('case.startSpecialProcedure', hearing(caseNo, 5), clerk(4));
  await runner.run('case.endSpecialProcedure', { caseNo, no: 1 }, clerk(5));
  const ask = {
    reasonCode: 'siteSurvey' as const,
    grounds: digestOf('grounds'),
    limit: workingDays(3),
  };
  await runner.run('case.requestExtension', { caseNo, ...ask }, clerk(6));
  const approval = { notice: digestOf('letter'), government: documentOf('丽政函〔2026〕7号') };
  await runner.run('case.approveExtension', { caseNo, ...approval }, by('offices.head1', march(6)));
  const overdue = { caseNo, stepId: 'finance' };
  await runner.run('case.lapseStep', overdue, by('supervision.clerk1', march(17)));
  const pass = { ...overdue, grounds: digestOf('grounds') };
  await runner.run('case.passStep', pass, by('offices.head1', march(19)));
}

async function gapThatStayed(runner: Runner): Promise<void> {
  const caseNo = `${taskCode}-20260302-0012`;
  const clerk = (day: number) => by('offices.clerk1', march(day));
  const pledge = digestOf('pledge');
  const filed = { ...submission(['application']), caseNo, pledge };
  await runner.run('case.submit', filed, by('hrss.clerk1', march(2)));
  await runner.run('case.receive', { caseNo }, clerk(2));
  const tolerant = { caseNo, tolerated: ['quote'], limit: workingDays(3) };
  await runner.run('case.tolerantAccept', tolerant, clerk(3));
  await runner.run(
    'case.revokeAcceptance',
    revoking(caseNo, 'supplementOverdue'),
    by('offices.head1', march(9)),
  );
}

async function brokenPromise(runner: Runner): Promise<void> {
  await deliveredPromise(runner);
  const caseNo = promisedCaseNo;
  const clerk = (day: number) => by('offices.clerk1', march(day));
  const service = {
    caseNo,
    how: 'refused',
    on: '2026-03-06',
    document: digestOf('record'),
  } as const;
  await runner.run('case.recordService', service, clerk(6));
  await runner.run('case.acknowledge', { caseNo, on: '2026-03-09' }, by('hrss.clerk1', march(9)));
  await inTheArchive(runner, caseNo);
  const document = digestOf('report');
  const failed = { caseNo, result: 'fail', document } as const;
  await runner.run('case.recordInspection', { ...failed, correction: workingDays(3) }, clerk(10));
  await runner.run('case.recordInspection', failed, clerk(16));
  const reason = { code: 'againstProcedure', text: digestOf('public interest') } as const;
  await runner.run(
    'case.keepDecision',
    { caseNo, reason, document },
    by('offices.head2', march(16)),
  );
  await runner.run(
    'case.revokeDecision',
    revoking(caseNo, 'commitmentBroken'),
    by('offices.head2', march(17)),
  );
  const head = by('offices.head2', march(17));
  await runner.run('case.liftCommitmentBar', { caseNo, document }, head);
  await runner.run('case.reopen', { caseNo, ground: 'revocation', document }, head);
}

async function inTheArchive(runner: Runner, caseNo: string): Promise<void> {
  await foundArchives(runner, 'supervision', march(9));
  const { package: named, retentionBasis } = archiving;
  const owner = by('offices.clerk1', march(9));
  await runner.run('case.archive', { caseNo, ...archiving }, owner);
  await runner.run('case.transferArchive', { caseNo, package: named }, owner);
  const receipt = { caseNo, package: named, ...sound };
  await runner.run('case.receiveArchive', receipt, by('supervision.clerk1', march(9)));
  const longer = { caseNo, retention: 'permanent', retentionBasis, report: sound.report } as const;
  await runner.run('case.resetRetention', longer, by('supervision.head1', march(9)));
}

/** What the owner applied for at itself, decided by two. */
async function ownCause(runner: Runner): Promise<void> {
  const own = '331100JG000700019';
  const ownApplications = { coDecider: 'data' };
  const simple = { ...leaseMatter, taskCode: own, materials: [], flow: [], ownApplications };
  await publishMatter(runner, simple, 'offices');
  const caseNo = `${own}-20260302-0001`;
  const filed = { ...submission([]), caseNo, taskCode: own };
  await runner.run('case.submit', filed, by('offices.clerk2', march(2)));
  await runner.run('case.receive', { caseNo }, by('offices.clerk1', march(2)));
  await runner.run('case.accept', { caseNo }, by('offices.clerk1', march(3)));
  const granted = { caseNo, outcome: 'granted', document: digestOf('decision') } as const;
  await runner.run('case.coDecide', granted, by('data.head1', march(4)));
  await runner.run('case.decide', granted, by('offices.head1', march(5)));
  await runner.run('case.issueLicence', licence(caseNo), by('offices.clerk1', march(6)));
  const change = { status: 'suspended', ground: 'penalty', document: digestOf('penalty') } as const;
  await runner.run(
    'case.changeLicence',
    { caseNo, identifier: licence(caseNo).identifier, ...change },
    by('offices.head1', march(9)),
  );
}
