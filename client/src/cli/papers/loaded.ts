import type * as PapersModule from '@yici/papers';
import { ClientError } from '../../errors.js';

export type Papers = typeof PapersModule;

/**
 * Loaded when a paper is asked for: fonts and PDF are no part of a client that was installed alone.
 * @throws ClientError USAGE when they are not here
 */
export async function papers(): Promise<Papers> {
  try {
    return await import('@yici/papers');
  } catch (cause) {
    const message = {
      zh: '本机没有安装文书组件：请在本客户端旁安装 @yici/papers。',
      en: 'What makes papers is not installed here: install @yici/papers beside this client.',
    };
    throw new ClientError('USAGE', message, { cause });
  }
}
