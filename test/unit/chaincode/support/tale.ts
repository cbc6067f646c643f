import type {
  CalendarVersionRecord,
  CommandInput,
  CommandName,
  DatasetVersionRecord,
} from '@yici/domain/model';
import { keyIdOf } from '@yici/domain/model';
import { mostMarkedAtOnce } from '@yici/domain/rules';
import { sm2Registration } from './sm2.js';
import {
  caseOf,
  decidePart,
  publishParts,
  publishTransfer,
  submitTransfer,
  transferCode,
  transferNo,
} from './one-thing-story.js';
import { tellSharing } from './shares.js';
import type { Runner } from './story.js';
import { reorganised } from './reform-tale.js';
import { disagreed, sentElsewhere } from './duty-tale.js';
import { decidedBy, registerDuties, rulingOf, standsIn } from './duties.js';
import {
  attestation,
  by,
  caseNo,
  dataset,
  deliveredCase,
  digestOf,
  documentOf,
  foundEverything,
  leaseMatter,
  morning,
  publishMany,
  publishDataset,
  publishMatter,
  reason,
  submission,
  taskCode,
} from './story.js';
import { supervised } from './supervision-tale.js';
import { tellTimeAndEndings } from './timed-tale.js';

/** No act of today comes to it: what it moves was delivered before there were collections for it (sharing-values.test.ts). */
export const toldElsewhere: readonly CommandName[] = ['sharing.moveValues'];

/** Every other command at least once, across several cases; the same tale for the rules and for the contracts. */
export async function tellEverything(runner: Runner): Promise<void> {
  await foundEverything(runner);
  await runner.run('time.beacon', {}, by('data.gateway', morning('2026-01-05')));
  await deliveredCase(runner);
  await endOfTheFirstCase(runner);
  await otherCases(runner);
  await silentCases(runner);
  await tellTimeAndEndings(runner);
  await oneThing(runner);
  await passedOn(runner);
  await disagreed(runner, await acceptedCase(runner, 41));
  await sentElsewhere(runner, await file(runner, 42));
  await tellSharing(runner);
  await governance(runner);
  await keys(runner);
  await supervised(runner, await file(runner, 9));
  await reorganised(runner, await file(runner, 43));
}

/** An SM2 key of HRSS: registered, then lost. */
async function keys(runner: Runner): Promise<void> {
  const head = by('hrss.head1', morning('2026-03-30'));
  await runner.run('appKey.register', sm2Registration, head);
  const { publicKey } = sm2Registration;
  await runner.run('appKey.revoke', { keyId: keyIdOf(publicKey), reasonCode: 'lost' }, head);
}

const numbered = (n: number) => `${taskCode}-20260302-${String(n).padStart(4, '0')}`;
const limit = { value: 3, unit: 'workingDay' } as const;

async function file(runner: Runner, n: number, codes?: readonly string[]): Promise<string> {
  const input = { ...submission(codes), caseNo: numbered(n) };
  await runner.run('case.submit', input, by('hrss.clerk1', morning('2026-03-02')));
  await runner.run(
    'case.receive',
    { caseNo: input.caseNo, voucherNo: `R-${n}` },
    by('offices.service1', morning('2026-03-02')),
  );
  return input.caseNo;
}

async function endOfTheFirstCase(runner: Runner): Promise<void> {
  const at = morning('2026-03-09');
  await runner.run(
    'case.correct',
    { caseNo, seq: 3, reasonCode: 'clerical', note: '条款号' },
    by('finance.head1', at),
  );
  const attestationId = 'att-budget';
  const use = { scenario: 'a', process: 'b', effect: 'c', storage: 'd', disposal: 'e' };
  await runner.run(
    'attestation.recordUse',
    { attestationId, useId: 'use-1', ...use },
    by('offices.service1', at),
  );
  for (const action of ['suspend', 'resume', 'revoke'] as const) {
    await runner.run(
      `attestation.${action}`,
      { attestationId, reasonCode: 'underReview' },
      by('finance.head1', at),
    );
  }
}

async function otherCases(runner: Runner): Promise<void> {
  const clerk = by('offices.clerk1', morning('2026-03-03'));
  const tolerant = await file(runner, 2, ['application']);
  await runner.run(
    'attestation.issue',
    { ...attestation('att-2', 'finance.budget'), caseNo: tolerant },
    by('finance.service1', morning('2026-03-03')),
  );
  await runner.run(
    'case.tolerantAccept',
    {
      caseNo: tolerant,
      tolerated: ['quote'],
      limit,
      pledge: digestOf('pledge'),
      attested: [{ code: 'budget', attestationId: 'att-2' }],
    },
    clerk,
  );
  const notified = await file(runner, 3);
  await runner.run(
    'case.supplementNotice',
    { caseNo: notified, items: [{ code: 'quote', deficiency: 'unclear' }], limit },
    clerk,
  );
  await runner.run(
    'case.supplement',
    { caseNo: notified, materials: [{ code: 'quote', document: digestOf('2') }] },
    by('hrss.clerk1', morning('2026-03-04')),
  );
  await runner.run(
    'case.refuse',
    { caseNo: notified, reason: { ...reason, code: 'stillIncomplete' } },
    by('offices.clerk1', morning('2026-03-05')),
  );
  const withdrawn = await file(runner, 4);
  await runner.run('case.withdraw', { caseNo: withdrawn, reasonCode: 'other' }, by('hrss.clerk1'));
}

async function silentCases(runner: Runner): Promise<void> {
  const silent = await file(runner, 5);
  await runner.run(
    'case.deemAccepted',
    { caseNo: silent },
    by('finance.service1', morning('2026-03-10')),
  );
  const unanswered = await file(runner, 6);
  await runner.run(
    'case.supplementNotice',
    { caseNo: unanswered, items: [{ code: 'quote', deficiency: 'unclear' }], limit },
    by('offices.clerk1', morning('2026-03-03')),
  );
  await runner.run(
    'case.deemWithdrawn',
    { caseNo: unanswered },
    by('hrss.service1', morning('2026-03-10')),
  );
}

/** Handed over, bounced twice, ruled on; a step returned and sent again; an official stood in for. */
async function passedOn(runner: Runner): Promise<void> {
  await registerDuties(runner);
  const bounced = await acceptedCase(runner, 7);
  const stepId = 'finance';
  const offer = { caseNo: bounced, stepId, to: 'supervision', dutyCode: 'SUPERVISION-01' };
  const decline = { caseNo: bounced, stepId, clauseOf: 'finance', dutyCode: 'FINANCE-01' };
  for (const day of ['2026-03-04', '2026-03-05']) {
    await runner.run('case.offerTransfer', offer, by('finance.clerk1', morning(day)));
    await runner.run('case.declineTransfer', decline, by('supervision.head1', morning(day)));
  }
  await standsIn(runner, 'd-1', '2026-03-05');
  const { proposal, decision } = rulingOf(`${bounced}-R1`);
  await runner.run(
    'dutyRuling.propose',
    proposal,
    by('establishment.head2', morning('2026-03-05')),
  );
  await runner.run('dutyRuling.decide', decision, {
    ...by('establishment.clerk2', morning('2026-03-06')),
    under: 'd-1',
  });
  await runner.run(
    'delegation.end',
    { delegationId: 'd-1', reasonCode: 'back' },
    by('establishment.head1', morning('2026-03-09')),
  );
  const owned = { caseNo: bounced, to: 'finance', dutyCode: 'FINANCE-01' };
  await runner.run('case.offerTransfer', owned, by('offices.head1', morning('2026-03-09')));
  await runner.run(
    'case.acceptTransfer',
    { caseNo: bounced },
    by('finance.head1', morning('2026-03-09')),
  );
  const step = { caseNo: bounced, stepId: 'headcount' };
  await runner.run(
    'case.returnStep',
    { ...step, reason: { code: 'stillIncomplete', text: digestOf('unreadable') } },
    by('establishment.clerk1', morning('2026-03-09')),
  );
  await runner.run(
    'case.resendStep',
    { ...step, document: digestOf('readable') },
    by('finance.clerk1', morning('2026-03-09')),
  );
}

async function acceptedCase(runner: Runner, n: number): Promise<string> {
  const accepted = await file(runner, n);
  await runner.run(
    'case.accept',
    { caseNo: accepted },
    by('offices.clerk1', morning('2026-03-03')),
  );
  return accepted;
}

async function governance(runner: Runner): Promise<void> {
  const duty = {
    department: 'offices',
    code: 'OFFICES-03',
    title: { zh: '办公用房', en: 'Office space' },
    clause: '（三）',
    document: documentOf('三定〔2024〕9号'),
    effectiveFrom: '2024-01-01',
  };
  await runner.run('duty.register', duty, by('establishment.clerk1'));
  const rooms = { ...dataset('offices.rooms'), dutyCode: duty.code };
  await publishDataset(runner, rooms, 'offices', morning('2026-03-02'));
  await noteAndSendBack(runner, rooms);
  const next = { ...leaseMatter, dutyCode: duty.code, effectiveFrom: '2026-04-01' };
  await publishMatter(runner, next, 'offices', 'establishment', morning('2026-03-20'));
  await changedDuty(runner, duty);
  await runner.run(
    'matter.retire',
    { taskCode, version: 2, reasonCode: 'merged' },
    by('offices.head1', morning('2026-03-21')),
  );
  await runner.run('department.update', { claim: ['leadAuthority'] }, by('hrss.head1'));
  for (const id of ['finance', 'offices', 'supervision']) {
    const confirm = { id: 'hrss', functions: ['leadAuthority' as const] };
    await runner.run('department.confirm', confirm, by(`${id}.head1`));
  }
  await correctedCalendar(runner);
}

/** A one thing is filed and moved on once; then its template is retired. */
async function oneThing(runner: Runner): Promise<void> {
  await publishParts(runner);
  await publishTransfer(runner);
  await submitTransfer(runner);
  await decidePart(runner, caseOf('use'), 'establishment', '2026-03-04');
  const cases = (['medical', 'pay'] as const).map((node) => ({
    node,
    caseNo: caseOf(node, '20260305'),
  }));
  const at = morning('2026-03-05');
  await runner.run('oneThing.advance', { no: transferNo, cases }, by('data.service1', at));
  const retire = { code: transferCode, version: 1, reasonCode: 'merged' as const };
  await runner.run('oneThing.retire', retire, by('hrss.head1', at));
}

/** A duty changes, its matter is reviewed; a second department claims the topic, and the office rules. */
async function changedDuty(runner: Runner, duty: CommandInput<'duty.register'>): Promise<void> {
  const at = morning('2026-03-21');
  const topic = 'office-space';
  const ruling = { text: '由机关事务中心负责', document: documentOf('编办〔2026〕3号') };
  const last = await publishMany(runner, mostMarkedAtOnce, duty.code);
  await runner.run('duty.register', { ...duty, topic }, by('establishment.clerk1', at));
  const review = { taskCode, version: 2, dutyVersion: 2 };
  await runner.run('matter.markForReview', { taskCode: last }, by('hrss.service1', at));
  await runner.run('matter.review', review, by('offices.head1', at));
  await runner.run('matter.review', { ...review, note: '一致' }, by('establishment.head1', at));
  const other = { ...duty, department: 'finance', code: 'FINANCE-09', topic };
  await runner.run('duty.register', other, by('finance.clerk1', at));
  const assigned = { topic, round: 1, kind: 'assigned', lead: 'offices', ...ruling } as const;
  await runner.run('duty.proposeOverlap', assigned, by('establishment.head1', at));
  await runner.run(
    'duty.resolveOverlap',
    { ...assigned, organ: decidedBy.organ },
    by('establishment.head2', at),
  );
  await nameOneSource(runner);
}

/** Two departments have entries about one topic; the lead authority names its source. */
async function nameOneSource(runner: Runner): Promise<void> {
  const topic = 'vehicles';
  for (const source of ['finance', 'offices']) {
    const entry = { ...dataset(`${source}.vehicles`), topic };
    await runner.run('dataset.register', entry, by(`${source}.clerk1`));
  }
  const naming = {
    topic,
    source: 'offices',
    text: '由其牵头收集',
    document: documentOf('数源1号'),
  };
  await runner.run('dataset.nameSource', naming, by('data.head1'));
}

/** The facts behind an entry change, its update is extended, and the lead authority sends the next version back. */
async function noteAndSendBack(
  runner: Runner,
  content: CommandInput<'dataset.register'>,
): Promise<void> {
  const { datasetId } = content;
  await runner.run(
    'dataset.noteChange',
    { datasetId, changedOn: '2026-03-02', cause: 'other', reason: 'moved' },
    by('offices.clerk1', morning('2026-03-03')),
  );
  await runner.run(
    'dataset.extendUpdate',
    { datasetId, reason: 'survey under way' },
    by('data.clerk1', morning('2026-03-04')),
  );
  const next = (await runner.run(
    'dataset.register',
    content,
    by('offices.clerk1', morning('2026-03-05')),
  )) as DatasetVersionRecord;
  const { version, contentDigest } = next;
  await runner.run(
    'dataset.approve',
    { datasetId, version, contentDigest, secrecyReview: digestOf('review') },
    by('offices.head1', morning('2026-03-06')),
  );
  await runner.run(
    'dataset.sendBack',
    { datasetId, version, note: 'the scope is unclear' },
    by('data.clerk1', morning('2026-03-09')),
  );
}

/** The next version of a calendar, by the lead authority of that day; a case under way keeps the version it used. */
async function correctedCalendar(runner: Runner): Promise<void> {
  const content = {
    year: 2026,
    days: { offDays: ['2026-01-01', '2026-03-11'], makeUpDays: [] },
    notice: documentOf('国办发明电〔2026〕1号'),
  };
  const proposed = (await runner.run(
    'calendar.import',
    content,
    by('hrss.clerk1'),
  )) as CalendarVersionRecord;
  const { year, version, contentDigest } = proposed;
  await runner.run('calendar.confirm', { year, version, contentDigest }, by('data.head1'));
  await runner.run(
    'case.opinion',
    { caseNo: numbered(2), stepId: 'finance', answer: 'agree' },
    by('finance.clerk1', morning('2026-03-10')),
  );
  await runner.run(
    'case.opinion',
    { caseNo: numbered(2), stepId: 'headcount', answer: 'agree' },
    by('establishment.clerk1', morning('2026-03-10')),
  );
  await runner.run(
    'case.recount',
    { caseNo: numbered(2), year: 2026 },
    by('finance.clerk1', morning('2026-03-10')),
  );
}
