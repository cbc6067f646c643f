import { isAbsolute } from 'node:path';
import { KeyError } from './errors.js';

/** Where a key lies, as a PKCS#11 URI (RFC 7512) says it. */
export interface TokenUri {
  /** Absolute path of the vendor's library. */
  readonly module: string;
  /** The token's label. */
  readonly token: string;
  /** The key's label. */
  readonly object?: string | undefined;
  /** CKA_ID; for keys made here, and for a Fabric node's, the SHA-256 of the public point. */
  readonly id?: Buffer | undefined;
  /** File whose first line is the PIN. */
  readonly pinFile?: string | undefined;
}

/** Whether the text of a key's file is a reference to a token. */
export const isTokenUri = (text: string): boolean => text.trimStart().startsWith('pkcs11:');

/**
 * Reads a PKCS#11 URI: `token`, `object` and `id` in the path, `module-path` and `pin-source` (a file) in the query. Other parts are
 * refused: a part that is not looked at would not narrow the search that it is meant to.
 * @throws KeyError TOKEN_URI_INVALID
 */
export function parseTokenUri(text: string): TokenUri {
  const [path = '', query = ''] = text.trim().slice('pkcs11:'.length).split('?');
  const found = { ...parts(path, ';', inPath), ...parts(query, '&', inQuery) };
  const { 'module-path': module = '', token = '', object, id, 'pin-source': source } = found;
  if (!isAbsolute(module)) throw invalid('module-path');
  if (token === '') throw invalid('token');
  return {
    module,
    token,
    object,
    id: id === undefined ? undefined : Buffer.from(id, 'latin1'),
    pinFile: source === undefined ? undefined : fileOf(source),
  };
}

/** The URI's text. */
export function tokenUriText({ module, token, object, id, pinFile }: TokenUri): string {
  const path = [
    `token=${encodeURIComponent(token)}`,
    ...(object === undefined ? [] : [`object=${encodeURIComponent(object)}`]),
    ...(id === undefined ? [] : [`id=${id.toString('hex').replaceAll(/../g, '%$&')}`]),
    'type=private',
  ];
  const query = [
    `module-path=${encodeURI(module)}`,
    ...(pinFile === undefined ? [] : [`pin-source=file:${encodeURI(pinFile)}`]),
  ];
  return `pkcs11:${path.join(';')}?${query.join('&')}\n`;
}

const inPath = ['token', 'object', 'id', 'type'] as const;
const inQuery = ['module-path', 'pin-source'] as const;

function parts<Name extends string>(text: string, by: string, known: readonly Name[]) {
  const found: Partial<Record<Name, string>> = {};
  for (const part of text.split(by).filter((each) => each !== '')) {
    const [, given = part, value = ''] = /^([^=]*)=(.*)$/s.exec(part) ?? [];
    const name = known.find((each) => each === given);
    if (name === undefined || found[name] !== undefined) throw invalid(given);
    found[name] = decoded(name, value);
  }
  return found;
}

/** An id is bytes, everything else text in UTF-8. */
function decoded(name: string, value: string): string {
  try {
    if (name !== 'id') return decodeURIComponent(value);
    return value.replaceAll(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  } catch {
    throw invalid(name);
  }
}

function fileOf(source: string): string {
  const file = source.replace(/^file:(\/\/)?/, '');
  if (isAbsolute(file)) return file;
  throw invalid('pin-source');
}

/** The value is not repeated: it might be a PIN. */
function invalid(part: string): KeyError {
  const isPin = part === 'pin-value';
  const words = {
    zh: isPin
      ? 'PKCS#11 URI 中不得写口令（pin-value）：请用 pin-source=file:绝对路径，或者环境变量 YICI_TOKEN_PIN。'
      : `PKCS#11 URI 有误（${part}）。应如 pkcs11:token=名称;object=密钥?module-path=/模块的绝对路径；pin-source 只能是 file:绝对路径。`,
    en: isPin
      ? 'A PIN does not belong in a PKCS#11 URI (pin-value): name a file with pin-source=file:/absolute/path, or set YICI_TOKEN_PIN.'
      : `The PKCS#11 URI is not usable (${part}): write it as pkcs11:token=NAME;object=KEY?module-path=/absolute/path, with pin-source=file:/absolute/path at the most.`,
  };
  return new KeyError('TOKEN_URI_INVALID', words, { details: { part } });
}
