import { z } from 'zod';
import type { Operation, QueryParameter, Schema } from './operations.js';

/** A body with one thing wrong in it, and the place that must be named. */
export interface WrongBody {
  readonly what: string;
  readonly json: string;
  /** JSON pointer. */
  readonly place: string;
}

const objectOf = z.record(z.string(), z.unknown());
const properties = (schema: Schema): [string, Schema][] =>
  Object.entries(objectOf.safeParse(schema['properties']).data ?? {}).map(([name, value]) => [
    name,
    objectOf.parse(value),
  ]);

const tooLong = 'x'.repeat(20_001);

/** JSON texts that a schema of its type cannot mean; deeper structure is walked elsewhere. */
function wrongJson(schema: Schema): readonly (readonly [string, string])[] {
  switch (schema['type']) {
    case 'string':
      return wrongStrings(schema);
    case 'integer':
    case 'number':
      return wrongNumbers(schema);
    case 'boolean':
      return [...nulls, ['text for yes or no', '"true"']];
    case 'array':
      return [...nulls, ['an object for a list', '{}']];
    case 'object':
      return [['a list for an object', '[]'], ['text for an object', '"x"']]; // prettier-ignore
    default:
      return [];
  }
}

const nulls = [['null', 'null']] as const;

function wrongStrings({ format, maxLength, pattern, enum: words }: Schema) {
  const shaped = pattern !== undefined || words !== undefined || format !== undefined;
  return [
    ['a number for text', '7'],
    ['an object for text', '{"toString":"x"}'],
    ['null', 'null'],
    ...(shaped || maxLength !== undefined
      ? ([['over-long text', JSON.stringify(tooLong)]] as const)
      : []),
    ...(format === 'date' ? ([['a day that is none', '"2026-02-30"']] as const) : []),
    ...(format === 'date-time' ? ([['a time that is none', '"2026-02-30T25:00:00.000Z"']] as const) : []), // prettier-ignore
    ...(shaped ? ([['NUL', '"a\\u0000b"'], ['a lone surrogate', '"\\ud800"']] as const) : []), // prettier-ignore
  ] as const;
}

const wrongNumbers = ({ type }: Schema) =>
  [
    ['text for a number', '"1"'],
    ['more than a number can be', '1e400'],
    ['less than nothing', '-1'],
    ['a huge number', '9007199254740993'],
    ...(type === 'integer' ? ([['a fraction', '1.5']] as const) : []),
  ] as const;

/** Every place of a body, with everything that cannot stand there. What is around it is absent, and named as well. */
export function wrongBodies(
  schema: Schema,
  place = '',
  around = (inner: string) => inner,
): WrongBody[] {
  const own = wrongJson(schema).map(([what, json]) => ({ what, json: around(json), place }));
  if (schema['type'] === 'array') {
    const items = objectOf.safeParse(schema['items']).data ?? {};
    return [...own, ...wrongBodies(items, `${place}/0`, (inner) => around(`[${inner}]`))];
  }
  if (schema['type'] !== 'object') return own;
  const inside = properties(schema).flatMap(([name, property]) =>
    wrongBodies(property, `${place}/${name}`, (inner) =>
      around(`{${JSON.stringify(name)}:${inner}}`),
    ),
  );
  const deep = place === '' ? properties(schema).flatMap(deepValue) : [];
  const unknown = schema['additionalProperties'] === false ? unknownFields(place, around) : [];
  return [...own, ...inside, ...deep, ...unknown];
}

/** Lists in lists in lists: whoever walks them by recursion falls. */
const deepValue = ([name]: [string, Schema]): WrongBody => ({
  what: 'lists in lists',
  json: `{${JSON.stringify(name)}:${'['.repeat(5_000)}${']'.repeat(5_000)}}`,
  place: `/${name}`,
});

function unknownFields(place: string, around: (inner: string) => string): WrongBody[] {
  return ['surprise', '__proto__', 'constructor', 'a/b~c', '\u202e'].map((name) => ({
    what: `the unknown field ${JSON.stringify(name)}`,
    json: around(`{${JSON.stringify(name)}:{"role":"head"}}`),
    place: `${place}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
  }));
}

/** A body that is wrong whatever the route, and the code that says so; none where the route decides. */
export interface BrokenBody {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly code?: string;
}

const nested = '['.repeat(15_000);
const json = { 'content-type': 'application/json' };

/** Bodies that cannot be read, or are no object. */
export const brokenBodies: readonly BrokenBody[] = [
  { code: 'VALIDATION_FAILED' },
  { headers: json, body: '' },
  { headers: json, body: '[]', code: 'VALIDATION_FAILED' },
  ...['{', '"x"', 'null', '7', '{"a":1}{', "{'a':1}", Uint8Array.of(0x7b, 0xff, 0xfe)].map(
    (body) => ({ headers: json, body, code: 'BODY_MALFORMED' }),
  ),
  { headers: { 'content-type': 'text/plain' }, body: '{}', code: 'MEDIA_TYPE_UNSUPPORTED' },
  { body: '{}', code: 'MEDIA_TYPE_UNSUPPORTED' },
  ...[
    { 'content-type': 'application/json; charset=gbk' },
    { ...json, 'content-encoding': 'gzip' },
    { ...json, 'content-encoding': 'deflate' },
    { ...json, 'content-encoding': 'rot13' },
  ].map((headers) => ({ headers, body: '{"a":1}', code: 'BODY_MALFORMED' })),
  { headers: json, body: `{"a":"${'x'.repeat(300_000)}"}`, code: 'BODY_TOO_LARGE' },
  { headers: json, body: nested, code: 'BODY_MALFORMED' },
  { headers: json, body: nested + nested.replaceAll('[', ']'), code: 'VALIDATION_FAILED' },
];

/** Wrong values of one query parameter, percent-encoded. */
export function wrongQueries({ name, schema }: QueryParameter): string[] {
  const { type, format, pattern, maxLength, enum: words } = schema;
  const twice = `${name}=1&${name}=1`;
  const values = [
    ...(words === undefined ? [] : ['nonsense', 'constructor', '']),
    ...(type === 'integer' || type === 'number' ? ['x', '-1', '1e400', 'NaN', '0x10x'] : []),
    ...(type === 'integer' ? ['1.5'] : []),
    ...(format === 'date' ? ['2026-02-30', 'today', '2026-1-1'] : []),
    ...(pattern === undefined ? [] : ['%00', '../..', '%E2%80%AE', '%ED%A0%80', '']),
    ...(maxLength === undefined || name === 'cursor' ? [] : ['x'.repeat(3000)]),
    ...(name === 'cursor' ? ['', 'x'.repeat(3000)] : []),
  ];
  return [twice, ...values.map((value) => `${name}=${value}`)];
}

/** Cursors that no list gave. */
export const wrongCursors = [
  'AAAA',
  '!!!',
  '%00',
  '..',
  '%ff',
  Buffer.from('\u0000case').toString('base64url'),
];

/** Queries that no route takes. */
export const unknownQueries = ['surprise=1', '__proto__=1', 'constructor=1', 'limit[]=1', '%00=1'];

/** What stands where a path names something, percent-encoded. */
export const wrongPlaces = [
  '..',
  '.',
  '%2e%2e%2f%2e%2e',
  'a%2fb',
  '%00',
  '%ff',
  '%ED%A0%80',
  '%E2%80%AE',
  '%',
  '__proto__',
  '-1',
  'x'.repeat(5_000),
];

/** Odd names that a record could have. */
export const oddPlaces = ['constructor', 'hasOwnProperty', '2026-02-30'];

/** Methods that nothing takes at an operation's path: `/departments/update` could be the department `update` as well. */
export function otherMethods(path: string, operations: readonly Operation[]): string[] {
  const at = operations.filter((one) =>
    new RegExp(`^${one.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(path),
  );
  return ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter(
    (method) => !at.some((one) => one.method === method),
  );
}
