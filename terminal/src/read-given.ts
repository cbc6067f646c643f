import { readFileSync } from 'node:fs';
import type { Words } from '@yici/domain/model';

/**
 * The content of a file that a person named. What is wrong with the name is told apart from what is wrong with the content.
 * @param refuse makes the command's own error of words without a full stop, which begin with the file's name
 */
export function readGiven(file: string, refuse: (words: Words, cause: unknown) => Error): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw refuse(wordsOf(file, (cause as NodeJS.ErrnoException).code ?? ''), cause);
  }
}

function wordsOf(file: string, code: string): Words {
  if (code === 'ENOENT') return { zh: `${file} 不存在`, en: `${file} does not exist` };
  if (code === 'EISDIR') return { zh: `${file} 是目录`, en: `${file} is a folder, not a file` };
  return { zh: `${file} 无法读取（${code}）`, en: `${file} cannot be read (${code})` };
}
