import { shanghaiDate } from '../kernel/days';
import type { CaseBody } from './chain';
import { caseClocks, type CaseClock } from './clocks';
import type { CaseRecord } from './records';
import { moved } from './responsibility';
import type { TransferSubject } from './responsibility-records';

type Missed = NonNullable<CaseRecord['missedBefore']>[number];

const mostMissed = 40;

/**
 * The case with the subject in another department's hands. What the sender has missed by then stays the sender's: it is
 * noted here, because from now on the record names the receiver for that limit.
 */
export function handedOver(
  before: CaseRecord,
  subject: TransferSubject,
  to: string,
  at: string,
): CaseBody {
  const body = moved(before, subject, to);
  const missed = missedBy(before, subject, to, at);
  if (missed.length === 0) return body;
  return {
    ...body,
    missedBefore: [...(before.missedBefore ?? []), ...missed].slice(0, mostMissed),
  };
}

function missedBy(before: CaseRecord, subject: TransferSubject, to: string, at: string): Missed[] {
  return caseClocks(before)
    .filter((clock) => isOf(subject, clock) && clock.department !== to)
    .filter(({ dueOn, dueAt }) => (dueAt === undefined ? shanghaiDate(at) > dueOn : at > dueAt))
    .filter((clock) => !isMissedBefore(before, clock))
    .map(({ what, step, department, startedOn, dueOn, limitDays }) => ({
      ...{ what, department, startedOn, dueOn, limitDays, handedOverAt: at },
      ...(step === undefined ? {} : { step }),
    }));
}

/** The limits that whoever has the subject must keep: not those of the hand-over itself, nor of others. */
function isOf(subject: TransferSubject, { what, step, paused }: CaseClock): boolean {
  if (paused) return false;
  return subject.kind === 'case'
    ? what === 'reply' || what === 'finish' || what === 'statutory'
    : what === 'opinion' && step === subject.stepId;
}

/** Whether the limit had been missed before its holder took it over. */
export function isMissedBefore(
  { missedBefore = [] }: Pick<CaseRecord, 'missedBefore'>,
  { what, step, dueOn }: Pick<CaseClock, 'what' | 'step' | 'dueOn'>,
): boolean {
  return missedBefore.some(
    (known) => known.what === what && known.step === step && known.dueOn === dueOn,
  );
}
