import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A command as the manual has it, and the lines that it says are seen. */
export interface Typed {
  readonly kind: 'typed';
  readonly at: string;
  readonly command: string;
  readonly shown: readonly string[];
  /** The manual shows how something is not registered. */
  readonly refused: boolean;
  /** It comes after a while. */
  readonly patient: boolean;
}

/** A file that the reader is told to write first. */
interface Written {
  readonly kind: 'written';
  readonly name: string;
  readonly content: string;
}

/** One task of the manual. */
export interface Section {
  /** `<page>#<heading>`. */
  readonly id: string;
  /** Ids of what has to be done before it, as the manual tells its reader. */
  readonly first: readonly string[];
  readonly steps: readonly (Typed | Written)[];
}

/** The tasks of the manual's pages, in the order of the pages and of their headings. */
export function sectionsOf(folder: string): Section[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .flatMap((page) => sectionsIn(page, readFileSync(join(folder, page), 'utf8')));
}

const sectionsIn = (page: string, text: string): Section[] =>
  text
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const [title = '', ...lines] = part.split('\n');
      const id = `${page}#${title.trim()}`;
      const body = lines.join('\n');
      return { id, first: firstOf(page, body), steps: stepsOf(id, body) };
    });

/** `先办理：[…](负责人.md#作出决定)` */
const firstOf = (page: string, body: string): string[] =>
  [...body.matchAll(/^先办理：(.*)$/gm)].flatMap(([, links = '']) =>
    [...links.matchAll(/\]\(([^)#]*)#([^)]+)\)/g)].map(
      ([, file = '', heading = '']) => `${file === '' ? page : file}#${heading}`,
    ),
  );

/** Commands are `sh`, what is seen `text` (`text 未登记` where it is a refusal, `text 稍候` where it comes after a while), files to write `json <name>`. */
function stepsOf(id: string, body: string): Section['steps'] {
  const steps: (Typed | Written)[] = [];
  for (const [, info = '', content = ''] of body.matchAll(/^```(.+)\n([^`]*)^```$/gm)) {
    const [kind = '', name = ''] = info.split(' ');
    const lines = content.split('\n').filter((line) => line.trim() !== '');
    if (kind === 'sh') {
      const typed = { kind: 'typed', at: id, shown: [], refused: false, patient: false } as const;
      steps.push(...lines.map((command) => ({ ...typed, command })));
    } else if (kind === 'text') {
      const last = steps.pop();
      if (last?.kind !== 'typed') throw new RangeError(`${id} shows what nothing prints`);
      const how = { refused: name === '未登记', patient: name === '稍候' };
      steps.push({ ...last, ...how, shown: lines });
    } else steps.push({ kind: 'written', name, content });
  }
  return steps;
}
