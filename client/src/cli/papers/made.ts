import type { Language, Paper, PaperKind } from '@yici/papers';
import { collected } from '../../api/ask.js';
import { provedIssue } from '../../chain/issued.js';
import { paperSources, stepOfCard, type PaperAsker } from '../../chain/paper-sources.js';
import type { Caller } from '../caller.js';
import { searchDocuments } from '../documents/case-documents.js';
import { draftSources } from './drafted.js';
import { papers, type Papers } from './loaded.js';

/** Which paper of what: the number of a case, an order or a card; of a case the act, by default the newest of its kind. */
export interface Wanted {
  readonly kind: PaperKind;
  readonly number: string;
  readonly seq?: number | undefined;
  /** Before the act: as a draft or sign-off of this number says it, or with what is known already. */
  readonly draft?: string | true | undefined;
}

/** In which language, and by whose templates. */
export interface Edition {
  readonly lang: Language;
  readonly folder: string | undefined;
}

/**
 * Makes a paper of what the ledger records.
 * @throws PaperError; ClientError CHECK_FAILED when a case's chain does not hold, RECEIPT_REFUSED when its act is not proved
 */
export async function madePaper(
  caller: Caller,
  wanted: Wanted,
  { lang, folder }: Edition,
): Promise<{ readonly paper: Paper; readonly bytes: Uint8Array }> {
  const { layOut, readFonts, readTemplate } = await papers();
  // What is wrong with a template is told before anything is asked for.
  const template = readTemplate(wanted.kind, folder, lang);
  const paper = await paperOf(caller, wanted, lang);
  return { paper, bytes: await layOut(paper, template, readFonts(folder)) };
}

/** A paper's content, before it is laid out. */
export async function paperOf(
  caller: Caller,
  { kind, number, seq, draft }: Wanted,
  lang: Language,
): Promise<Paper> {
  const { cardPaper, casePaper, draftPaper, isCasePaper, orderPaper } = await papers();
  const { client } = caller;
  const departments = await collected(client.list('departments.list', { limit: 200 }));
  const names = new Map(departments.map(({ id, name }) => [id, name]));
  const nameOf = (id: string) => names.get(id) ?? { zh: id, en: id };
  const asker = await askerOf(caller);
  const place = { lang, nameOf, genesis: asker.genesis };
  if (isCasePaper(kind)) {
    if (draft !== undefined) {
      const { drafted, ...known } = await draftSources(caller, kind, number, draft);
      return draftPaper(kind, { ...place, ...known }, drafted);
    }
    return casePaper(kind, { ...place, ...(await caseSources(caller, kind, number, seq)) });
  }
  if (kind === 'order') {
    const { record: order, ...issued } = await provedIssue(asker, { of: kind, id: number });
    return orderPaper({ ...place, order, issued });
  }
  const { record: card, ...issued } = await provedIssue(asker, { of: kind, id: number });
  return cardPaper({ ...place, card, issued, step: await stepOfCard(client, card) });
}

/** The pinned ledger; a custodial account has its gateway's word for it. */
export const genesisOf = async ({ client, identity }: Caller): Promise<string> =>
  identity?.pins?.genesisHash ?? (await client.network()).genesisHash;

/** The case's sources; written reasons are looked for at the other departments' gateways too. */
async function caseSources(
  caller: Caller,
  kind: Parameters<Papers['actOfPaper']>[0],
  number: string,
  seq: number | undefined,
) {
  const { actOfPaper } = await papers();
  const search = searchDocuments(caller);
  try {
    const sources = await paperSources(await askerOf(caller), {
      caseNo: number,
      act: (events) => actOfPaper(kind, events, seq),
      find: (digest) => search.find(digest),
    });
    return { ...sources, seq };
  } finally {
    await search.close();
  }
}

export const askerOf = async (caller: Caller): Promise<PaperAsker> => ({
  ...caller,
  genesis: await genesisOf(caller),
});
