import { contractEvent, keyKinds } from '@yici/chaincode/model';
import { checkOf, conforming } from '@yici/gateway/testing';
import { expect } from 'chai';
import { z } from 'zod';
import { filedCase, on } from './support/history.js';
import { Town } from './support/town.js';

/** What a value is replaced with: each kind of JSON, and what lies just outside of this project's bounds. */
const others = [
  ...[null, true, 0, -1, 1.5, 1e21, 1_000_000, '', 'x', 'X-1', 'a'.repeat(5_000), '2026-02-30'],
  ...['2026-01-01T00:00:00Z', '\u0007', '\ud800', [], [null], ['x', 'x'], {}, { kind: 'document' }],
];

/** Copies of a value with one change each: at every place something else, something missing, something more. */
function* changed(value: unknown): Generator {
  yield* others;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    yield [...items, ...items];
    yield Array.from({ length: 500 }, () => items[0] ?? 'x');
    for (const [index, item] of items.entries()) {
      yield items.filter((_, other) => other !== index);
      for (const one of changed(item)) yield items.map((own, at) => (at === index ? one : own));
    }
  } else if (typeof value === 'object' && value !== null) {
    yield { ...value, more: 1 };
    yield JSON.parse(`{"__proto__":1,${JSON.stringify(value).slice(1)}`);
    for (const [name, own] of Object.entries(value)) {
      yield Object.fromEntries(Object.entries(value).filter(([other]) => other !== name));
      for (const one of changed(own)) yield { ...value, [name]: one };
    }
  }
}

/** Asserts that the index and zod agree on a value and on all its changed copies. */
function agree(schema: z.ZodType, value: unknown): { readonly taken: number; refused: number } {
  const conforms = conforming(schema);
  const count = { taken: 0, refused: 0 };
  for (const one of [value, ...changed(value)]) {
    const verdict = conforms(one) !== undefined;
    if (verdict !== schema.safeParse(one).success) {
      expect.fail(`${verdict ? 'taken' : 'refused'}: ${JSON.stringify(one).slice(0, 2_000)}`);
    }
    count[verdict ? 'taken' : 'refused'] += 1;
  }
  return count;
}

describe('what the index takes for a record', function () {
  this.timeout(120_000);

  it('is looked at without zod for every kind of record, and for the contract’s events', () => {
    const left = Object.entries(keyKinds).filter(([, { schema }]) => checkOf(schema) === undefined);
    expect(left.map(([kind]) => kind)).to.deep.equal([]);
    expect(checkOf(contractEvent)).to.be.a('function');
  });

  it('is what zod takes, for records of a city and copies of them with something wrong', async () => {
    const town = await Town.build(60);
    try {
      const kinds = Object.entries(keyKinds) as [keyof typeof keyKinds, { schema: z.ZodType }][];
      let seen = 0;
      for (const [kind, { schema }] of kinds) {
        const records = town.all(kind);
        const few = [...records.slice(0, 2), ...records.slice(-1)];
        for (const record of few) {
          const { taken, refused } = agree(schema, record);
          expect(taken, kind).to.be.above(0);
          expect(refused, kind).to.be.above(20);
        }
        if (few.length > 0) seen += 1;
      }
      expect(seen).to.be.at.least(10);
    } finally {
      await town.close();
    }
  });

  it('is what zod takes where a record says one of several things', () => {
    const by = { department: 'offices', role: 'clerk', user: 'offices.clerk1' } as const;
    const at = on('2026-06-02');
    const record = filedCase('0001', '2026-06-01', 'IN_REVIEW', {
      steps: [
        {
          ...{ id: 'finance', department: 'finance', after: [], status: 'open' },
          limit: { value: 3, unit: 'workingDay' },
          lapse: { kind: 'defaultAgree', policyDocument: '办法', by, at },
        },
      ],
    });
    expect(agree(keyKinds.case.schema, record).taken).to.be.above(1);
  });

  it('is left to zod where a schema changes what it checks, or checks in another way', () => {
    const schemas = [
      z.object({ a: z.string() }),
      z.strictObject({ a: z.string().default('x') }),
      z.string().transform((text) => text.length),
      z.string().trim(),
      z.email(),
      z.int32(),
      z.record(z.enum(['a', 'b']), z.string()),
      z.array(z.string()).superRefine(() => undefined),
    ];
    expect(schemas.map((schema) => checkOf(schema))).to.deep.equal(schemas.map(() => undefined));
    expect(conforming(z.strictObject({ a: z.string().default('x') }))({})).to.deep.equal({
      a: 'x',
    });
  });
});
