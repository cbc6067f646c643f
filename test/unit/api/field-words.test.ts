import { fieldWord } from '@yici/domain/model';
import { reads, type Read } from '@yici/api';
import { expect } from 'chai';
import { z } from 'zod';

/** What no person is shown by its name: the form of a record, and answers that programs alone read. */
const unread: ReadonlySet<string> = new Set(['v', 'next', 'nextSeq', 'sign', 'bytes']);
const forPrograms = /^(stats|reports|commands|network|sessions|transactions|events|configBlocks)\./;

describe('the words of what reads show', () => {
  it('are there for every field of every list and record', () => {
    const shown = Object.entries<Read>(reads).filter(
      ([name]) => !forPrograms.test(name) && !name.endsWith('.acts'),
    );
    const fields = new Set(shown.flatMap(([, { answer }]) => fieldsIn(answer)));
    const unnamed = [...fields].filter(
      (name) => !unread.has(name) && fieldWord(name) === undefined,
    );
    expect(fields.size).to.be.greaterThan(400);
    expect(unnamed).to.deep.equal([]);
  });
});

function fieldsIn(schema: unknown, depth = 0): string[] {
  if (!(schema instanceof z.ZodType) || depth > 12) return [];
  const inside = (one: unknown) => fieldsIn(one, depth + 1);
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape).flatMap(([name, inner]) => [name, ...inside(inner)]);
  }
  if (schema instanceof z.ZodArray) return inside(schema.element);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(inside);
  if (schema instanceof z.ZodPipe) return inside(schema.in);
  const wrapped = 'unwrap' in schema ? schema.unwrap : undefined;
  return typeof wrapped === 'function' ? inside(wrapped.call(schema)) : [];
}
