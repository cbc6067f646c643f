import type { CardRecord, CaseEventRecord, Words } from '@yici/domain/model';
import { z } from 'zod';
import type { Session } from '@yici/api';
import type { YiciClient } from '../api/client.js';
import { documentWith, textOf, type Found } from '../api/found-document.js';
import { verifyReceipt } from '../api/saved-receipt.js';
import { receiptFor } from './proof.js';
import { soundCase } from './sound-case.js';

/** Who asks, and of which ledger. */
export interface PaperAsker {
  readonly client: YiciClient;
  readonly session: Pick<Session, 'role'>;
  readonly genesis: string;
}

interface PaperOfAct {
  readonly caseNo: string;
  /** Which of the case's acts the paper is about. */
  readonly act: (events: readonly CaseEventRecord[]) => CaseEventRecord;
  /** Where a document is looked for; by default at the asker's gateway. */
  readonly find?: (digest: string) => Promise<Found | undefined>;
}

const reasonIn = z.looseObject({
  reason: z.looseObject({ text: z.looseObject({ digest: z.string() }) }),
});

/**
 * What a paper of a case is made of, with the case's chain recomputed and the act's transaction proved: a paper says nothing that
 * was only claimed.
 * @throws ClientError CHECK_FAILED, RECEIPT_REFUSED
 */
export async function paperSources(asker: PaperAsker, { caseNo, act, find }: PaperOfAct) {
  const { client, genesis } = asker;
  const { record, events } = await soundCase(client, caseNo);
  const { taskCode, matterVersion: version } = record;
  const { content: matter } = await client.read('matters.version', { taskCode, version });
  const event = act(events);
  const block = await blockOf(asker, event.txId);
  const known = { record, events, matter, block, genesis };
  const reason = reasonIn.safeParse(event.data);
  if (!reason.success) return known;
  const { digest } = reason.data.reason.text;
  const found = await (find ?? ((one: string) => documentWith(client, one)))(digest);
  const reasonText =
    found?.document.type === 'text/plain' ? await textOf(found, digest) : undefined;
  return { ...known, reasonText };
}

/** The block of a transaction, by its receipt. @throws ClientError RECEIPT_REFUSED */
export async function blockOf(
  { client, session, genesis }: PaperAsker,
  txId: string,
): Promise<number> {
  return (await verifyReceipt(await receiptFor(client, session, txId), genesis)).block;
}

/** What the matter of a card's case calls the step whose limit the card is about. */
export async function stepOfCard(
  client: YiciClient,
  { caseNo, clock }: CardRecord,
): Promise<Words | undefined> {
  if (caseNo === undefined) return undefined;
  const { taskCode, matterVersion: version } = await client.read('cases.get', { caseNo });
  const { content } = await client.read('matters.version', { taskCode, version });
  return content.flow.find(({ id }) => id === clock.step)?.name;
}
