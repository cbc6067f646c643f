import { handlingStates, type CaseRecord } from '@yici/domain/model';
import type { NodeStatus } from '../../charts/diagram.js';
import type { Following } from '../../charts/placed.js';

/** One step of a case's way. */
export interface FlowNode extends Following {
  /** A step of the flow, or one of the acts that every case has. */
  readonly what: 'step' | 'submit' | 'accept' | 'decide' | 'complete' | 'deliver';
  readonly department: string;
  readonly status: NodeStatus;
  readonly at: string | undefined;
  readonly dueOn: string | undefined;
}

/** The way of a case: filed, accepted, each opinion after those that it follows, decided, completed, delivered. */
export function flowOf(record: CaseRecord): readonly FlowNode[] {
  const steps = stepsOf(record);
  const followed = new Set(steps.flatMap(({ after }) => after));
  const last = steps.filter(({ id }) => !followed.has(id)).map(({ id }) => id);
  return [...doorOf(record), ...steps, ...endOf(record, last.length > 0 ? last : ['accept'])];
}

const isHandled = ({ state }: CaseRecord): boolean =>
  (handlingStates as readonly string[]).includes(state);

function doorOf(record: CaseRecord): FlowNode[] {
  const { applicant, owner, state, submittedAt, acceptance, replyBy } = record;
  const waitsForApplicant = state === 'SUPPLEMENT_NOTIFIED';
  const isOpen = ['SUBMITTED', 'RECEIVED', 'SUPPLEMENT_NOTIFIED'].includes(state);
  const accepted = acceptance === undefined ? (isOpen ? 'now' : 'waiting') : 'done';
  return [
    {
      ...{ id: 'submit', what: 'submit', department: applicant, after: [], at: submittedAt },
      ...{ status: 'done', dueOn: undefined },
    },
    {
      ...{ id: 'accept', what: 'accept', after: ['submit'], at: acceptance?.at },
      ...{ department: waitsForApplicant ? applicant : owner, status: accepted },
      dueOn: waitsForApplicant ? record.notices.at(-1)?.dueOn : replyBy,
    },
  ];
}

function stepsOf({ steps }: CaseRecord): FlowNode[] {
  return steps.map(({ id, department, after, status, late, answeredAt, dueOn }) => ({
    ...{ id, what: 'step' as const, department, at: answeredAt, dueOn },
    after: after.length > 0 ? after : ['accept'],
    status: statusOfStep(status, late),
  }));
}

function statusOfStep(status: CaseRecord['steps'][number]['status'], late = false): NodeStatus {
  switch (status) {
    case 'waiting':
      return 'waiting';
    case 'open':
      return 'now';
    case 'passed':
      return 'passed';
    case 'answered':
      return late ? 'late' : 'done';
  }
}

function endOf(record: CaseRecord, after: readonly string[]): FlowNode[] {
  const { owner, state, decision, completedAt, deliveredAt, steps, dueOn, deliverBy } = record;
  const answered = steps.every(({ status }) => status === 'answered' || status === 'passed');
  const decides = decision === undefined && isHandled(record) && answered;
  const completes = completedAt === undefined && state.startsWith('DECIDED');
  const status = (isDone: boolean, isNow: boolean): NodeStatus =>
    isDone ? 'done' : isNow ? 'now' : 'waiting';
  const node = (what: 'decide' | 'complete' | 'deliver', of: Omit<FlowNode, 'id' | 'what'>) => ({
    ...{ id: what, what },
    ...of,
  });
  const department = owner;
  return [
    node('decide', {
      ...{ department, after, at: decision?.at, dueOn },
      status: status(decision !== undefined, decides),
    }),
    node('complete', {
      ...{ department, after: ['decide'], at: completedAt, dueOn },
      status: status(completedAt !== undefined, completes),
    }),
    node('deliver', {
      ...{ department, after: ['complete'], at: deliveredAt, dueOn: deliverBy },
      status: status(deliveredAt !== undefined, state === 'COMPLETED'),
    }),
  ];
}
