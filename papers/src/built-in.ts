import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PaperKind } from './kinds.js';
import { templateOf, type Template } from './template.js';

const templates = fileURLToPath(new URL('../templates', import.meta.url));

/** The text of this package's own template. */
export const builtInText = (kind: PaperKind, lang: 'zh' | 'en' = 'zh'): string =>
  readFileSync(join(templates, lang, `${kind}.md`), 'utf8');

/**
 * The template of a paper: a department's own in `folder` (`<kind>.md`), where it has one, else this package's.
 * @throws PaperError TEMPLATE_REFUSED
 */
export function readTemplate(
  kind: PaperKind,
  folder: string | undefined,
  lang: 'zh' | 'en' = 'zh',
): Template {
  const own = folder === undefined ? undefined : join(folder, `${kind}.md`);
  if (own !== undefined && existsSync(own)) return templateOf(kind, readFileSync(own, 'utf8'), own);
  return templateOf(kind, builtInText(kind, lang), `${lang}/${kind}.md`);
}

/** The fonts of a paper, as TrueType or OpenType. */
export interface PaperFonts {
  readonly text: Uint8Array;
  readonly strong: Uint8Array;
}

const resolve = (path: string): string => createRequire(import.meta.url).resolve(path);
const family = '@expo-google-fonts/noto-serif-sc';

/** `text.ttf` and `strong.ttf` (or .otf) of a department's folder where it has them, as 仿宋 or 小标宋, else Noto Serif SC (OFL 1.1). */
export function readFonts(folder?: string): PaperFonts {
  const own = (name: string) =>
    ['ttf', 'otf']
      .map((ending) => join(folder ?? '', `${name}.${ending}`))
      .find((file) => folder !== undefined && existsSync(file));
  return {
    text: readFileSync(own('text') ?? resolve(`${family}/400Regular/NotoSerifSC_400Regular.ttf`)),
    strong: readFileSync(own('strong') ?? resolve(`${family}/700Bold/NotoSerifSC_700Bold.ttf`)),
  };
}
