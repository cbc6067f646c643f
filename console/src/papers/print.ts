import { cardPaper, casePaper, layOut, orderPaper, templateOf } from '@yici/papers/print';
import { paperSources, provedIssue, stepOfCard, type YiciClient } from '@yici/client/web';
import type { Session } from '@yici/api';
import type { CasePaperKind, PaperKind } from '@yici/papers/kinds';
import type { CaseEventRecord, Language, Words } from '@yici/domain/model';
import { ConsoleError } from '../errors.js';
import { keptOwn } from './own.js';

/** The words of each paper, one file each, as the command line has them. */
const templates = import.meta.glob<string>('../../../papers/templates/*/*.md', {
  query: '?raw',
  import: 'default',
});

/** Which paper: of an act of a case, or what a card or an order was issued with. */
export type Wanted =
  | { readonly kind: CasePaperKind; readonly caseNo: string; readonly seq: number }
  | { readonly kind: 'card'; readonly id: string }
  | { readonly kind: 'order'; readonly id: string };

/** Who asks, of which ledger, and in which language. */
export interface Asking {
  readonly client: YiciClient;
  readonly session: Session;
  /** What the visitor pins. */
  readonly genesis: string;
  readonly nameOf: (department: string) => Words;
  readonly lang: Language;
}

/**
 * A paper as PDF, by the templates and fonts of the visitor's department where it has its own: byte for byte what `yici paper make`
 * gives. What it says is proved before.
 * @throws ClientError, PaperError as there; ConsoleError FONTS_MISSING where the gateway has none
 */
export async function printed(asking: Asking, wanted: Wanted): Promise<Uint8Array> {
  const { lang, session } = asking;
  const kept = await keptOwn(session);
  const own = (name: string) => kept.get(name);
  const [text, strong, template] = await Promise.all([
    own('text.ttf') ?? own('text.otf') ?? fontNamed('text'),
    own('strong.ttf') ?? own('strong.otf') ?? fontNamed('strong'),
    templateFor(wanted.kind, lang, own(`${wanted.kind}.md`)),
  ]);
  return layOut(await paperOf(asking, wanted), template, { text, strong });
}

async function paperOf(asking: Asking, wanted: Wanted) {
  const { client, lang, nameOf, genesis } = asking;
  const place = { lang, nameOf, genesis };
  if (wanted.kind === 'order') {
    const { record: order, ...issued } = await provedIssue(asking, { of: 'order', id: wanted.id });
    return orderPaper({ ...place, order, issued });
  }
  if (wanted.kind === 'card') {
    const { record: card, ...issued } = await provedIssue(asking, { of: 'card', id: wanted.id });
    return cardPaper({ ...place, card, issued, step: await stepOfCard(client, card) });
  }
  const { kind, caseNo, seq } = wanted;
  const sources = await paperSources(asking, { caseNo, act: (events) => actAt(events, seq) });
  return casePaper(kind, { ...place, ...sources, seq });
}

async function templateFor(kind: PaperKind, lang: Language, own: Uint8Array | undefined) {
  if (own !== undefined) return templateOf(kind, new TextDecoder().decode(own), `${kind}.md`);
  const path = `../../../papers/templates/${lang}/${kind}.md`;
  return templateOf(kind, (await templates[path]?.()) ?? '', path);
}

function actAt(events: readonly CaseEventRecord[], seq: number): CaseEventRecord {
  const found = events.find((event) => event.seq === seq);
  if (found === undefined) {
    throw new ConsoleError('NOT_FOUND', {
      zh: `没有第 ${String(seq)} 号办理记录。`,
      en: `There is no act ${String(seq)}.`,
    });
  }
  return found;
}

/** Kept by the browser for good: 15 MB each, as there is no font of all characters that is smaller. */
async function fontNamed(name: string): Promise<Uint8Array> {
  const answer = await fetch(`/fonts/${name}.ttf`);
  if (!answer.ok) {
    throw new ConsoleError('FONTS_MISSING', {
      zh: '此网关没有安装文书字体：在下面加入本部门的 text.ttf 和 strong.ttf，或者在命令行以 yici paper make 出具。',
      en: 'This gateway has no fonts for papers: add text.ttf and strong.ttf of your department below, or make it at the command line (yici paper make).',
    });
  }
  return new Uint8Array(await answer.arrayBuffer());
}
