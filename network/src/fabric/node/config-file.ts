import { readFileSync } from 'node:fs';
import { parseDocument, type Document } from 'yaml';
import { NetworkError } from '../../errors.js';
import type { Setting } from './settings.js';

/**
 * A node's configuration file: the release's sample, comments included, with our settings. The node's whole
 * configuration is thus in one file that an operator can read; nothing comes from the environment.
 * @throws NetworkError FABRIC_NOT_INSTALLED when the sample cannot be read
 */
export function configFile(sample: string, settings: readonly Setting[]): string {
  const document = readSample(sample);
  for (const { key, value } of settings) document.setIn(key.split('.'), document.createNode(value));
  return document.toString({ lineWidth: 0 });
}

function readSample(file: string): Document {
  try {
    const document = parseDocument(readFileSync(file, 'utf8'));
    const [error] = document.errors;
    if (error !== undefined) throw error;
    return document;
  } catch (cause) {
    const words = {
      zh: `Fabric 的配置样例 ${file} 无法读取。重新执行 yici-network fabric install。`,
      en: `Fabric's sample ${file} cannot be read.`,
    };
    throw new NetworkError('FABRIC_NOT_INSTALLED', words, { details: { file }, cause });
  }
}
