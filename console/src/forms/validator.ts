import { Validator, type OutputUnit, type Schema } from '@cfworker/json-schema';
import type { RJSFSchema, RJSFValidationError, ValidatorType } from '@rjsf/utils';
import { toErrorSchema } from '@rjsf/utils';
import { issueWords, type RefusedIssue } from '@yici/domain/model';
import i18next from 'i18next';
import { givenOf } from './given.js';

/**
 * Checks forms by an interpreter: one that compiles schemas to code, as is usual, would need a content security policy that lets
 * the page run text as code.
 */
export const validator: ValidatorType = {
  isValid: (schema, data, root) => check({ ...definitionsOf(root), ...schema }, data).length === 0,
  validateFormData: (data, schema) => {
    const errors = check(schema, givenOf(data, schema));
    return { errors, errorSchema: toErrorSchema(errors) };
  },
  // Only the library's playground asks.
  rawValidation: () => ({ errors: [] }),
};

const definitionsOf = ({ $defs, definitions }: RJSFSchema): RJSFSchema => ({
  ...($defs && { $defs }),
  ...(definitions && { definitions }),
});

/** Keywords that only repeat what an inner error says. */
const outer = new Set(['properties', 'items', 'allOf', 'anyOf', 'oneOf', 'if']);

function check(schema: RJSFSchema, data: unknown): RJSFValidationError[] {
  const plain: unknown = JSON.parse(JSON.stringify(data ?? {}));
  const { errors } = new Validator(schema as Schema, '2020-12', false).validate(plain);
  const found = errors
    .filter(({ keyword }) => !outer.has(keyword))
    .flatMap((unit) => errorsOf(unit, schema, plain));
  return [...new Map(found.map((error) => [error.stack, error])).values()];
}

/** An offence in words, at each place it is about: what is missing at its own, and not at that of what it is missing in. */
function errorsOf(unit: OutputUnit, schema: RJSFSchema, data: unknown): RJSFValidationError[] {
  const { keyword } = unit;
  const place = partsOf(unit.instanceLocation);
  const owner = at(schema, partsOf(unit.keywordLocation).slice(0, -1));
  const bound = at(owner, [keyword]);
  if (keyword !== 'required' || !Array.isArray(bound)) {
    return [errorAt(place, issueOf(keyword, bound), titleOf(owner), keyword)];
  }
  const given = at(data, place);
  return bound
    .map(String)
    .filter((name) => at(given, [name]) === undefined)
    .map((name) => {
      const title = titleOf(at(owner, ['properties', name]));
      return errorAt([...place, name], { code: 'invalid_type', missing: true }, title, keyword);
    });
}

type Issue = Omit<RefusedIssue, 'path' | 'message'>;

function errorAt(
  place: readonly string[],
  issue: Issue,
  title: string | undefined,
  keyword: string,
): RJSFValidationError {
  const property = place.map((part) => `.${part}`).join('');
  const whole = { ...issue, path: place.join('/'), message: '' };
  const name = title === undefined ? () => undefined : () => `“${title}”`;
  const message = issueWords(whole, i18next.language === 'en' ? 'en' : 'zh', name);
  return { property, message, name: keyword, stack: `${property}: ${message}` };
}

/** What JSON Schema's keyword refuses, as the rules say it of the same. */
function issueOf(keyword: string, bound: unknown): Issue {
  const size = sizes[keyword];
  if (size !== undefined) {
    const [end, origin] = size;
    const code = end === 'minimum' ? 'too_small' : 'too_big';
    return { code, origin, [end]: Number(bound) };
  }
  switch (keyword) {
    case 'type':
      return { code: 'invalid_type', expected: bound === 'integer' ? 'int' : String(bound) };
    case 'enum':
      return { code: 'invalid_value', values: Array.isArray(bound) ? bound.map(String) : [] };
    case 'format':
      return { code: 'invalid_format', expected: String(bound) };
    case 'pattern':
      return { code: 'invalid_format', expected: 'regex' };
    default:
      return { code: 'custom' };
  }
}

type Size = readonly [end: 'minimum' | 'maximum', origin: 'string' | 'array' | 'number'];

/** Which end of what a keyword bounds. */
const sizes: Readonly<Record<string, Size | undefined>> = {
  ...{ minLength: ['minimum', 'string'], maxLength: ['maximum', 'string'] },
  ...{ minItems: ['minimum', 'array'], maxItems: ['maximum', 'array'] },
  ...{ minimum: ['minimum', 'number'], maximum: ['maximum', 'number'] },
};

/** `#/materials/0/code` is materials, 0, code. */
const partsOf = (location: string): string[] => location.split('/').slice(1);

function at(whole: unknown, parts: readonly string[]): unknown {
  return parts.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined,
    whole,
  );
}

const titleOf = (schema: unknown): string | undefined => {
  const title = at(schema, ['title']);
  return typeof title === 'string' ? title : undefined;
};

export default validator;
