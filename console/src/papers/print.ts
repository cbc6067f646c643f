import { casePaper, layOut, templateOf } from '@yici/papers/print';
import { paperSources, type YiciClient } from '@yici/client/web';
import type { Session } from '@yici/api';
import type { CasePaperKind } from '@yici/papers/kinds';
import type { CaseEventRecord, Language, Words } from '@yici/domain/model';
import { ConsoleError } from '../errors.js';

/** The words of each paper, one file each, as the command line has them. */
const templates = import.meta.glob<string>('../../../papers/templates/*/*.md', {
  query: '?raw',
  import: 'default',
});

interface Wanted {
  readonly client: YiciClient;
  readonly session: Session;
  /** What the visitor pins. */
  readonly genesis: string;
  readonly nameOf: (department: string) => Words;
  readonly kind: CasePaperKind;
  readonly caseNo: string;
  readonly seq: number;
  readonly lang: Language;
}

/**
 * A paper of a case as PDF, of what this page has checked: byte for byte what `yici paper make` gives.
 * @throws ClientError, PaperError as there; ConsoleError FONTS_MISSING where the gateway has none
 */
export async function printed(wanted: Wanted): Promise<Uint8Array> {
  const { kind, lang, caseNo, seq, client, session, genesis, nameOf } = wanted;
  const path = `../../../papers/templates/${lang}/${kind}.md`;
  const [text, strong, words, sources] = await Promise.all([
    fontNamed('text'),
    fontNamed('strong'),
    templates[path]?.() ?? '',
    paperSources({ client, session, genesis }, { caseNo, act: (events) => actAt(events, seq) }),
  ]);
  const paper = casePaper(kind, { ...sources, seq, lang, nameOf });
  return layOut(paper, templateOf(kind, words, path), { text, strong });
}

function actAt(events: readonly CaseEventRecord[], seq: number): CaseEventRecord {
  const found = events.find((event) => event.seq === seq);
  if (found === undefined) throw new ConsoleError('NOT_FOUND', `no act ${String(seq)}`);
  return found;
}

/** Kept by the browser for good: 15 MB each, as there is no font of all characters that is smaller. */
async function fontNamed(name: string): Promise<Uint8Array> {
  const answer = await fetch(`/fonts/${name}.ttf`);
  if (!answer.ok) throw new ConsoleError('FONTS_MISSING', 'this gateway has no fonts for papers');
  return new Uint8Array(await answer.arrayBuffer());
}
