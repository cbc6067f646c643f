import { journalAnchorRecord, keyKinds } from '@yici/domain/model';
import {
  decodeTxWrites,
  headerType,
  isDeleteWrite,
  parseBlock,
  parseEnvelope,
  transactionEffects,
  transactionsFilter,
} from '@yici/ledger';
import { openBlockFolder } from './block-folder.js';
import type { JournalAnchor } from './journal.js';

const valid = 0;
const prefix = `\u0000${keyKinds.journalAnchor.objectType}\u0000`;

/** The journal anchors in a folder of verified blocks, as written by valid transactions of the chaincode. */
export async function anchorsInBlocks(
  folder: string,
  chaincode: string,
): Promise<readonly JournalAnchor[]> {
  const blocks = await openBlockFolder(folder);
  const anchors: JournalAnchor[] = [];
  for (const number of blocks.numbers) {
    const block = parseBlock(await blocks.read(number));
    const codes = transactionsFilter(block);
    for (const [index, bytes] of block.envelopes.entries()) {
      if (codes?.[index] === valid) anchors.push(...anchorsIn(bytes, chaincode));
    }
  }
  return anchors;
}

function anchorsIn(envelope: Uint8Array, chaincode: string): JournalAnchor[] {
  const { channelHeader, data } = parseEnvelope(envelope);
  if (channelHeader.type !== headerType.endorserTransaction) return [];
  return decodeTxWrites(transactionEffects(data).results).flatMap(({ namespace, writes }) =>
    writes.flatMap((write) => {
      if (namespace !== chaincode || !write.key.startsWith(prefix) || isDeleteWrite(write))
        return [];
      return [journalAnchorRecord.parse(JSON.parse(Buffer.from(write.value).toString('utf8')))];
    }),
  );
}
