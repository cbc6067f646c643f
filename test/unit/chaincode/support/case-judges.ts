import {
  caseClocks,
  shanghaiDate,
  type CaseEventRecord,
  type CaseEventType,
  type CaseRecord,
} from '@yici/domain/model';
import { expect } from 'chai';

/** Holds what an act did to the clocks that a case keeps; says of each that it ended whether that was late. */
export function judgeEndedClocks(
  was: CaseRecord,
  now: CaseRecord,
  { by: actor, at }: CaseEventRecord,
): string[] {
  const { endedClocks: before = [] } = was;
  const { endedClocks: after = [] } = now;
  expect(after.slice(0, before.length)).to.deep.equal(before);
  const names = new Set([...caseClocks(now), ...after].map(nameOf));
  for (const clock of caseClocks(was)) expect(names).to.include(nameOf(clock));
  const ended = after.slice(before.length);
  for (const { endedAt, late, dueOn, department, what } of ended) {
    expect(endedAt).to.equal(at);
    const past = shanghaiDate(at) > dueOn;
    if (late) expect(past).to.equal(true);
    else if (actor.department === department && what !== 'procedure') expect(past).to.equal(false);
  }
  if (was.state !== 'WITHDRAWN' && now.state === 'WITHDRAWN') {
    const late = after.some((one) => one.late && one.department !== now.applicant);
    const flagged = now.flags.some(({ code }) => code === 'withdrawnAfterLimit');
    expect(flagged).to.equal(late);
  }
  return ended.map(({ what, late }) => `${what}/${String(late)}`);
}

const nameOf = ({ what, step = '' }: { readonly what: string; readonly step?: string }): string =>
  `${what}/${step}`;

/** Who made something and who signed for it, in every pair the case has. */
export function signatures(record: CaseRecord): (readonly [string | undefined, string])[] {
  const { extension, revocation: undone, decision, acceptance, steps, inspections = [] } = record;
  const approval = extension?.approval;
  const maker = undone?.of === 'decision' ? decision?.by.user : acceptance?.by.user;
  return [
    ...(approval === undefined ? [] : [[extension?.requestedBy.user, approval.by.user] as const]),
    ...(undone === undefined ? [] : [[maker, undone.by.user] as const]),
    ...steps.flatMap(({ passing, lapse }) =>
      passing === undefined ? [] : [[lapse?.by.user, passing.by.user] as const],
    ),
    ...inspections.map((one) => [decision?.by.user, one.by.user] as const),
  ];
}

/** R14: all that a closed case takes. */
export const afterTheEnd: readonly CaseEventType[] = [
  'case.correct',
  'case.recordInspection',
  'case.revokeDecision',
  'case.keepDecision',
  'case.changeLicence',
  'case.acknowledge',
  'case.recordService',
  'case.archive',
  'case.transferArchive',
  'case.receiveArchive',
  'case.resetRetention',
  'case.reopen',
  'case.liftCommitmentBar',
  'case.succeed',
];
