import { fieldWord, type Language, type Words } from '@yici/domain/model';

/** Fields that mean another thing in commands. */
const ofRecords: Readonly<Record<string, Words | undefined>> = {
  type: { zh: '种类', en: 'kind' },
};

/** What officials call a field of a record. */
export const fieldName = (field: string, language: Language): string =>
  (ofRecords[field] ?? fieldWord(field))?.[language] ?? field;
