import type { RJSFSchema } from '@rjsf/utils';

type Parts = Readonly<Record<string, unknown>>;

const isParts = (value: unknown): value is Parts =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What somebody has given of a form. The library fills in values that a schema fixes, also in parts that may be left out: such
 * a part that holds nothing else was not given.
 */
export function givenOf(data: unknown, schema: RJSFSchema): unknown {
  if (Array.isArray(data)) {
    const { items } = schema;
    const isList = typeof items === 'object' && !Array.isArray(items);
    return isList ? data.map((each: unknown) => givenOf(each, items)) : data;
  }
  if (!isParts(data)) return data;
  const { properties = {}, required = [] } = shapeOf(schema, data);
  const parts = Object.entries(data).flatMap(([name, value]) => {
    const own = properties[name];
    if (typeof own !== 'object') return [[name, value] as const];
    const given = givenOf(value, own);
    return required.includes(name) || !isLeftOut(given, own) ? [[name, given] as const] : [];
  });
  return Object.fromEntries(parts);
}

/** Of several shapes the one that has the values by which it is told apart. */
function shapeOf(schema: RJSFSchema, data: Parts): RJSFSchema {
  const shapes = (schema.oneOf ?? []).flatMap((shape) =>
    typeof shape === 'object' ? [shape] : [],
  );
  const isOf = ({ properties = {} }: RJSFSchema) => {
    const fixed = Object.entries(properties).flatMap(([name, own]) =>
      typeof own === 'object' && own.const !== undefined ? [[name, own.const] as const] : [],
    );
    return fixed.length > 0 && fixed.every(([name, only]) => data[name] === only);
  };
  return shapes.find(isOf) ?? schema;
}

/** Whether it has nothing but what a form begins with. */
function isLeftOut(value: unknown, { const: only, properties = {} }: RJSFSchema): boolean {
  if (Array.isArray(value)) return false;
  if (!isParts(value)) return value === undefined || value === only;
  return Object.entries(value).every(([name, part]) => {
    const own = properties[name];
    return isLeftOut(part, typeof own === 'object' ? own : {});
  });
}
