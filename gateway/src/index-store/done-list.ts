import type { DoneItem } from '@yici/api';
import { contractEvent } from '@yici/domain/model';
import type { Page, PageRequest } from '../store/page.js';
import { indexKeys, positionIn } from './keys.js';
import type { IndexReader } from './reader.js';
import { without } from '../without.js';

/** What a department has done, or one person of it, newest first. */
export function listDone(
  index: IndexReader,
  { department, user = '' }: { readonly department: string; readonly user?: string | undefined },
  request: PageRequest,
): Promise<Page<DoneItem>> {
  const range = indexKeys.acts(department, user);
  const read = (_: string, key: string): DoneItem | undefined => itemOf(index, ...positionIn(key));
  return index.page({ ...range, reverse: true, read }, request);
}

function itemOf(index: IndexReader, block: number, position: number): DoneItem | undefined {
  const event = index.event(block, position);
  const payload = contractEvent.safeParse(event?.payload).data;
  if (event === undefined || payload === undefined) return undefined;
  const { name: command, department, at, ...rest } = payload;
  const user = index.transaction(event.txId)?.creator?.user ?? '';
  const about = without(without(without(rest, 'parties'), 'v'), 'appSignature');
  return { command, department, user, at, txId: event.txId, about };
}
