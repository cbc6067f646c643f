import type { Problem } from '@yici/api';
import { issueData } from '@yici/domain/model';
import type { z } from 'zod';
import { GatewayError } from './errors.js';

/** One offending location in a body or query. */
type ProblemPath = NonNullable<Problem['errors']>[number];

/**
 * Validates external input.
 * @throws GatewayError VALIDATION_FAILED with every offending path in `details.errors`.
 */
export function validated<S extends z.ZodType>(
  schema: S,
  value: unknown,
  what = 'request',
): z.output<S> {
  const parsed = schema.safeParse(value);
  const errors = findingsOf(parsed, value);
  if (parsed.success && errors.length === 0) return parsed.data;
  throw new GatewayError(
    'VALIDATION_FAILED',
    `The ${what} is not valid in ${String(errors.length)} place(s).`,
    {
      details: { errors },
    },
  );
}

/** Every location in which a value is not what a schema asks for. */
export const findingsIn = (schema: z.ZodType, value: unknown): ProblemPath[] =>
  findingsOf(schema.safeParse(value), value);

const findingsOf = ({ error }: z.ZodSafeParseResult<unknown>, value: unknown): ProblemPath[] => [
  ...unusable(value),
  ...(error?.issues.flatMap((issue) => problemPaths(issue, value)) ?? []),
];

/** More than any valid request needs. */
const maxDepth = 32;

/**
 * Input that zod accepts but that is unsafe: fields named `__proto__`, which it drops without reporting them, and
 * nesting so deep that later recursion would overflow the stack.
 */
function unusable(value: unknown, path: readonly string[] = []): ProblemPath[] {
  if (typeof value !== 'object' || value === null) return [];
  if (path.length > maxDepth) {
    return [{ path: pointer(path), code: 'too_deep', message: 'Nested too deep.' }];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '__proto__' ? [unknownField([...path, key])] : unusable(inner, [...path, key]),
  );
}

const unknownField = (path: readonly PropertyKey[]): ProblemPath => ({
  path: pointer(path),
  code: 'unrecognized_keys',
  message: 'Unknown field.',
});

/** One path per location; an unknown key is a location of its own. */
function problemPaths(issue: z.core.$ZodIssue, value: unknown): ProblemPath[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownField([...issue.path, key]));
  }
  const { path, message } = issue;
  return [{ path: pointer(path), message, ...issueData(issue, value) }];
}

/** JSON pointer, RFC 6901. */
function pointer(path: readonly PropertyKey[]): string {
  return path
    .map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
