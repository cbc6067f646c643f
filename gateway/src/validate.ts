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
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap(problemPaths);
  throw new GatewayError(
    'VALIDATION_FAILED',
    `The ${what} is not valid in ${String(errors.length)} place(s).`,
    {
      details: { errors },
    },
  );
}

/** One path for each place; an unknown key is a place of its own. */
function problemPaths(issue: z.core.$ZodIssue): ProblemPath[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: pointer([...issue.path, key]),
      code: issue.code,
      message: 'Unknown field.',
    }));
  }
  return [{ path: pointer(issue.path), code: issue.code, message: issue.message }];
}

/** JSON pointer, RFC 6901. */
function pointer(path: readonly PropertyKey[]): string {
  return path
    .map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
