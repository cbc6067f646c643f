import { LedgerError } from '../errors.js';

const BEGIN = '-----BEGIN ';
const END = '\n-----END ';
const DASHES = '-----';
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const LINE_LENGTH = 64;

/**
 * The DER bytes of the first complete PEM block; undefined when there is none. Follows Go's pem.Decode exactly (markers at line
 * starts, equal labels, header lines skipped), because a different parse could give a different verdict than Fabric's peers.
 */
export function decodePem(text: string): Uint8Array | undefined {
  let from = 0;
  for (;;) {
    const end = text.indexOf(END, from);
    if (end < 0) return undefined;
    // The last BEGIN before an END counts; one without an END of its own is skipped.
    const begin = text.slice(from, end).lastIndexOf(BEGIN) + from;
    const bytes = begin < from ? undefined : readBlock(text, begin, end);
    if (bytes !== undefined) return bytes;
    from = end + END.length;
  }
}

function readBlock(text: string, begin: number, end: number): Uint8Array | undefined {
  if (begin > 0 && text[begin - 1] !== '\n') return undefined;
  const first = lineAt(text, begin + BEGIN.length);
  const label = first.line.slice(0, -DASHES.length);
  if (first.line !== label + DASHES) return undefined;
  if (lineAt(text, end + END.length).line !== label + DASHES) return undefined;
  let start = first.next;
  for (let head = lineAt(text, start); start < end && head.line.includes(':');) {
    start = head.next;
    head = lineAt(text, start);
  }
  return start > end ? undefined : decodeBase64(text.slice(start, end));
}

/** A line without line end and trailing blanks, and the start of the next line. */
function lineAt(text: string, start: number): { readonly line: string; readonly next: number } {
  const newline = text.indexOf('\n', start);
  if (newline < 0) return { line: withoutBlanks(text.slice(start)), next: text.length };
  const line = text.slice(start, newline).replace(/\r$/, '');
  return { line: withoutBlanks(line), next: newline + 1 };
}

function withoutBlanks(line: string): string {
  let end = line.length;
  while (line[end - 1] === ' ' || line[end - 1] === '\t') end -= 1;
  return line.slice(0, end);
}

function decodeBase64(body: string): Uint8Array | undefined {
  const base64 = body.replace(/[ \t\r\n]+/g, '');
  if (!BASE64.test(base64)) return undefined;
  const bytes = Buffer.from(base64, 'base64');
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** One PEM block in Go's format: lines of 64 characters and a final line feed. */
export function encodePem(label: string, der: Uint8Array): string {
  const base64 = Buffer.from(der).toString('base64');
  const lines = [];
  for (let start = 0; start < base64.length; start += LINE_LENGTH) {
    lines.push(base64.slice(start, start + LINE_LENGTH));
  }
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** DER from PEM text, PEM bytes or DER bytes. @throws LedgerError MALFORMED_IDENTITY when text holds no PEM block. */
export function toDer(pemOrDer: string | Uint8Array): Uint8Array {
  if (typeof pemOrDer !== 'string' && pemOrDer[0] === 0x30) return pemOrDer;
  const text = typeof pemOrDer === 'string' ? pemOrDer : Buffer.from(pemOrDer).toString('latin1');
  const der = decodePem(text);
  if (der === undefined)
    throw new LedgerError('MALFORMED_IDENTITY', {
      zh: '其中没有 PEM 内容。核对文件：应有 -----BEGIN 一行。',
      en: 'no PEM block',
    });
  return der;
}
