import { addressOf, lenient, reads, type Read } from '@yici/api';
import { expect } from 'chai';
import { z } from 'zod';

describe('what a client reads an answer by', () => {
  const inner = z.strictObject({ word: z.enum(['one', 'two']), at: z.string().exactOptional() });
  const schema = z.strictObject({
    list: z.array(inner),
    map: z.record(z.string(), inner).optional(),
    either: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('a'), inner: inner.nullable() }),
      z.strictObject({ kind: z.literal('b') }),
    ]),
  });
  const answer = { list: [{ word: 'one' }], either: { kind: 'a', inner: { word: 'two' } } };

  it('keeps fields and takes words that are newer, wherever they stand', () => {
    const newer = {
      ...{ list: [{ word: 'three', more: 1 }], map: { x: { word: 'one', more: [] } } },
      ...{ either: { kind: 'a', inner: { word: 'two', more: null }, more: {} }, more: true },
    };
    expect(schema.safeParse(newer).success).to.equal(false);
    expect(lenient(schema).parse(newer)).to.deep.equal(newer);
    expect(lenient(schema).parse(answer)).to.deep.equal(answer);
  });

  it('refuses what lacks a field, or has it of another kind', () => {
    for (const wrong of [
      { ...answer, list: [{}] },
      { ...answer, list: [{ word: 7 }] },
      { ...answer, either: { kind: 'c' } },
      { list: answer.list },
    ]) {
      expect(lenient(schema).safeParse(wrong).success, JSON.stringify(wrong)).to.equal(false);
    }
  });

  it('checks what the schema checks besides', () => {
    const checked = z.strictObject({ to: z.int().max(3) }).refine(({ to }) => to !== 2);
    expect(
      [1, 2, 4].map((to) => lenient(checked).safeParse({ to, more: 1 }).success),
    ).to.deep.equal([true, false, false]);
  });
});

describe('the reads of the API', () => {
  it('name in their paths what their parameters are, each path once', () => {
    const all = Object.entries<Read>(reads);
    for (const [name, { path, params, query }] of all) {
      const places = [...path.matchAll(/\{(\w+)\}/g)].map(([, place]) => place);
      expect(Object.keys(params.shape), name).to.deep.equal(places);
      const twice = Object.keys(query.shape).filter((part) => places.includes(part));
      expect(twice, name).to.deep.equal([]);
    }
    expect(new Set(all.map(([, { path }]) => path)).size).to.equal(all.length);
  });

  it('are asked for with what is given, and nothing else', () => {
    const asked = { caseNo: 'A/1', format: 'zip', other: 'x', on: undefined };
    expect(addressOf(reads['cases.export'], asked)).to.equal('/v1/cases/A%2F1/export?format=zip');
    expect(addressOf(reads['cases.clocks'], asked)).to.equal('/v1/cases/A%2F1/clocks');
  });
});
