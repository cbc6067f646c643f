import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import type { Words } from '@yici/domain/model';
import { writeIfChanged } from '../atomic.js';

const mark = /^# render: ([0-9a-f]{64})\n/m;

/**
 * Writes `gateway.yaml`, in which a department's own settings stand too (its addresses, limits, stores): one that was edited stays,
 * and what would have been written lies beside it once that is something else. The mark says what was written last.
 * @returns the file beside it, where there is something to take over
 */
export function writeGatewayFile(file: string, text: string): string | undefined {
  const [beside, digest] = [`${file}.new`, digestOf(text)];
  const marked = `${text}# render: ${digest}\n`;
  const found = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  const [, written] = (found && mark.exec(found)) ?? [];
  const isOwn = found !== undefined && digestOf(found.replace(mark, '')) !== written;
  if (isOwn && written !== digest) {
    writeIfChanged(beside, marked);
    return beside;
  }
  if (!isOwn) writeIfChanged(file, marked);
  rmSync(beside, { force: true });
  return undefined;
}

export const besideWords = (file: string): Words => ({
  zh: `gateway.yaml 已由本部门改动，保留不变；现在写出的为 ${file}：比较后把改动并入其中，再以其取代 gateway.yaml。`,
  en: `gateway.yaml was edited and stays as it is; what is written now is in ${file}: compare them, take your changes over into it, and put it in the place of gateway.yaml.`,
});

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');
