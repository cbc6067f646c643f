import type { RJSFSchema } from '@rjsf/utils';

type Parts = Readonly<Record<string, unknown>>;

const isParts = (value: unknown): value is Parts =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What somebody has given of a form. The library fills in values that a schema fixes, also in parts that may be left out: such
 * a part that holds nothing else, and lacks what it must have, was not given.
 */
export function givenOf(data: unknown, schema: RJSFSchema): unknown {
  if (Array.isArray(data)) {
    const { items } = schema;
    const isList = typeof items === 'object' && !Array.isArray(items);
    return isList ? data.map((each: unknown) => givenOf(each, items)) : data;
  }
  if (!isParts(data)) return data;
  const { required = [] } = schema;
  const parts = Object.entries(data).flatMap(([name, value]) => {
    const own = schema.properties?.[name];
    if (typeof own !== 'object') return [[name, value] as const];
    const given = givenOf(value, own);
    return required.includes(name) || !isLeftOut(given, own) ? [[name, given] as const] : [];
  });
  return Object.fromEntries(parts);
}

const isLeftOut = (value: unknown, schema: RJSFSchema): boolean =>
  isUntouched(value, schema) && isPartial(value, schema);

const ownOf = ({ properties }: RJSFSchema, name: string): RJSFSchema => {
  const own = properties?.[name];
  return typeof own === 'object' ? own : {};
};

/** Nothing but what a form begins with: fixed values, boxes that are not ticked, lists without a line. */
function isUntouched(value: unknown, schema: RJSFSchema): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (!isParts(value)) return value === undefined || value === false || value === schema.const;
  return Object.entries(value).every(([name, part]) => isUntouched(part, ownOf(schema, name)));
}

/** Whether it lacks what it must have, and what its parts must have. */
function isPartial(value: unknown, schema: RJSFSchema): boolean {
  if (!isParts(value)) return value === undefined;
  const { required = [] } = schema;
  const lacks = (name: string) => isPartial(value[name], ownOf(schema, name));
  return Object.keys(value).length === 0 || required.some(lacks);
}
