import type * as PapersModule from '@yici/papers';
import { ClientError } from '../../errors.js';

export type Papers = typeof PapersModule;

/**
 * Loaded when a paper is asked for: fonts and PDF are no part of a client that was installed without them.
 * @throws ClientError USAGE when they were left out
 */
export async function papers(): Promise<Papers> {
  try {
    return await import('@yici/papers');
  } catch (cause) {
    const message = {
      zh: '本机没有安装文书组件（@yici/papers）：安装时不要加 --omit=optional。',
      en: 'Papers (@yici/papers) are not installed here: install without --omit=optional.',
    };
    throw new ClientError('USAGE', message, { cause });
  }
}
