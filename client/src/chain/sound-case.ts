import { collected } from '../api/ask.js';
import type { YiciClient } from '../api/client.js';
import { checkCaseChain } from './chain.js';
import { ClientError } from '../errors.js';

/** A case and its events. @throws ClientError CHECK_FAILED when they do not make its chain */
export async function soundCase(client: YiciClient, caseNo: string) {
  const record = await client.read('cases.get', { caseNo });
  const events = await collected(client.list('cases.events', { caseNo, limit: 200 }));
  if (checkCaseChain(record, events).findings.length === 0) return { record, events };
  throw new ClientError('CHECK_FAILED', {
    zh: `办件 ${caseNo} 的办理记录与校验值不符：yici case verify ${caseNo}`,
    en: `The chain of ${caseNo} does not hold: yici case verify ${caseNo}`,
  });
}
