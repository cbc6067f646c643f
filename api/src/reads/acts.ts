import {
  appKeyId,
  attestationId,
  cardId,
  caseNo,
  commandNames,
  datasetId,
  delegationId,
  departmentId,
  dutyCode,
  oneThingCode,
  oneThingNo,
  orderId,
  reformId,
  rulingId,
  shareId,
  taskCode,
  topicCode,
} from '@yici/domain/model';
import { z } from 'zod';
import { read, type Shape } from '../definition.js';
import { words, yearParam } from '../shapes.js';

const fields = z.record(z.string(), z.unknown());

/** One act on a record, and why it is not open to the caller now. */
export const actSchema = z.strictObject({
  command: z.enum(commandNames),
  summary: words,
  input: fields.describe('What of the command’s input follows from the record.'),
  names: z
    .strictObject({ datasetId: words.exactOptional(), stepId: words.exactOptional() })
    .exactOptional()
    .describe('What the data set and the step that the input names are called, by its fields.'),
  open: z.boolean(),
  refusal: z
    .strictObject({
      code: z.string(),
      sentence: words,
      details: fields,
    })
    .exactOptional()
    .describe('What the command would be refused with, whatever else is given with it.'),
});
export type ActView = z.output<typeof actSchema>;

const answer = z.strictObject({
  /** The record's key, its parts joined by slashes. */
  id: z.string(),
  /** The departments that it concerns; none of what concerns every member. */
  parties: z.array(z.string()),
  acts: z.array(actSchema),
});

const summary = {
  zh: '对该记录可以办理的操作，及其他操作为何尚不能办理',
  en: 'Which acts on it are open to you now, and why the others are not',
};

const ofMembers = <P extends Shape>(path: string, params: P) =>
  read({ path, summary, params, answer, concerns: 'members' });
const ofConcerned = <P extends Shape>(path: string, params: P) =>
  read({
    ...{ path, summary, params, answer, concerns: 'concerned' as const },
    journal: { record: ['id'], departments: ['parties'] },
  });

/** Which acts are open to the caller, of every kind of record that commands act on: by the rules themselves. */
export const actReads = {
  'departments.acts': ofMembers('/v1/departments/{id}/acts', { id: departmentId }),
  'calendars.acts': ofMembers('/v1/calendars/{year}/acts', { year: yearParam }),
  'duties.acts': ofMembers('/v1/duties/{department}/{code}/acts', {
    department: departmentId,
    code: dutyCode,
  }),
  'dutyOverlaps.acts': ofMembers('/v1/duty-overlaps/{topic}/acts', { topic: topicCode }),
  'datasets.acts': ofMembers('/v1/datasets/{datasetId}/acts', { datasetId }),
  'dataTopics.acts': ofMembers('/v1/data-topics/{topic}/acts', { topic: topicCode }),
  'shares.acts': ofConcerned('/v1/shares/{shareId}/acts', { shareId }),
  'attestations.acts': ofConcerned('/v1/attestations/{attestationId}/acts', { attestationId }),
  'matters.acts': ofMembers('/v1/matters/{taskCode}/acts', { taskCode }),
  'cases.acts': ofConcerned('/v1/cases/{caseNo}/acts', { caseNo }),
  'dutyRulings.acts': ofConcerned('/v1/duty-rulings/{rulingId}/acts', { rulingId }),
  'oneThings.acts': ofMembers('/v1/one-things/{code}/acts', { code: oneThingCode }),
  'oneThingCases.acts': ofConcerned('/v1/one-thing-cases/{no}/acts', { no: oneThingNo }),
  'delegations.acts': ofMembers('/v1/delegations/{delegationId}/acts', { delegationId }),
  'reforms.acts': ofMembers('/v1/reforms/{reformId}/acts', { reformId }),
  'cards.acts': ofConcerned('/v1/cards/{cardId}/acts', { cardId }),
  'orders.acts': ofConcerned('/v1/orders/{orderId}/acts', { orderId }),
  'appKeys.acts': ofMembers('/v1/app-keys/{department}/{keyId}/acts', {
    department: departmentId,
    keyId: appKeyId,
  }),
};
