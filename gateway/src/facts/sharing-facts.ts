import {
  concernedByDispute,
  shanghaiDate,
  type AttestationRecord,
  type ChallengeRecord,
  type DisputeRecord,
  type ShareRecord,
} from '@yici/domain/model';
import { daysBetween } from './elapsed.js';
import { fact, yes, type FactOf, type PlacedFact } from './fact.js';

/** A request for data, and its reply. `department` is the provider. */
export function shareFacts(record: ShareRecord): PlacedFact[] {
  const { shareId, parties, provider, requester, datasetId, shareClass, deliveries } = record;
  const served = yes(deliveries > 0);
  return [
    fact('share', {
      ...{ subject: 'share', id: shareId, parties, day: shanghaiDate(record.requestedAt) },
      labels: { department: provider, requester, dataset: datasetId, class: shareClass },
      numbers: {
        requests: 1,
        served,
        returnFlowServed: record.returnFlow ? served : undefined,
      },
    }),
    ...replyFact(record),
    ...extension(record),
  ];
}

/** More time to reply, once the lead authority allowed it. */
function extension(record: ShareRecord): PlacedFact[] {
  const { shareId, parties, provider, requester, datasetId, extension: asked } = record;
  if (asked?.allowedAt === undefined) return [];
  return [
    fact('shareExtension', {
      ...{ subject: 'share', id: shareId, parties, day: shanghaiDate(asked.allowedAt) },
      labels: { department: provider, requester, dataset: datasetId },
      numbers: { extensions: 1 },
    }),
  ];
}

/**
 * The first reply: a grant, or a refusal by its legal ground; an order to provide does not make it timely. An overdue
 * request counts as not answered in time; a request waiting for its supplement is the requester's turn.
 */
function replyFact(record: ShareRecord): PlacedFact[] {
  const { shareId, parties, provider, requester, datasetId, reply, firstReply, state } = record;
  if (reply === undefined) return [];
  const clock = firstReply ?? reply;
  const common = {
    subject: 'share',
    id: shareId,
    parties,
    labels: { department: provider, requester, dataset: datasetId },
  } as const;
  const first = firstAnswer(record);
  if (first === undefined) {
    if (state !== 'FILED') return [];
    const { dueOn: day } = firstReply?.late === true ? firstReply : reply;
    return [fact('reply', { ...common, day, open: true, numbers: { due: 1, inTime: 0 } })];
  }
  const day = shanghaiDate(first.at);
  return [
    fact('reply', {
      ...common,
      day,
      labels: { ...common.labels, basis: first.basis },
      numbers: {
        due: 1,
        inTime: yes(!first.late && firstReply?.late !== true),
        replies: 1,
        refused: yes(first.basis !== undefined),
        days: daysBetween(clock.startedOn, day),
      },
    }),
  ];
}

/** What was answered first; a refusal has its ground. */
function firstAnswer({ granted, refusal }: ShareRecord) {
  const refused = refusal !== undefined && (granted === undefined || refusal.at < granted.at);
  const first = refused ? refusal : granted;
  if (first === undefined) return undefined;
  return { at: first.at, late: first.late, basis: refused ? refusal.basis : undefined };
}

export function challengeFacts(record: ChallengeRecord): PlacedFact[] {
  const { shareId, challengeId, provider, requester, datasetId, answer, dueOn } = record;
  return [
    fact('challenge', {
      subject: 'challenge',
      id: `${shareId}/${challengeId}`,
      parties: [provider, requester],
      day: answer === undefined ? dueOn : shanghaiDate(answer.at),
      open: answer === undefined,
      labels: { department: provider, requester, dataset: datasetId, outcome: answer?.outcome },
      numbers: { challenges: 1, inTime: yes(answer?.late === false) },
    }),
  ];
}

/** Every stage of a dispute, and its duration once it is decided. */
export function disputeFacts(record: DisputeRecord): PlacedFact[] {
  const { disputeId, shareId, provider, requester, stages, outcomes, status } = record;
  const common = {
    subject: 'dispute',
    id: `${shareId}/${disputeId}`,
    parties: concernedByDispute(record),
  } as const;
  const who = { department: provider, requester };
  const entered = stages.map(({ stage, on }) =>
    fact('disputeStage', {
      ...common,
      part: stage,
      day: on,
      labels: { ...who, stage, subject: record.subject },
      numbers: { disputes: 1 },
    }),
  );
  const first = stages[0];
  const last = outcomes.at(-1);
  if (status !== 'decided' || first === undefined || last === undefined) return entered;
  const labels: FactOf<'disputeEnd'>['labels'] = { ...who, stage: last.stage, order: last.order };
  const numbers = { days: daysBetween(first.on, last.on) };
  return [...entered, fact('disputeEnd', { ...common, day: last.on, labels, numbers })];
}

export function attestationFacts(record: AttestationRecord): PlacedFact[] {
  const { attestationId, issuer, requester, datasetId } = record;
  return [
    fact('attestation', {
      subject: 'attestation',
      id: attestationId,
      parties: [issuer, requester],
      day: shanghaiDate(record.issuedAt),
      labels: { department: issuer, requester, dataset: datasetId },
      numbers: { attestations: 1 },
    }),
  ];
}
