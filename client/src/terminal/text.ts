import stringWidth from 'string-width';

const control = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu;

/** Columns that a text takes in a terminal; a Chinese character takes two. */
export const displayWidth = (text: string): number => stringWidth(text);

/** The text with everything that steers a terminal (escapes, line breaks, direction marks) made visible: it came from others. */
export function printable(text: string): string {
  return text.replace(control, '·');
}

/** Fills a text with spaces up to `width` columns. */
export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

const graphemes = new Intl.Segmenter();

/** Cuts a text to `width` columns, the last one an ellipsis when something was cut. */
export function clip(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let used = 0;
  let kept = '';
  for (const { segment: point } of graphemes.segment(text)) {
    const next = displayWidth(point);
    if (used + next > width - 1) break;
    used += next;
    kept += point;
  }
  return `${kept}…`;
}
