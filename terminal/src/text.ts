import stringWidth from 'string-width';

const control = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu;

/** Width of a text in terminal columns; a Chinese character has two. */
export const displayWidth = (text: string): number => stringWidth(text);

/**
 * The text with all terminal control characters (escapes, line breaks, direction marks) made visible, because it comes
 * from others.
 */
export function printable(text: string): string {
  return text.replace(control, '·');
}

/** A text as one word of a shell, so that a printed command can be copied: in quotes where it has more than plain characters. */
export const shellWord = (text: string): string =>
  /^[\w./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** Pads a text with spaces to `width` columns. */
export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

const graphemes = new Intl.Segmenter();

/** Cuts a text to `width` columns, with an ellipsis when something was cut. */
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
