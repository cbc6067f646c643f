import type { z } from 'zod';
import { GatewayError } from './errors.js';

/** One offending place of a body or query, as a JSON pointer (RFC 6901). */
export interface ProblemPath {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/**
 * Parses what came from outside.
 * @throws GatewayError VALIDATION_FAILED with every offending path in `details.errors`.
 */
export function validated<T>(schema: z.ZodType<T>, value: unknown, what = 'request'): T {
  const parsed = schema.safeParse(value);
  const passed = unusable(value);
  if (parsed.success && passed.length === 0) return parsed.data;
  const errors = [...passed, ...(parsed.error?.issues.flatMap(problemPaths) ?? [])];
  throw new GatewayError(
    'VALIDATION_FAILED',
    `The ${what} is not valid in ${String(errors.length)} place(s).`,
    {
      details: { errors },
    },
  );
}

/** Far more than any request has. */
const deepest = 32;

/**
 * What a schema lets through: fields named `__proto__`, which it drops silently instead of naming them as unknown, and
 * values nested so deep that whoever walks them later falls.
 */
function unusable(value: unknown, path: readonly string[] = []): ProblemPath[] {
  if (typeof value !== 'object' || value === null) return [];
  if (path.length > deepest) {
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

/** One path for each place; an unknown key is a place of its own. */
function problemPaths(issue: z.core.$ZodIssue): ProblemPath[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownField([...issue.path, key]));
  }
  return [{ path: pointer(issue.path), code: issue.code, message: issue.message }];
}

/** JSON pointer, RFC 6901. */
function pointer(path: readonly PropertyKey[]): string {
  return path
    .map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
