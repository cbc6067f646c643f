import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import jsqr from 'jsqr';

/** Of pdf.js and its canvas what is used here: their own types need a browser's. */
interface PdfJs {
  getDocument(options: { data: Uint8Array; verbosity: number }): { promise: Promise<PdfDocument> };
}
interface PdfDocument {
  readonly numPages: number;
  getPage(number: number): Promise<PdfPage>;
  destroy(): Promise<void>;
}
interface PdfPage {
  getTextContent(): Promise<{ items: readonly { readonly str?: string }[] }>;
  getViewport(options: { scale: number }): { readonly width: number; readonly height: number };
  render(options: object): { promise: Promise<void> };
}
interface Canvases {
  createCanvas(width: number, height: number): Canvas;
}
interface Canvas {
  readonly width: number;
  readonly height: number;
  getContext(kind: '2d'): {
    fillStyle: string;
    fillRect(x: number, y: number, width: number, height: number): void;
    getImageData(x: number, y: number, width: number, height: number): { data: Uint8ClampedArray };
  };
}

/** From test/browser, which is installed for suites alone. */
const brought = createRequire(new URL('../../browser/package.json', import.meta.url));
const load = (name: string): Promise<unknown> => import(pathToFileURL(brought.resolve(name)).href);

/** What a reader of a PDF sees, by a library that did not make it. */
export interface SeenPdf {
  readonly pages: number;
  /** The text of all pages, without the spaces and breaks of the layout. */
  readonly text: string;
  /** Every font that is named, and whether the file carries it. */
  readonly fonts: readonly { readonly name: string; readonly embedded: boolean }[];
  /** What the QR code of the last page says. */
  readonly code: string | undefined;
}

export async function seenPdf(bytes: Uint8Array): Promise<SeenPdf> {
  const reader = (await load('pdfjs-dist/legacy/build/pdf.mjs')) as PdfJs;
  const document = await reader.getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const texts: string[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent();
    texts.push(...items.map(({ str = '' }) => str));
  }
  const seen = {
    pages: document.numPages,
    text: texts.join('').replace(/\s+/g, ''),
    fonts: fontsIn(bytes),
    code: await codeOn(document),
  };
  await document.destroy();
  return seen;
}

/** As the file's own objects say it: each font's descriptor with its program. */
function fontsIn(bytes: Uint8Array): { name: string; embedded: boolean }[] {
  const text = Buffer.from(bytes).toString('latin1');
  return [...text.matchAll(/\/Type \/FontDescriptor[\s\S]*?endobj/g)].map(([object]) => ({
    name: /\/FontName \/(\S+)/.exec(object)?.[1] ?? '',
    embedded: /\/FontFile[23]? \d+ 0 R/.test(object),
  }));
}

async function codeOn(document: PdfDocument): Promise<string | undefined> {
  const page = await document.getPage(document.numPages);
  const viewport = page.getViewport({ scale: 3 });
  const { width, height } = viewport;
  const drawing = (await load('@napi-rs/canvas')) as Canvases;
  const canvas = drawing.createCanvas(Math.ceil(width), Math.ceil(height));
  const context = canvas.getContext('2d');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  await page.render({ canvas, canvasContext: context, viewport }).promise;
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  return jsqr.default(new Uint8ClampedArray(data), canvas.width, canvas.height)?.data;
}
