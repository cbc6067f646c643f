import type {
  AttestationRecord,
  CardRecord,
  DelegationRecord,
  DutyRulingRecord,
  EvaluationRecord,
  OneThingCaseRecord,
  OrderRecord,
  ShareGrantRecord,
  ShareRecord,
  ShareState,
  UrgeRecord,
} from '@yici/domain/model';
import { clerkOf, dayOf, instant, type CaseFacts } from './case-records.js';
import { digestOf, hexOf } from './random.js';

/** Records that stand beside cases, each about one case of the synthetic city. */

const supervisor = {
  department: 'supervision',
  role: 'supervisor',
  user: 'supervision.supervisor1',
} as const;

const partiesOf = ({ applicant, task }: CaseFacts): string[] =>
  [...new Set([applicant, task.owner, ...task.participants])].sort();

export function attestationOf(
  facts: CaseFacts,
  datasetId: string,
  status: AttestationRecord['status'],
): AttestationRecord {
  const { caseNo, applicant, task, at } = facts;
  return {
    kind: 'attestation',
    v: 1,
    attestationId: `at-${caseNo}`,
    datasetId,
    datasetVersion: 1,
    issuer: applicant,
    requester: task.owner,
    caseNo,
    purpose: '核验办件材料',
    fields: [
      { code: 'name', ...digestOf(`${caseNo} name`) },
      { code: 'status', ...digestOf(`${caseNo} status`) },
    ],
    validFrom: instant(at),
    validTo: instant(at, 365),
    status,
    issuedBy: clerkOf(applicant),
    issuedAt: instant(at, 1),
    changes: [],
  };
}

export function cardOf(facts: CaseFacts, colour: CardRecord['colour']): CardRecord {
  const { caseNo, task, at } = facts;
  const startedOn = dayOf(at);
  const dueOn = dayOf(at, 7);
  return {
    kind: 'card',
    v: 1,
    cardId: `${caseNo}.reply.${dueOn}.${colour}`,
    caseNo,
    colour,
    clock: { what: 'reply', startedOn, dueOn, limitDays: 5 },
    department: task.owner,
    parties: partiesOf(facts),
    raisedBy: supervisor,
    raisedAt: instant(at, 8),
  };
}

export function evaluationOf(facts: CaseFacts, score: number): EvaluationRecord {
  return {
    kind: 'evaluation',
    v: 1,
    caseNo: facts.caseNo,
    owner: facts.task.owner,
    parties: partiesOf(facts),
    score,
    by: clerkOf(facts.applicant),
    at: instant(facts.at, 14),
  };
}

export function urgeOf(facts: CaseFacts): UrgeRecord {
  return {
    kind: 'urge',
    v: 1,
    urgeId: 'u1',
    caseNo: facts.caseNo,
    department: facts.task.owner,
    parties: partiesOf(facts),
    note: '请尽快办理',
    by: supervisor,
    at: instant(facts.at, 6),
  };
}

export function orderOf(facts: CaseFacts, status: OrderRecord['status']): OrderRecord {
  const { caseNo, task, at } = facts;
  return {
    kind: 'order',
    v: 1,
    orderId: `o-${caseNo}`,
    department: task.owner,
    caseNo,
    subject: '督促按期办结',
    document: digestOf(`${caseNo} order`),
    limit: { value: 5, unit: 'workingDay' },
    dueOn: dayOf(at, 16),
    issuedBy: supervisor,
    issuedAt: instant(at, 9),
    status,
    replies: [],
  };
}

export function rulingOf(
  { caseNo, task, applicant, at }: CaseFacts,
  status: DutyRulingRecord['status'],
): DutyRulingRecord {
  return {
    kind: 'dutyRuling',
    v: 1,
    rulingId: `${caseNo}-R1`,
    caseNo,
    subject: { kind: 'case' },
    office: 'establishment',
    status,
    responsible: task.owner,
    bounces: [
      {
        subject: { kind: 'case' },
        from: task.owner,
        to: applicant,
        clause: { department: applicant, code: 'D1', version: 1 },
        offeredBy: clerkOf(task.owner),
        offeredAt: instant(at, 1),
        answerBy: dayOf(at, 3),
        status: 'declined',
      },
    ],
    openedAt: instant(at, 3),
    dueOn: dayOf(at, 10),
  };
}

export function delegationOf({ caseNo, task, at }: CaseFacts, from: string): DelegationRecord {
  const { owner: department } = task;
  return {
    kind: 'delegation',
    v: 1,
    delegationId: `d-${caseNo}`,
    department,
    from: `${department}.${from}`,
    role: 'clerk',
    to: `${department}.clerk2`,
    fromDay: dayOf(at),
    toDay: dayOf(at, 5),
    reasonCode: 'leave',
    grantedBy: clerkOf(department),
    grantedAt: instant(at),
  };
}

export function oneThingCaseOf(
  { caseNo, task, applicant, at }: CaseFacts,
  code: string,
  status: OneThingCaseRecord['status'],
): OneThingCaseRecord {
  const open = status === 'open' ? 'open' : 'granted';
  const part = { taskCode: task.taskCode, matterVersion: 1, status: open } as const;
  return {
    kind: 'oneThingCase',
    v: 1,
    no: `${code}${caseNo.slice(caseNo.indexOf('-'))}`,
    code,
    version: 1,
    contentDigest: hexOf(code),
    applicant,
    lead: task.owner,
    parties: [...new Set([applicant, task.owner])].sort(),
    form: digestOf(`${caseNo} one form`),
    materials: [],
    parts: [
      { id: 'first', after: [], ...part, caseNo },
      { id: 'second', after: ['first'], ...part },
    ],
    status,
    submittedBy: clerkOf(applicant),
    submittedAt: instant(at),
    dueOn: dayOf(at, 20),
    calendars: [],
    updatedAt: instant(at),
  };
}

export function shareOf(
  { caseNo, task, applicant, at }: CaseFacts,
  datasetId: string,
  state: ShareState,
): ShareRecord {
  const granted = state === 'DISPOSED' || state === 'ENDED' || state === 'GRANTED';
  return {
    kind: 'share',
    v: 1,
    shareId: `s-${caseNo}`,
    datasetId,
    datasetVersion: 1,
    shareClass: 'conditional',
    provider: applicant,
    providerMsp: `${applicant}MSP`,
    requester: task.owner,
    requesterMsp: `${task.owner}MSP`,
    lead: 'data',
    parties: [...new Set([applicant, task.owner, 'data'])].sort(),
    returnFlow: false,
    conditions: [],
    limits: { reply: 10, deliver: 20 },
    state,
    request: {
      basis: {
        law: '行政许可法',
        clause: '第三十四条',
        text: '行政机关应当对申请人提交的申请材料进行审查。',
      },
      scenario: '办件核验',
      fields: ['name'],
      method: 'interface',
      term: { from: dayOf(at), to: dayOf(at, 365) },
    },
    requestedBy: clerkOf(task.owner),
    requestedAt: instant(at),
    ...(granted ? { granted: { by: clerkOf(applicant), at: instant(at, 3), late: false } } : {}),
    ...(state === 'ENDED' ? { ended: endOf(task.owner, at) } : {}),
    deliveries: 0,
    receipts: { count: granted && state !== 'GRANTED' ? 3 : 0, outside: 0 },
    openChallenges: 0,
    bound: false,
    calendars: [],
    updatedAt: instant(at, 3),
    head: hexOf(caseNo),
    nextSeq: 1,
  };
}

const endOf = (requester: string, at: Date): NonNullable<ShareRecord['ended']> => ({
  reason: 'purposeMet',
  by: clerkOf(requester),
  at: instant(at, 30),
  on: dayOf(at, 30),
  disposeBy: dayOf(at, 44),
  retentionDays: 10,
});

/** The grant of a share, under which nothing was delivered yet. */
export function grantOf(
  { shareId, datasetId, provider, requester, request }: ShareRecord,
  at: Date,
) {
  const grant: ShareGrantRecord = {
    kind: 'shareGrant',
    v: 1,
    ...{ shareId, datasetId, provider, requester, fields: request.fields },
    terms: {
      purpose: request.scenario,
      period: request.term,
      uses: ['核验'],
      retention: { value: 10, unit: 'workingDay' },
      conditions: [],
    },
    grantedBy: clerkOf(provider),
    grantedAt: instant(at, 3),
    startedOn: dayOf(at, 3),
    dueOn: dayOf(at, 31),
    limitDays: 20,
    deliveries: [],
  };
  return grant;
}
