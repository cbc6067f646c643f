import type { ShareEventRecord, ShareRecord } from '@yici/domain/model';
import { checkChain, type ChainCheck } from './chain.js';

/** Recomputes a share's chain from its events, as {@link checkChain} does. */
export function checkShareChain(
  record: Pick<ShareRecord, 'shareId' | 'head' | 'nextSeq' | 'state'>,
  events: readonly ShareEventRecord[],
): ChainCheck {
  return checkChain(record, events, {
    id: record.shareId,
    idOf: ({ shareId }) => shareId,
    foreign: 'EVENT_OF_OTHER_SHARE',
  });
}
