import * as fontkit from 'fontkit';
import type { PaperFonts } from './built-in.js';
import { PaperError } from './errors.js';

/**
 * A character without a glyph would be printed as an empty box, in a name or a law where nobody notices.
 * @throws PaperError GLYPH_MISSING
 */
export function requireGlyphs(text: string, fonts: PaperFonts): void {
  const characters = [...new Set(text)].filter((one) => !/\s/.test(one));
  for (const bytes of [fonts.text, fonts.strong]) {
    const font = fontkit.create(Buffer.from(bytes));
    const lacks = (one: string) =>
      'hasGlyphForCodePoint' in font && !font.hasGlyphForCodePoint(one.codePointAt(0) ?? 0);
    const missing = characters.filter(lacks);
    if (missing.length === 0) continue;
    const name = 'postscriptName' in font ? font.postscriptName : '';
    const message = {
      zh: `字体 ${name} 没有这些字：${missing.join('')}。`,
      en: `The font ${name} has none of these characters: ${missing.join('')}.`,
    };
    throw new PaperError('GLYPH_MISSING', message, {
      details: { characters: missing, font: name },
    });
  }
}
