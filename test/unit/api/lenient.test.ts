import { readFileSync } from 'node:fs';
import { lenient } from '@yici/api';
import { expect } from 'chai';
import { z } from 'zod';

/** The version of zod whose internals `api/src/lenient.ts` was written against. */
const writtenFor = '4.6.7';

const point = z.strictObject({ x: z.number(), colour: z.enum(['yellow', 'red']) });
const schema = z.strictObject({
  point,
  points: z.array(point).max(2),
  byName: z.record(z.string(), point),
  perhaps: point.optional(),
  none: point.nullable(),
  either: z.union([point, z.string()]),
  kind: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('a'), point }),
    z.strictObject({ kind: z.literal('b') }),
  ]),
});

const newer = { x: 1, colour: 'violet', more: true };
const answer = {
  point: newer,
  points: [newer],
  byName: { one: newer },
  perhaps: newer,
  none: newer,
  either: newer,
  kind: { kind: 'a', point: newer, more: 1 },
  added: ['by', 'a', 'newer', 'gateway'],
};

describe('reading leniently', () => {
  it('was written for the version of zod that is installed', () => {
    const manifest = JSON.parse(readFileSync('node_modules/zod/package.json', 'utf8')) as {
      readonly version: string;
    };
    const advice = 'look through api/src/lenient.ts: it reads what zod keeps for itself';
    expect(manifest.version, advice).to.equal(writtenFor);
  });

  it('keeps fields and words that are newer, wherever they stand', () => {
    expect(schema.safeParse(answer).success).to.equal(false);
    expect(lenient(schema).parse(answer)).to.deep.equal(answer);
  });

  it('refuses what is not of the kind at all, or missing', () => {
    const read = lenient(schema);
    expect(read.safeParse({ ...answer, point: { ...newer, x: 'one' } }).success).to.equal(false);
    expect(read.safeParse({ ...answer, points: [newer, newer, newer] }).success).to.equal(false);
    expect(read.safeParse({ ...answer, kind: { kind: 'c' } }).success).to.equal(false);
    expect(read.safeParse({ ...answer, byName: undefined }).success).to.equal(false);
  });

  it('leaves the schema that it was given as it is', () => {
    lenient(schema);
    expect(point.safeParse(newer).success).to.equal(false);
  });
});
