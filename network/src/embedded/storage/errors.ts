import type { Sentence } from '@yici/ledger';
import { NetworkError } from '../../errors.js';

/** BLOCK_FILE_CORRUPT with the file and the offset of the damaged record. */
export function corrupt(file: string, offset: number, { zh, en }: Sentence): NetworkError {
  const words = {
    zh: `${file} 在 ${offset} 处损坏：${zh}。用备份恢复目录；系统不自动修复此类损坏。`,
    en: `${file} at ${offset}: ${en}`,
  };
  return new NetworkError('BLOCK_FILE_CORRUPT', words, { details: { file, offset } });
}

export const blockIs = (number: bigint, zh: string, en: string): Sentence => ({
  zh: `区块 ${number} ${zh}`,
  en: `block ${number} ${en}`,
});

export const otherChecksum = (number: bigint): Sentence =>
  blockIs(number, '与其校验和不符', 'does not match its checksum');

export const noBlock: Sentence = { zh: '没有任何区块', en: 'there is no block' };

export const noSegment: Sentence = { zh: '缺少区块文件', en: 'the segment file is missing' };

/** The `code` of an error from Node or level, if it has one. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
