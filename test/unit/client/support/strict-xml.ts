/**
 * A strict reader of the XML 1.0 that exports are written in: elements, attributes, text, the five entities and character
 * references. Anything else, and whatever is not well-formed (W3C XML 1.0, fifth edition), throws.
 */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const nameStart =
  ':A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u0370-\\u037D\\u2C00-\\u2FEF\\u3001-\\uD7FF';
const name = `[${nameStart}][${nameStart}\\-.0-9]*`;
const openTag = new RegExp(`<(${name})((?:\\s+${name}="[^"<]*")*)\\s*(/?)>`, 'uy');
const closeTag = new RegExp(`</(${name})\\s*>`, 'uy');
const attribute = new RegExp(`(${name})="([^"<]*)"`, 'gu');
const declaration = '<?xml version="1.0" encoding="UTF-8"?>';
const illegal = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

class NotWellFormed extends SyntaxError {}

function decoded(text: string): string {
  if (text.includes(']]>')) throw new NotWellFormed(']]> in text');
  return text.replaceAll(/&([^;&]*;)?/g, (whole, body: string | undefined) => {
    if (body === undefined) throw new NotWellFormed('a bare &');
    const entity = body.slice(0, -1);
    const code = /^#(\d+)$/.exec(entity)?.[1];
    const value = code === undefined ? named[entity] : String.fromCodePoint(Number(code));
    if (value === undefined || illegal.test(value)) throw new NotWellFormed(whole);
    return value;
  });
}

function attributesOf(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, key = '', value = ''] of text.matchAll(attribute)) {
    if (Object.hasOwn(found, key)) throw new NotWellFormed(`${key} twice`);
    // Attribute values are normalized (3.3.3).
    found[key] = decoded(value.replaceAll(/[\t\n\r]/g, ' '));
  }
  return found;
}

export function readXml(document: string): Element {
  if (!document.startsWith(declaration)) throw new NotWellFormed('no declaration');
  if (illegal.test(document)) throw new NotWellFormed('a character no document may hold');
  // Line ends are normalized (2.11).
  const text = document.slice(declaration.length).replaceAll(/\r\n?/g, '\n').trim();
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  for (let at = 0; at < text.length;) {
    const top = open.at(-1)!;
    if (text[at] !== '<') {
      const end = text.indexOf('<', at);
      if (end < 0 || open.length === 1) throw new NotWellFormed('text outside the root');
      top.text += decoded(text.slice(at, end));
      at = end;
      continue;
    }
    at = tag(text, at, open);
  }
  if (open.length !== 1 || root.children.length !== 1) throw new NotWellFormed('not one root');
  return root.children[0]!;
}

function tag(text: string, at: number, open: Element[]): number {
  closeTag.lastIndex = at;
  const closing = closeTag.exec(text);
  if (closing !== null) {
    if (open.pop()?.name !== closing[1] || open.length === 0) throw new NotWellFormed(closing[0]);
    return closeTag.lastIndex;
  }
  openTag.lastIndex = at;
  const opening = openTag.exec(text);
  if (opening === null) throw new NotWellFormed(text.slice(at, at + 40));
  const [, opened = '', attributes = '', empty] = opening;
  const element = { name: opened, attributes: attributesOf(attributes), children: [], text: '' };
  open.at(-1)!.children.push(element);
  if (empty === '') open.push(element);
  return openTag.lastIndex;
}
