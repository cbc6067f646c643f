import { requireCitable, type CitedDuty, type CitedFor } from '../../duty/citing';
import { handlingStates, type CaseState } from '../../kernel/case-states';
import { ContractError } from '../../kernel/errors';
import type { DutyClause, Handover, TransferSubject } from '../responsibility-records';
import type { CaseRecord, StepRecord } from '../records';
import { stepNotOpen, unknownStep } from '../steps';

/** States in which a case can change hands: from receipt, so that somebody was asked first, to the decision. */
const caseTransferStates: readonly CaseState[] = [
  'RECEIVED',
  'SUPPLEMENT_NOTIFIED',
  ...handlingStates,
];

const mostParties = 40;

export function subjectOf({ stepId }: { readonly stepId?: string }): TransferSubject {
  return stepId === undefined ? { kind: 'case' } : { kind: 'step', stepId };
}

export function isSameSubject(one: TransferSubject, other: TransferSubject): boolean {
  if (one.kind === 'case' || other.kind === 'case') return one.kind === other.kind;
  return one.stepId === other.stepId;
}

/** States in which a subject can change hands. */
export function transferStates({ kind }: TransferSubject): readonly CaseState[] {
  return kind === 'case' ? caseTransferStates : handlingStates;
}

type Held = Pick<CaseRecord, 'state' | 'owner' | 'steps'>;

/**
 * A step that waits for its department and for nothing else.
 * @throws ContractError STEP_UNKNOWN, ALREADY_ANSWERED, STEP_NOT_OPEN, WRONG_STATE when it was passed over
 */
export function openStepOf(record: Held, stepId: string): StepRecord {
  const step = record.steps.find((known) => known.id === stepId);
  if (step === undefined) throw unknownStep(record, stepId);
  if (step.status === 'waiting') throw stepNotOpen(record, step);
  if (step.status === 'passed') {
    throw new ContractError('WRONG_STATE', { stepId, state: step.status, allowed: ['open'] });
  }
  if (step.status === 'answered') {
    throw new ContractError('ALREADY_ANSWERED', { stepId, answeredAt: step.answeredAt });
  }
  return step;
}

/**
 * Who is responsible for a subject that is still open.
 * @throws ContractError STEP_UNKNOWN, ALREADY_ANSWERED, STEP_NOT_OPEN
 */
export function responsibleFor(record: Held, subject: TransferSubject): string {
  return subject.kind === 'case' ? record.owner : openStepOf(record, subject.stepId).department;
}

/** Whether there is still something that can change hands. */
export function isMovable(record: Held, subject: TransferSubject): boolean {
  if (!transferStates(subject).includes(record.state)) return false;
  if (subject.kind === 'case') return true;
  return record.steps.some((step) => step.id === subject.stepId && step.status === 'open');
}

/** The case with the subject in another department's hands. Start and due date stay as they are: no clock has stopped. */
export function moved<R extends Held>(record: R, subject: TransferSubject, to: string): R {
  if (subject.kind === 'case') return { ...record, owner: to };
  const steps = record.steps.map((step) =>
    step.id === subject.stepId ? { ...step, department: to } : step,
  );
  return { ...record, steps };
}

/** The parties with one more, who may see the case from now on. @throws ContractError LIMIT_REACHED */
export function withParty(parties: readonly string[], department: string): string[] {
  const all = [...new Set([...parties, department])].sort();
  if (all.length > mostParties)
    throw new ContractError('LIMIT_REACHED', { held: 'parties', most: mostParties });
  return all;
}

/** The offer of a subject that waits for its receiver. */
export function pendingOffer(
  record: Pick<CaseRecord, 'handovers'>,
  subject: TransferSubject,
): Handover | undefined {
  return record.handovers?.find(
    (known) => known.status === 'offered' && isSameSubject(known.subject, subject),
  );
}

/**
 * The pending offer of a subject, for its receiver.
 * @throws ContractError TRANSFER_NOT_OFFERED, WRONG_DEPARTMENT (R12)
 */
export function offerFor(
  record: CaseRecord,
  subject: TransferSubject,
  department: string,
): Handover {
  const offer = pendingOffer(record, subject);
  if (offer === undefined) throw new ContractError('TRANSFER_NOT_OFFERED', { subject });
  if (offer.to !== department) {
    throw new ContractError('WRONG_DEPARTMENT', { department, expected: offer.to });
  }
  return offer;
}

/** The hand-overs with one of them replaced. */
export function withHandover(
  record: Pick<CaseRecord, 'handovers'>,
  before: Handover,
  after: Handover,
): Handover[] {
  return (record.handovers ?? []).map((known) => (known === before ? after : known));
}

/** An offer whose subject was answered, decided or closed meanwhile has nothing left to hand over. */
export function settledHandovers(
  record: Held & Pick<CaseRecord, 'handovers'>,
): readonly Handover[] | undefined {
  return record.handovers?.map((known) =>
    known.status === 'offered' && !isMovable(record, known.subject)
      ? { ...known, status: 'ended' }
      : known,
  );
}

/** What a clause is cited for. */
export function citedFor(
  { taskCode }: Pick<CaseRecord, 'taskCode'>,
  subject: TransferSubject,
): CitedFor {
  return subject.kind === 'case' ? { taskCode } : { taskCode, stepId: subject.stepId };
}

/**
 * A duty clause that may be cited for it, as it stands in a case.
 * @throws ContractError DUTY_UNKNOWN, DUTY_NOT_CONFIRMED, DUTY_NOT_IN_FORCE, DUTY_NOT_CONCERNED
 */
export function citedClause(
  duty: CitedDuty | undefined,
  ids: { readonly department: string; readonly dutyCode: string },
  about: CitedFor,
  today: string,
): DutyClause {
  const { department, code, version } = requireCitable(duty, ids, about, today);
  return { department, code, version };
}

/**
 * A question before the Establishment Office is not passed on meanwhile, and one that was decided not again.
 * @throws ContractError DUTY_RULING_OPEN, DUTY_RULED
 */
export function requireNoRuling(
  before: Pick<CaseRecord, 'rulings'>,
  subject: TransferSubject,
): void {
  const ruling = before.rulings?.find((known) => isSameSubject(known.subject, subject));
  if (ruling === undefined) return;
  const { rulingId, dueOn, department } = ruling;
  if (ruling.decidedAt === undefined) {
    throw new ContractError('DUTY_RULING_OPEN', { rulingId, dueOn });
  }
  throw new ContractError('DUTY_RULED', { rulingId, department });
}

/** Nobody answers or decides its own application. @throws ContractError TRANSFER_INVALID */
export function refuseApplicant(record: CaseRecord, department: string): void {
  if (department === record.applicant) {
    throw new ContractError('TRANSFER_INVALID', { problem: 'toApplicant', department });
  }
}
