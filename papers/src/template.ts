import Mustache from 'mustache';
import { PaperError } from './errors.js';
import { fieldLines, type Fields, type FieldLine } from './fields.js';
import type { PaperKind } from './kinds.js';

/** A department's words for a paper: Markdown with the places of Mustache (`{{caseNo}}`, `{{#items}}…{{/items}}`). */
export interface Template {
  readonly kind: PaperKind;
  readonly text: string;
}

type Token = readonly [type: string, value: string, start: number, end: number, inner?: unknown];

/**
 * Takes a template that names nothing but fields of its paper.
 * @throws PaperError TEMPLATE_REFUSED with every offending place, as `path:line`.
 */
export function templateOf(kind: PaperKind, text: string, path: string): Template {
  const problems = problemsIn(kind, text).map(({ at, problem }) => ({
    path: `${path}:${String(text.slice(0, at).split('\n').length)}`,
    message: problem,
  }));
  if (problems.length === 0) return { kind, text };
  const told = problems.map((one) => `${one.path} ${one.message}`).join('；');
  const message = { zh: `文书模板有误：${told}`, en: `The template is wrong: ${told}` };
  throw new PaperError('TEMPLATE_REFUSED', message, { details: { issues: problems } });
}

interface Problem {
  readonly at: number;
  readonly problem: string;
}

function problemsIn(kind: PaperKind, text: string): Problem[] {
  try {
    const known = new Map(fieldLines(kind).map((line) => [line.name, line]));
    return walk(Mustache.parse(text) as readonly Token[], known, []);
  } catch (error) {
    const at = Number(/\d+$/.exec(error instanceof Error ? error.message : '')?.[0] ?? 0);
    return [{ at, problem: '括号不成对，或者 {{#…}} 与 {{/…}} 不相配' }];
  }
}

function walk(
  tokens: readonly Token[],
  known: ReadonlyMap<string, FieldLine>,
  within: readonly string[],
): Problem[] {
  return tokens.flatMap(([type, name, at, , inner]) => {
    if (type === 'text') return [];
    const field = [...within, ''].map((list) => known.get(list + name)).find(Boolean);
    if (field === undefined) return [{ at, problem: `没有字段“${name}”` }];
    if (type === 'name') {
      return field.kind === 'text'
        ? []
        : [{ at, problem: `“${name}”不是文字，须写作 {{#${name}}}…{{/${name}}}` }];
    }
    if (type !== '#' && type !== '^')
      return [{ at, problem: '只能写 {{字段}}、{{#字段}}、{{^字段}}' }];
    const deeper = type === '#' && field.kind === 'list' ? [...within, `${name}.`] : within;
    return walk((inner ?? []) as readonly Token[], known, deeper);
  });
}

/** The template with a paper's fields in its places: Markdown in which no field's text can be read as markup. */
export const filled = ({ text }: Template, fields: Fields): string =>
  Mustache.render(text, fields, {}, { escape: literal });

const literal = (value: unknown): string =>
  String(value)
    .replace(/\s+/g, ' ')
    .replace(/[!-/:-@[-`{-~]/g, (mark) => `\\${mark}`);
