import type { CasePaperKind, PaperAct } from '@yici/papers';
import { z } from 'zod';
import { ClientError } from '../../errors.js';
import type { Caller } from '../caller.js';
import type { Input } from '../spec/prepare.js';
import { papers } from './loaded.js';
import { soundCase } from '../../chain/sound-case.js';

const written = z.looseObject({ reason: z.looseObject({ text: z.string() }) });

/**
 * What a paper says before its act: of the case what the ledger records, of the act what a draft or a sign-off has, signed by
 * whoever prints it, today. Words and files that are digested when the act is signed have no digest yet.
 * @throws ClientError USAGE when the draft is of another act or another case
 */
export async function draftSources(
  { client, session }: Caller,
  kind: CasePaperKind,
  caseNo: string,
  draft: string | true,
) {
  const { actsOfPaper } = await papers();
  const acts = actsOfPaper[kind];
  if (draft === true && !knownBefore.includes(kind)) throw contentMissing();
  const { command, input } =
    draft === true ? { command: acts[0], input: {} } : await contentOf(client, draft);
  const type = acts.find((act) => act === command);
  if (type === undefined || (input['caseNo'] ?? caseNo) !== caseNo) throw unfit(String(draft));
  const { record, events } = await soundCase(client, caseNo);
  const { taskCode, matterVersion: version } = record;
  const { content: matter } = await client.read('matters.version', { taskCode, version });
  const by = { department: session.department?.id ?? record.owner, user: session.user };
  const at = new Date().toISOString();
  const drafted: PaperAct = {
    caseNo,
    seq: events.length + 1,
    type,
    by,
    at,
    data: undigested(input),
  };
  const reason = written.safeParse(input);
  const reasonText = reason.success ? reason.data.reason.text : undefined;
  return { record, events, matter, drafted, reasonText };
}

/** The act that a draft or a sign-off is about, by its number. */
async function contentOf(
  client: Caller['client'],
  id: string,
): Promise<{ readonly command: string; readonly input: Input }> {
  return id.startsWith('sgn_')
    ? client.read('signoffs.get', { id })
    : client.read('drafts.get', { id });
}

/** What these say is known before the act, but for the number of the document. */
const knownBefore: readonly CasePaperKind[] = ['receipt', 'acceptance'];

const contentMissing = (): ClientError =>
  new ClientError('USAGE', {
    zh: '这种文书的内容取自草稿或者审签件，请写明编号：--draft <编号>（见 yici draft list、yici signoff list）。',
    en: 'What this paper says is taken from a draft or a sign-off: --draft ID (see yici draft list, yici signoff list).',
  });

const unfit = (draft: string): ClientError =>
  new ClientError('USAGE', {
    zh: `${draft} 不是本办件这种文书所依据的操作的草稿或者审签件。`,
    en: `${draft} is no draft or sign-off of the act of this case that the paper is about.`,
  });

/** Words where the act will have a digest. */
function undigested(input: Input): Input {
  const blank = { digest: '' };
  const plain = ['voucher', 'document', 'seal'].filter((name) => typeof input[name] === 'string');
  const words = written.safeParse(input);
  return {
    ...input,
    ...Object.fromEntries(plain.map((name) => [name, blank])),
    ...(words.success && { reason: { ...words.data.reason, text: blank } }),
  };
}
