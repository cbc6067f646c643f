import { z } from 'zod';
import { actor } from '../kernel/roles';
import {
  attestationId,
  departmentId,
  fieldCode,
  recordOf,
  shareId,
  text,
  timestamp,
  useId,
} from '../kernel/scalars';
import { namesOf, type Vocabulary } from '../kernel/words';

/** What a use is of: an attestation by its id, a share by its own, which no attestation's id can look like. */
export function useSubject(use: {
  readonly attestationId?: string;
  readonly shareId?: string;
}): string {
  return use.attestationId ?? `share:${use.shareId ?? ''}`;
}

/** How a recorded use of a share can leave its grant. */
export const useDeviationWords = {
  noGrant: { zh: '没有有效的共享同意', en: 'no grant in force' },
  outsidePeriod: { zh: '超出同意使用期限', en: 'outside its period' },
  suspended: { zh: '暂停期间使用', en: 'while it was suspended' },
  widerScope: { zh: '超出同意使用范围', en: 'wider fields' },
} satisfies Vocabulary;

/**
 * 使用记录: what the requester did with an attestation or with data shared under a grant (Order 809 art 29), readable by
 * the provider and the lead authority. One of `attestationId` and `shareId` says which.
 */
export const useRecord = recordOf('use', {
  attestationId: attestationId.exactOptional(),
  shareId: shareId.exactOptional(),
  useId,
  requester: departmentId,
  usedAt: timestamp,
  scenario: text(500),
  process: text(500),
  effect: text(500),
  storage: text(500),
  disposal: text(500).exactOptional(),
  /** Of a share: the fields that were used. */
  fields: z.array(fieldCode).min(1).max(128).exactOptional(),
  /** Of a share: ways in which the use lies outside the grant, which show by themselves. */
  outside: z
    .array(z.enum(namesOf(useDeviationWords)))
    .max(4)
    .exactOptional(),
  recordedBy: actor,
  recordedAt: timestamp,
});
export type UseRecord = z.output<typeof useRecord>;

export type UseDeviation = keyof typeof useDeviationWords;
