import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { YiciClient } from '../../api/client.js';
import { refusalCode } from '../../contract-refusal.js';
import type { SaltedDigest } from '../../documents/digest.js';
import { mediaTypeOfName } from '../../documents/media.js';
import { ClientError } from '../../errors.js';
import type { Vocabulary, Words } from '@yici/domain/model';
import { printable } from '@yici/terminal';
import type { Terminal } from '../../terminal/terminal.js';
import { homeFolder } from '../home.js';

/** A document, or written reasons, of which a command carries the digest. */
export interface FiledDocument {
  readonly content: Uint8Array;
  /** The path that was typed; of words the name they get. */
  readonly label: string;
  readonly salt: Uint8Array;
  readonly sealed: SaltedDigest;
}

/** What became of a document beside its act: stored under `id`, or not, with the reason and what to type for it. */
export interface Stored {
  readonly name: string;
  readonly digest: string;
  readonly id?: string;
  readonly code?: string;
  readonly retry?: string;
}

/**
 * Stores what an act has put digests of on the ledger, so that who decides can read it. After the act: a refused one leaves
 * nothing behind, and a store that refuses takes nothing back of what was filed. Each document has its own outcome.
 */
export async function storeFiled(
  client: Pick<YiciClient, 'putDocument'>,
  documents: readonly FiledDocument[],
  { terminal, store }: { readonly terminal: Terminal; readonly store: boolean },
): Promise<Stored[]> {
  const stored: Stored[] = [];
  for (const document of documents) {
    const name = nameOf(document);
    const { digest } = document.sealed;
    const outcome = store ? await storeOne(client, document, name) : { code: 'NO_STORE' };
    const retry = 'code' in outcome ? { retry: await retryOf(document, terminal) } : {};
    stored.push({ name, digest, ...outcome, ...retry });
  }
  return stored;
}

/** Words typed or piped in have no file of their own. */
const nameOf = ({ label }: FiledDocument): string => (label === '-' ? '标准输入' : basename(label));

async function storeOne(
  client: Pick<YiciClient, 'putDocument'>,
  { content, salt, sealed: { digest } }: FiledDocument,
  name: string,
): Promise<Pick<Stored, 'id' | 'code'>> {
  const type = mediaTypeOfName(name);
  if (type === undefined) return { code: 'MEDIA_TYPE_UNSUPPORTED' };
  try {
    const bytes = new Blob([Buffer.from(content)]);
    const { id } = await client.putDocument({ content: bytes, name, type, salt, digest });
    return { id };
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    return { code: refusalCode(error) ?? error.code };
  }
}

/** What stores it later. What is in no file any more is kept in one: the ledger names it, so it must not be lost. */
async function retryOf(
  { content, label, sealed: { digest } }: FiledDocument,
  terminal: Terminal,
): Promise<string> {
  let file = label;
  if (!existsSync(label)) {
    const folder = join(homeFolder(terminal.env), 'unstored');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    file = join(folder, `${digest}.txt`);
    await writeFile(file, content, { mode: 0o600 });
  }
  return `yici document put ${/^[\w./\p{Script=Han}-]+$/u.test(file) ? file : `'${file}'`} --as ${digest}`;
}

/** Why a document was not stored; anything else is told by its code. */
const reasons: Vocabulary = {
  NO_STORE: { zh: '按 --no-store 未存入', en: 'not stored, by --no-store' },
  MEDIA_TYPE_UNSUPPORTED: {
    zh: '网关不收这种文件，请改存为 PDF、OFD 等格式，或者用 --type 指明类型',
    en: 'the gateway takes no such files: store it as PDF or OFD, or say its type with --type',
  },
  DOCUMENT_TYPE_MISMATCH: {
    zh: '文件内容与扩展名不符',
    en: 'its content is not what its name says',
  },
  DOCUMENT_QUOTA: { zh: '本部门的文件空间已满', en: 'the room of this department is full' },
  BODY_TOO_LARGE: { zh: '文件超过网关的大小限制', en: 'larger than the gateway takes' },
  GATEWAY_UNREACHABLE: { zh: '网关没有应答', en: 'no gateway answers' },
};

export function presentStored(stored: readonly Stored[]): Words[] {
  return stored.flatMap(({ name: typed, id, code = '', retry = '' }) => {
    const name = printable(typed);
    if (id !== undefined) {
      const at = printable(id);
      return [{ zh: `✓ 文件已存入：${name}，编号 ${at}`, en: `✓ stored: ${name}, id ${at}` }];
    }
    const why = reasons[code] ?? { zh: printable(code), en: printable(code) };
    return [
      {
        zh: `✗ 文件未存入：${name}（${why.zh}）。登记已生效，办理部门暂时看不到原件。`,
        en: `✗ not stored: ${name} (${why.en}). What was filed counts; who handles it cannot see the document yet.`,
      },
      { zh: `  补存：${printable(retry)}`, en: `  to store it: ${printable(retry)}` },
    ];
  });
}
