/**
 * Code points that take two columns in a terminal: East Asian Wide and Fullwidth (Unicode UAX #11), the blocks that occur
 * in government text and the pictographs.
 */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const zeroWidth = /\p{M}|\p{Cf}/u;
const control = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu;

/** Columns that a text takes in a terminal; a Chinese character takes two. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const point of text) {
    if (zeroWidth.test(point)) continue;
    width += wide.test(point) ? 2 : 1;
  }
  return width;
}

/** The text with everything that steers a terminal (escapes, line breaks, direction marks) made visible: it came from others. */
export function printable(text: string): string {
  return text.replace(control, '·');
}

/** Fills a text with spaces up to `width` columns. */
export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

/** Cuts a text to `width` columns, the last one an ellipsis when something was cut. */
export function clip(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let used = 0;
  let kept = '';
  for (const point of text) {
    const next = displayWidth(point);
    if (used + next > width - 1) break;
    used += next;
    kept += point;
  }
  return `${kept}…`;
}
