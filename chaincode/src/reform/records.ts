import { z } from 'zod';
import type { Vocabulary } from '../kernel/words';
import { keyKind } from '../kernel/keys';
import { actor } from '../kernel/roles';
import {
  datasetId,
  date,
  departmentId,
  documentRef,
  dutyCode,
  listOf,
  localText,
  recordOf,
  reformId,
  taskCode,
  text,
  timestamp,
} from '../kernel/scalars';

const from = { department: departmentId, to: departmentId };

export const changeWords = {
  rename: { zh: '更名', en: 'a new name' },
  everything: { zh: '整体划转', en: 'all of a department' },
  matter: { zh: '事项', en: 'a matter' },
  duty: { zh: '职责', en: 'a duty' },
  dataset: { zh: '政务数据目录项', en: 'a data set' },
} satisfies Vocabulary;

/** One change of a reorganisation. A department that ends leaves to `to` whatever no other change names. */
const change = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rename'), department: departmentId, name: localText(100) }),
  z.strictObject({ kind: z.literal('everything'), ...from }),
  z.strictObject({ kind: z.literal('matter'), ...from, taskCode }),
  z.strictObject({ kind: z.literal('duty'), ...from, code: dutyCode }),
  z.strictObject({ kind: z.literal('dataset'), ...from, datasetId }),
]);
export type Change = z.output<typeof change>;
/** A change by which something gets another holder. */
export type Move = Exclude<Change, { readonly kind: 'rename' }>;

/** What a change is about, within its department: nothing for the department itself. */
export function idOf(one: Change): string | undefined {
  switch (one.kind) {
    case 'matter':
      return one.taskCode;
    case 'duty':
      return one.code;
    case 'dataset':
      return one.datasetId;
    default:
      return undefined;
  }
}

/** Who gets something: of a new name, the department itself. */
export function receiverOf(one: Change): string {
  return one.kind === 'rename' ? one.department : one.to;
}

/** What the government decided: its document, what ends or changes, and from which day. */
export const reformContent = z.strictObject({
  reformId,
  decision: z.strictObject({ organ: text(200), document: documentRef }),
  effectiveOn: date,
  changes: listOf(change, 200, (one) => [one.kind, one.department, idOf(one)].join('/')).min(1),
});

const signature = z.strictObject({ by: actor, at: timestamp });

/**
 * A reorganisation (机构改革). It counts once it is confirmed: by the second of the two organs of State Council Order 486,
 * or by every department that gets something.
 */
export const reformRecord = recordOf('reform', {
  ...reformContent.shape,
  registeredBy: actor,
  registeredAt: timestamp,
  confirmations: z.array(signature).max(200),
  /** The day from which it counts, once it is confirmed: never before that day itself. */
  inForceFrom: date.exactOptional(),
});
export type ReformRecord = z.output<typeof reformRecord>;

/** How its records are kept in the world state. */
export const kinds = { reform: keyKind('reform', reformRecord, (r) => [r.reformId]) };
