import { ContractError } from '../kernel/errors';
import type { DutyRecord, DutyVersionRecord } from './records';

/** The version of a duty that counts: the newest that is confirmed, or without one the duty as it stands. */
export type CitedDuty = DutyRecord | DutyVersionRecord;

/** What a clause is cited for: a case of a matter or, with `stepId`, one step of its flow. */
export interface CitedFor {
  readonly taskCode: string;
  readonly stepId?: string;
}

/**
 * A clause that may be cited: registered, confirmed by the Establishment Office, in force, and covering what it is cited
 * for. A clause that names a matter without a step covers all of its steps.
 * @throws ContractError DUTY_UNKNOWN, MOVED_BY_REFORM, DUTY_NOT_CONFIRMED, DUTY_NOT_IN_FORCE, DUTY_NOT_CONCERNED
 */
export function requireCitable(
  duty: CitedDuty | undefined,
  { department, dutyCode: code }: { readonly department: string; readonly dutyCode: string },
  about: CitedFor,
  today: string,
): CitedDuty {
  const ids = { department, code };
  if (duty === undefined) throw new ContractError('DUTY_UNKNOWN', ids);
  requireNotMoved(duty);
  const { version, confirmation, effectiveFrom, covers = [] } = duty;
  if (confirmation === undefined)
    throw new ContractError('DUTY_NOT_CONFIRMED', { ...ids, version });
  if (effectiveFrom > today) {
    throw new ContractError('DUTY_NOT_IN_FORCE', { ...ids, effectiveFrom });
  }
  const covered = covers.some(
    ({ taskCode, stepId }) =>
      taskCode === about.taskCode && (stepId === undefined || stepId === about.stepId),
  );
  if (!covered) throw new ContractError('DUTY_NOT_CONCERNED', { ...ids, version, ...about });
  return duty;
}

/** @throws ContractError MOVED_BY_REFORM when a reorganisation gave the clause to another department */
export function requireNotMoved({ code, moved }: CitedDuty): void {
  if (moved === undefined) return;
  const { to: now, reformId, at: since } = moved;
  throw new ContractError('MOVED_BY_REFORM', { duty: code, now, since, reformId });
}
