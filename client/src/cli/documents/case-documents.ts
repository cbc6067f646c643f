import type { CaseMaterial } from '@yici/api';
import { sayIn } from '@yici/terminal';
import type { Language } from '@yici/domain/model';
import { YiciClient } from '../../api/client.js';
import { documentWith, type Found } from '../../api/found-document.js';
import { ClientError } from '../../errors.js';
import { originOf } from '../../identity/pins.js';
import type { Caller } from '../caller.js';

/** Where documents were looked for, and the gateways that could not be asked. */
export interface Search {
  find(digest: string): Promise<Found | undefined>;
  readonly unasked: readonly string[];
  close(): Promise<void>;
}

/**
 * Looks for documents at the caller's gateway, then at the other gateways that its identity pins: each department's gateway
 * keeps what its own officials brought in, and shows it to the parties of the case that names it. A custodial account has its
 * own gateway only.
 */
export function searchDocuments({ client, identity }: Caller): Search {
  const unasked: string[] = [];
  let others: Promise<YiciClient[]> | undefined;
  const open = async (): Promise<YiciClient[]> => {
    const opened: YiciClient[] = [];
    for (const { addresses } of identity?.pins?.gateways ?? []) {
      if (addresses.some((address) => originOf(address) === originOf(client.gateway))) continue;
      const other = await login(addresses, identity);
      if (other === undefined) unasked.push(addresses.join(' '));
      else opened.push(other);
    }
    return opened;
  };
  return {
    unasked,
    async find(digest) {
      const here = await documentWith(client, digest);
      if (here !== undefined) return here;
      for (const other of await (others ??= open())) {
        const found = await documentWith(other, digest);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    async close() {
      for (const other of (await others) ?? []) await other.logout().catch(() => undefined);
    },
  };
}

/** The first of a gateway's addresses that takes the login. */
async function login(
  addresses: readonly string[],
  identity: Caller['identity'],
): Promise<YiciClient | undefined> {
  for (const baseUrl of addresses) {
    const other = new YiciClient({ baseUrl, ...(identity && { identity }) });
    try {
      await other.login();
      return other;
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
    }
  }
  return undefined;
}

/** Who of the caller's department read it first, by the journal of the gateway that keeps it. */
export async function firstReader(
  { client, document: { id } }: Found,
  { session: { department } }: Caller,
): Promise<CaseMaterial['opened']> {
  for await (const { kind, by, at } of client.list('documents.reads', { id, limit: 200 })) {
    if (kind === 'document.read' && by.department === department?.id) return { by, at };
  }
  return null;
}

/** A case's material by its code, met by a document. @throws ClientError USAGE naming the codes that there are */
export async function materialOf(
  { client }: Caller,
  caseNo: string,
  code: string,
): Promise<CaseMaterial & { readonly digest: string }> {
  const { items } = await client.read('cases.materials', { caseNo });
  const held = items.find((one) => one.code === code || one.name?.zh === code);
  if (held?.digest !== undefined) return { ...held, digest: held.digest };
  const codes = items.filter(({ digest }) => digest !== undefined);
  const names = (language: Language) => {
    const say = sayIn(language);
    return say.list(codes.map((one) => say.aside(one.code, one.name ?? one.code)));
  };
  throw new ClientError('USAGE', {
    zh: `该办件没有以文件提交的材料“${code}”，现有：${names('zh')}。`,
    en: `The case has no material ${code} that came as a document; it has: ${names('en')}.`,
  });
}
