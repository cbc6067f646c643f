import { marked, type Token, type Tokens } from 'marked';
import PDFDocument from 'pdfkit';
import qrcode from 'qrcode-generator';
import type { PaperFonts } from './built-in.js';
import { codeText } from './code.js';
import type { Paper } from './paper.js';
import { requireGlyphs } from './glyphs.js';
import { filled, type Template } from './template.js';
import { draftWords, verifyLines } from './verify-lines.js';

/** A4 in points, with the margins of GB/T 9704-2012: 37, 26, 35 and 28 mm. */
const mm = 72 / 25.4;
const page = {
  size: 'A4',
  margins: { top: 37 * mm, right: 26 * mm, bottom: 35 * mm, left: 28 * mm },
} as const;
const size = { organ: 20, title: 22, text: 14, small: 9 };

type Doc = InstanceType<typeof PDFDocument>;

/**
 * Lays a paper out as PDF, its fonts embedded as far as they are used. The same paper, template and fonts give the same bytes:
 * the only time in it is the act's, and nothing is compressed, since deflate is not the same in each version of Node.
 * @throws PaperError TEMPLATE_REFUSED, GLYPH_MISSING naming the characters that the fonts do not have
 */
export async function layOut(
  paper: Paper,
  template: Template,
  fonts: PaperFonts,
): Promise<Uint8Array> {
  const markdown = filled(template, paper.fields);
  requireGlyphs(markdown, fonts);
  const at = new Date(paper.at);
  const doc = new PDFDocument({
    ...page,
    // None of the library's own, which only Node has.
    font: '',
    compress: false,
    bufferPages: true,
    lang: paper.lang === 'zh' ? 'zh-CN' : 'en',
    info: { Title: paper.fields.title, Author: paper.fields.organ, CreationDate: at, ModDate: at },
  });
  const done = bytesOf(doc);
  doc.registerFont('text', Buffer.from(fonts.text));
  doc.registerFont('strong', Buffer.from(fonts.strong));
  doc.font('strong');
  for (const block of marked.lexer(markdown)) write(doc, block);
  footer(doc, paper);
  pageNumbers(doc);
  if (paper.code === undefined) markDraft(doc, draftWords[paper.lang].mark);
  doc.end();
  return done;
}

function bytesOf(doc: Doc): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  return new Promise((resolve, reject) => {
    doc.on('data', (piece: Uint8Array) => pieces.push(piece));
    doc.on('error', reject);
    doc.on('end', () => resolve(Buffer.concat(pieces)));
  });
}

function write(doc: Doc, block: Token): void {
  switch (block.type) {
    case 'heading':
      heading(doc, block as Tokens.Heading);
      break;
    case 'paragraph':
      paragraph(doc, block as Tokens.Paragraph);
      break;
    case 'list':
      for (const item of (block as Tokens.List).items)
        line(doc, `\u3000\u3000${plain(item.tokens)}`);
      break;
    case 'blockquote':
      for (const text of plain((block as Tokens.Blockquote).tokens).split('\n'))
        line(doc, text, 'right');
      break;
    case 'table':
      table(doc, block as Tokens.Table);
      break;
    case 'hr':
      rule(doc);
      break;
    default:
      break;
  }
}

/** `#` is the organ's name over the paper, `##` its title, anything below a heading within it. */
function heading(doc: Doc, { depth, tokens }: Tokens.Heading): void {
  doc.font('strong').fontSize(depth === 1 ? size.organ : depth === 2 ? size.title : size.text);
  doc.text(plain(tokens), { align: depth <= 2 ? 'center' : 'left', lineGap: 6 });
  doc.moveDown(depth <= 2 ? 0.6 : 0.2);
}

/** Two characters of indent, but for the addressee's line: words without a stop, and a colon. */
function paragraph(doc: Doc, { tokens }: Tokens.Paragraph): void {
  const text = plain(tokens);
  line(doc, /^[^，。；,.;]*[：:]$/.test(text) ? text : `\u3000\u3000${text}`);
}

function line(doc: Doc, text: string, align: 'left' | 'right' = 'left'): void {
  doc.font('text').fontSize(size.text).text(text, { align, lineGap: 8 });
}

function table(doc: Doc, { header, rows }: Tokens.Table): void {
  const cells = (row: readonly Tokens.TableCell[]) => row.map(({ tokens }) => plain(tokens));
  doc.moveDown(0.3).font('text').fontSize(11);
  doc.table({
    data: [cells(header), ...rows.map(cells)],
    defaultStyle: { padding: 5, border: 0.5 },
  });
  doc.moveDown(0.6);
}

function rule(doc: Doc): void {
  const { left, right } = page.margins;
  doc
    .moveTo(left, doc.y)
    .lineTo(doc.page.width - right, doc.y)
    .lineWidth(0.8)
    .stroke();
  doc.moveDown(0.8);
}

/** The words of inline markup; a forced break stays one. */
function plain(tokens: readonly Token[] = []): string {
  return tokens
    .map((token) => {
      if (token.type === 'br') return '\n';
      if ('tokens' in token) return plain(token.tokens);
      return 'text' in token ? String(token.text) : token.raw;
    })
    .join('');
}

const qrSize = 92;
/** The lowest a paper is printed on, as printers can. */
const edge = 14 * mm;

/** The code that leads to the record, what to do with it, and room for the seal's evidence: at the foot of the last page. */
function footer(doc: Doc, paper: Paper): void {
  const { left, right } = page.margins;
  const words = verifyLines(paper).join('\n');
  const x = left + qrSize + 12;
  const layout = { width: doc.page.width - right - x, lineGap: 1.5 };
  doc.font('text').fontSize(size.small);
  const needed = Math.max(qrSize, doc.heightOfString(words, layout));
  const lowest = doc.page.height - edge - needed;
  if (doc.y + 16 > lowest) doc.addPage();
  // The foot lies in the margin that the text above keeps free.
  doc.page.margins.bottom = edge;
  const top = lowest;
  doc
    .moveTo(left, top - 8)
    .lineTo(doc.page.width - right, top - 8)
    .lineWidth(0.5)
    .stroke();
  if (paper.code !== undefined) modules(doc, codeText(paper.code), left, top);
  doc.font('text').fontSize(size.small).text(words, x, top, layout);
}

/** `1 / 2` at the head of each page, where there are several. */
function pageNumbers(doc: Doc): void {
  const { count } = doc.bufferedPageRange();
  for (let index = 0; count > 1 && index < count; index++) {
    doc.switchToPage(index);
    const words = `${String(index + 1)} / ${String(count)}`;
    doc.font('text').fontSize(size.small);
    doc.text(words, page.margins.left, 20 * mm, { align: 'right', lineBreak: false });
  }
}

/** A draft says so across each page. */
function markDraft(doc: Doc, mark: string): void {
  const { width, height } = doc.page;
  const middle = [width / 2, height / 2] as const;
  for (let index = 0; index < doc.bufferedPageRange().count; index++) {
    doc.switchToPage(index);
    doc.save().rotate(-35, { origin: [...middle] });
    doc.font('strong').fontSize(120).fillColor('#999999').fillOpacity(0.25);
    doc.text(mark, 0, middle[1] - 60, { width, align: 'center', lineBreak: false });
    doc.restore();
  }
}

/** QR code (ISO/IEC 18004) with a medium level of correction, as squares: no picture that a printer would soften. */
function modules(doc: Doc, text: string, left: number, top: number): void {
  const code = qrcode(0, 'M');
  code.addData(text, 'Byte');
  code.make();
  const count = code.getModuleCount();
  const side = qrSize / count;
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      if (code.isDark(row, column)) doc.rect(left + column * side, top + row * side, side, side);
    }
  }
  doc.fill('#000000');
}
