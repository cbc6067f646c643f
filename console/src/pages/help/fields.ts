import { fieldNote, pathWords, type Language } from '@yici/domain/model';
import { z } from 'zod';
import { specOf } from '../../specs.js';
import { requirementOf, type Schema } from '../../forms/requirement.js';

/** A field of an act's input, as its schema has it. */
export interface FieldRow {
  readonly path: string;
  readonly words: string;
  readonly isRequired: boolean;
  /** What it has to be: a text of some length, one of some words, a number; and what to know of it. */
  readonly form: string;
}

/** The fields of a command, those of lists and parts below them; what the gateway alone sets is left out. */
export function fieldsOf(command: string, language: Language): readonly FieldRow[] {
  const { input = z.strictObject({}), internal = [] } = specOf(command) ?? {};
  const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Schema;
  return rowsBelow(schema, '', { command, language }).filter(
    ({ path }) => !internal.includes(path),
  );
}

interface Asked {
  readonly command: string;
  readonly language: Language;
}

function rowsBelow(schema: Schema, above: string, asked: Asked): FieldRow[] {
  const { command, language } = asked;
  const parts = [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  const rows = parts.flatMap(({ properties = {}, required = [] }) =>
    Object.entries(properties).flatMap(([name, property]) => {
      const path = above === '' ? name : `${above}.${name}`;
      const words = pathWords(path.replaceAll('[]', ''), language, command);
      const of = above === '' ? command : (above.replaceAll('[]', '').split('.').at(-1) ?? '');
      const note = fieldNote(name, of)?.[language] ?? '';
      const form = [note, requirementOf(property, language), property.pattern ?? '']
        .join(' ')
        .trim();
      const own = { path, words, isRequired: required.includes(name), form };
      const { items } = property;
      return [own, ...rowsBelow(property, path, asked), ...belowItems(items, path, asked)];
    }),
  );
  return [...new Map(rows.map((row) => [row.path, row])).values()];
}

const belowItems = (items: Schema | undefined, path: string, asked: Asked): FieldRow[] =>
  items === undefined ? [] : rowsBelow(items, `${path}[]`, asked);
