import type { Names, Register } from '@yici/terminal';
import { ClientError } from '../../errors.js';
import type { Offered } from './offered.js';

/** What the ledger has names for. */
const named: ReadonlySet<Offered | undefined> = new Set([
  ...(['department', 'dataset', 'matter', 'step'] as const),
]);
export const isNamed = (offered: Offered | undefined): offered is Offered & Register =>
  named.has(offered);

/**
 * The id that somebody means by a name; what is no name stays as it is.
 * @throws ClientError USAGE with the ids, where several have the name
 */
export function idNamed(offered: Offered | undefined, text: string, names: Names): string {
  if (!isNamed(offered)) return text;
  const entries = [...(names[offered] ?? [])];
  if (entries.some(([id]) => id === text)) return text;
  const ids = entries.filter(([, { zh, en }]) => zh === text || en === text).map(([id]) => id);
  const [first = text, ...others] = ids;
  if (others.length === 0) return first;
  throw new ClientError('USAGE', {
    zh: `名为“${text}”的有多个，请填代码：${ids.join('、')}。`,
    en: `Several are called "${text}", give one of their ids: ${ids.join(', ')}.`,
  });
}

/** {@link idNamed} of a value or of each of several. */
export function idsNamed(offered: Offered | undefined, value: unknown, names: Names): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => idsNamed(offered, one, names));
  return typeof value === 'string' ? idNamed(offered, value, names) : value;
}
