import { createRequire } from 'node:module';
import { contractEvent, keyKinds } from '@yici/domain/model';
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

/** Where conforms.ts reads zod's own fields and classes, which zod does not promise to keep: a schema, a value it takes, one not. */
const internals: Readonly<Record<string, readonly [z.ZodType, unknown, unknown]>> = {
  'the class of a text': [z.string(), 'x', 1],
  'the pattern of a date': [z.iso.date(), '2026-02-28', '2026-02-30'],
  'the pattern of a moment': [z.iso.datetime(), '2026-01-01T00:00:00Z', '2026-01-01'],
  'the pattern of a text': [z.string().regex(/^a+$/), 'aa', 'ab'],
  'the format of a whole number': [z.int(), 1, 1.5],
  'the class of true and false': [z.boolean(), false, 0],
  'the values of a literal': [z.literal('a'), 'a', 'b'],
  'the options of an enum': [z.enum(['a', 'b']), 'b', 'c'],
  'the class of what may be anything': [z.strictObject({ a: z.unknown() }), { a: 1 }, {}],
  'the shape of an object': [z.strictObject({ a: z.string() }), { a: 'x' }, { b: 'x' }],
  'the catchall of a strict object': [z.strictObject({}), {}, { a: 1 }],
  'the inner type of an exactly optional field': [
    z.strictObject({ a: z.string().exactOptional() }),
    {},
    { a: 1 },
  ],
  'the element of an array': [z.array(z.int()), [1], ['x']],
  'the types of a record': [z.record(z.string(), z.int()), { a: 1 }, { a: 'x' }],
  'the options of a union': [z.union([z.string(), z.int()]), 1, true],
  'the options of a union by discriminator': [
    z.discriminatedUnion('k', [
      z.strictObject({ k: z.literal('a') }),
      z.strictObject({ k: z.literal('b') }),
    ]),
    { k: 'b' },
    { k: 'c' },
  ],
  'the minimum of a length': [z.string().min(2), 'xx', 'x'],
  'the maximum of a length': [z.array(z.int()).max(1), [1], [1, 2]],
  'the least of a number': [z.int().min(1), 1, 0],
  'the most of a number': [z.int().max(1), 1, 2],
  'the function of a rule of one’s own': [z.string().refine((text) => text !== 'x'), 'y', 'x'],
};

describe('what the index knows of zod’s internals, as they are in zod 4.6.7', () => {
  it('is of the zod that all packages have', () => {
    for (const name of [
      'chaincode',
      'chaincode/library',
      'api',
      'network',
      'gateway',
      'client',
      'test',
    ]) {
      const from = createRequire(new URL(`../../../${name}/package.json`, import.meta.url));
      expect(
        z.object({ version: z.string() }).parse(from('zod/package.json')).version,
        `gateway/src/index-store/conforms.ts reads fields that zod keeps for itself, as zod 4.6.7 has them. ${name} has another zod: compare what is read there (tests below), then name the new version here`,
      ).to.equal('4.6.7');
    }
  });

  for (const [what, [schema, taken, refused]] of Object.entries(internals)) {
    it(`reads ${what}`, () => {
      const check = checkOf(schema);
      expect(check, 'is left to zod now, which is slower by half').to.be.a('function');
      expect([check?.(taken), check?.(refused)]).to.deep.equal([true, false]);
      expect([taken, refused].map((one) => schema.safeParse(one).success)).to.deep.equal([
        true,
        false,
      ]);
    });
  }
});
