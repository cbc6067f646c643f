import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { RawAnswer, RawRequest } from './raw-http.js';

/** As docs/errors.md describes an answer that refuses. */
const problemSchema = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().min(1),
  instance: z.string(),
  requestId: z.string().min(1),
  source: z.enum(['gateway', 'contract', 'peer']),
  article: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }).optional(),
  errors: z
    .array(
      z.strictObject({
        ...{ path: z.string(), code: z.string(), message: z.string().min(1) },
        ...{ missing: z.boolean().optional(), expected: z.string().optional() },
        values: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
        ...{ origin: z.string().optional(), minimum: z.number().optional() },
        maximum: z.number().optional(),
      }),
    )
    .min(1)
    .optional(),
  next: z.array(z.strictObject({ command: z.string(), words: z.string().min(1) })).optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type Problem = z.output<typeof problemSchema>;

const documented = new Set(
  [...readFileSync('docs/errors.md', 'utf8').matchAll(/^\| `([A-Z0-9_]+)`/gm)].map(
    ([, code]) => code,
  ),
);

/** Words of a stack trace, of a module or of a folder of this machine. */
const inside = /node_modules|\bat \S+ \(|\.[jt]s:\d+|file:\/\/|\/(?:home|tmp|usr|root|work)\//;

/** What a request was answered with that no request may be; empty when all is well. */
export function faults(answer: RawAnswer): string[] {
  const { status, headers, text } = answer;
  if (status >= 500) return [`answered ${status}: ${text.slice(0, 300)}`];
  if (inside.test(text)) return [`tells of the inside: ${text.slice(0, 300)}`];
  if (status < 400) return [];
  const type = String(headers['content-type']);
  if (!type.startsWith('application/problem+json'))
    return [`${status} as ${type}: ${text.slice(0, 200)}`];
  const problem = problemOf(answer);
  if (problem === undefined) return [`no problem document: ${text.slice(0, 300)}`];
  return [
    ...(documented.has(problem.code) ? [] : [`${problem.code} is not documented`]),
    ...(problem.status === status ? [] : [`says ${problem.status} in ${status}`]),
  ];
}

export function problemOf({ text }: RawAnswer): Problem | undefined {
  try {
    return problemSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** What is wrong with an answer that should have been this code. */
export function notCode(answer: RawAnswer, ...codes: readonly string[]): string[] {
  const given = problemOf(answer)?.code ?? `${answer.status} ${answer.text.slice(0, 200)}`;
  return codes.includes(given) ? [] : [`${given} instead of ${codes.join(' or ')}`];
}

/** What is wrong with an answer that should name a place: by itself, or by what holds or is in it. */
export function notNamed(answer: RawAnswer, place: string): string[] {
  const problem = problemOf(answer);
  if (problem?.code !== 'VALIDATION_FAILED') return notCode(answer, 'VALIDATION_FAILED');
  const places = (problem.errors ?? []).map(({ path }) => path);
  const named = places.some((path) => path === place || path.startsWith(`${place}/`));
  return named ? [] : [`${place} is not among ${places.join(' ')}`];
}

/** A request on one line, for whoever has to look for what is wrong. */
export const told = ({ method, path, body }: RawRequest): string =>
  `${method} ${path.slice(0, 120)} ${body === undefined ? '' : String(body).slice(0, 160)}`;
