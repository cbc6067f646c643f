import { fieldWord, type Language, type Words } from '@yici/domain/model';

/** Fields that mean another thing in commands. */
const ofRecords: Readonly<Record<string, Words | undefined>> = {
  type: { zh: '种类', en: 'kind' },
};

/** What officials call a field of a record. @param of the object that it is in, where that is a field itself */
export const fieldName = (field: string, language: Language, of?: string): string =>
  (ofRecords[field] ?? fieldWord(field, of))?.[language] ?? field;

/** A list's name: its summary without what that says, to whoever calls the API, of its order and of how it is narrowed. */
export const listName = (summary: string): string =>
  (
    summary.split(/[：；:;]|，(?=[^，]*在前)|, (?=newest|soonest|the latest|the last)/)[0] ?? ''
  ).replace(/（[^（]*）$/, '');
