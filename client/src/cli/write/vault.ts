import { z } from 'zod';
import { seal } from '../../documents/digest.js';
import type { Disclosure } from '../../documents/disclosure.js';
import { keepSalt } from '../../documents/salt-store.js';
import type { FormSources, OptionValues } from '../form/values.js';
import { saltFolder } from '../home.js';
import { writeNew } from '../new-file.js';
import type { Terminal } from '../../terminal/terminal.js';
import type { FiledDocument } from '../documents/filed-documents.js';
import type { Input } from '../spec/prepare.js';

/** Computes the digests of one call, stores their salts, and writes the disclosure that the requester needs. */
export interface Vault extends FormSources {
  /** Writes `--disclosure`, before anything is sent. @throws ClientError USAGE when the file exists or cannot be written. */
  disclose(input: Input, values: OptionValues): Promise<void>;
  /** The sealed fields of an input with their salts, for a command that takes them privately. */
  confided(input: Input): { values: { code: string; value: string; salt: string }[] } | undefined;
  /** The documents and written words of an input that were sealed, to be stored once the act is done. */
  documents(input: Input): readonly FiledDocument[];
}

export function openVault(terminal: Terminal): Vault {
  const fields: SealedField[] = [];
  const documents: FiledDocument[] = [];
  const sealed = async (content: Uint8Array | string, label: string) => {
    const made = seal(content);
    await keepSalt(saltFolder(terminal.env), made, label);
    return made;
  };
  return {
    terminal,
    async seal(content, label) {
      const made = await sealed(content, label);
      documents.push({ content: Buffer.from(content), label, ...made });
      return made.sealed;
    },
    async sealValue(value, code) {
      const made = await sealed(value, code);
      const salt = Buffer.from(made.salt).toString('base64');
      fields.push({ code, value, salt, digest: made.sealed.digest });
      return made.sealed;
    },
    documents: (input) => documents.filter(({ sealed }) => isIn(input, sealed)),
    confided: (input) => confided(sealedIn(input, fields)),
    disclose: (input, values) => disclose(sealedIn(input, fields), input, values),
  };
}

/** The values that an input names, by the codes that it has for them: they may have been typed by the names of their fields. */
function sealedIn(input: Input, fields: readonly SealedField[]): SealedField[] {
  const items = Object.values(input).flat();
  return items.flatMap((item) => {
    const { code, digest } = sealedItem.safeParse(item).data ?? {};
    const field = fields.find((one) => one.digest === digest);
    return field === undefined || code === undefined ? [] : [{ ...field, code }];
  });
}

const sealedItem = z.object({ code: z.string(), digest: z.string() });

type SealedField = Disclosure['fields'][number] & { readonly digest: string };

function confided(own: readonly SealedField[]): ReturnType<Vault['confided']> {
  if (own.length === 0) return undefined;
  const values = own.map(({ code, value, salt }) => ({
    ...{ code, value },
    salt: Buffer.from(salt, 'base64').toString('hex'),
  }));
  return { values };
}

async function disclose(
  own: readonly SealedField[],
  { attestationId }: Input,
  { disclosure: file }: OptionValues,
): Promise<void> {
  if (typeof file !== 'string' || typeof attestationId !== 'string') return;
  const fields = own.map(({ code, value, salt }) => ({ code, value, salt }));
  const disclosure: Disclosure = { v: 1, attestationId, fields };
  await writeNew(file, Buffer.from(`${JSON.stringify(disclosure, null, 2)}\n`, 'utf8'));
}

/** For what is drafted: words stay words, which whoever signs seals; files are sealed, to be read where they are stored. */
export function openDraftVault(terminal: Terminal): Vault {
  const vault = openVault(terminal);
  return {
    ...vault,
    seal: (content, label) =>
      typeof content === 'string' ? Promise.resolve(content) : vault.seal(content, label),
  };
}

/** What was asked for again was sealed again: only what an input names goes with it. */
const isIn = (input: Input, { digest }: { readonly digest: string }): boolean =>
  JSON.stringify(input).includes(digest);
