import { readFileSync } from 'node:fs';
import { z } from 'zod';

const dashboard = z.object({
  panels: z.array(z.object({ targets: z.array(z.object({ expr: z.string() })) })),
});

/** What PromQL itself calls by a name without a bracket behind it. */
const words = new Set(['and', 'or', 'unless', 'on', 'by', 'ignoring']);

/** The metrics in the expressions of monitoring/rules.yml and monitoring/dashboard.json. */
export function metricsAsked(): string[] {
  const rules = readFileSync('monitoring/rules.yml', 'utf8').matchAll(/^ *expr: '(.*)'$/gm);
  const json: unknown = JSON.parse(readFileSync('monitoring/dashboard.json', 'utf8'));
  const { panels } = dashboard.parse(json);
  const expressions = [
    ...[...rules].map(([, expression = '']) => expression),
    ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
  ];
  const names = expressions.flatMap((expression) =>
    expression
      .replace(/\{[^}]*\}|\[[^\]]*\]|\b(on|by|ignoring) \([^)]*\)/g, ' ')
      .match(/\b[a-zA-Z_]\w*\b(?! *\()/g),
  );
  return [...new Set(names)].filter((name) => name !== null && !words.has(name)).map(String);
}
