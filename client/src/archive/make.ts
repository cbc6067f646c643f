import { mkdir, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { YiciClient } from '../api/client.js';
import { collected } from '../api/ask.js';
import { saveAs } from '../documents/files.js';
import { refusalCode } from '../contract-refusal.js';
import { ClientError } from '../errors.js';
import { unzipped, verifyCaseFiles } from '../export/verify.js';
import { archiveFiles, digestsOf, filesIn, type ArchiveManifest } from './manifest.js';
import { metadataOf } from './metadata.js';

/**
 * Makes the package of a case in a new folder: its records, the receipts of its transactions, the documents that the gateway
 * keeps and this department may read, metadata, and the manifest over all of it.
 * @throws ClientError USAGE when the folder exists, CHECK_FAILED when the gateway's export does not hold
 */
export async function makeArchive(
  client: YiciClient,
  caseNo: string,
  folder: string,
): Promise<ArchiveManifest> {
  const files = unzipped(await client.bytes('cases.export', { caseNo, format: 'zip' })) ?? {};
  const { findings, manifest, sources } = verifyCaseFiles(files);
  if (manifest === undefined || sources === undefined || findings.length > 0) {
    const message = { zh: '网关给出的导出包不成立。', en: 'The export does not hold.' };
    throw new ClientError('CHECK_FAILED', message, { details: { findings } });
  }
  await newFolders(folder);
  for (const [name, bytes] of Object.entries(files)) {
    await writeFile(join(folder, archiveFiles.record, name), bytes);
  }
  await writeJson(join(folder, archiveFiles.metadata), metadataOf(sources));
  for (const txId of new Set(manifest.transactions.map((one) => one.txId))) {
    const receipt = await receiptFor(client, txId);
    await writeJson(join(folder, archiveFiles.receipts, `${txId}.json`), receipt);
  }
  const documents: ArchiveManifest['documents'] = [];
  for (const [digest, at] of digestsOf(sources)) {
    documents.push({ digest, at, held: await held(client, digest, folder) });
  }
  const { channel, genesisHash, head, events } = manifest;
  const whole: ArchiveManifest = {
    ...{ format: 'yici-case-archive', v: 1, caseNo, channel, genesisHash, head, events },
    ...{ documents, files: await filesIn(folder) },
  };
  await writeJson(join(folder, archiveFiles.manifest), whole);
  return whole;
}

/** @throws ClientError CHECK_FAILED where the caller's department had no part in the transaction: the package is then another's to make */
async function receiptFor(client: YiciClient, txId: string) {
  try {
    return await client.receipt(txId);
  } catch (error) {
    if (refusalCode(error) !== 'TRANSACTION_NOT_FOUND') throw error;
    const message = {
      zh: `归档信息包由办理该办件的部门制作：本部门没有交易 ${txId} 的回执。接收移交的，请使用移交部门交来的归档信息包。`,
      en: `The department that handled the case makes its package: this one has no receipt of transaction ${txId}. To receive a transfer, take the package that came with it.`,
    };
    throw new ClientError('CHECK_FAILED', message, { cause: error });
  }
}

async function newFolders(folder: string): Promise<void> {
  const { record, documents, receipts } = archiveFiles;
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (cause) {
    throw new ClientError(
      'USAGE',
      {
        zh: `${folder} 已存在，或者目录不可写，未保存。`,
        en: `${folder} is there already, or its place cannot be written: nothing was kept.`,
      },
      { cause },
    );
  }
  for (const name of [record, documents, receipts]) await mkdir(join(folder, name));
}

const writeJson = (file: string, value: object): Promise<void> =>
  writeFile(file, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flag: 'wx' });

/** The document with this digest, fetched; null where the vault has none that this department may read. */
async function held(
  client: YiciClient,
  digest: string,
  folder: string,
): Promise<ArchiveManifest['documents'][number]['held']> {
  const known = await collected(client.list('documents.list', { digest }));
  const info = known.find(({ erased }) => erased === null);
  if (info?.salt == null || info.name === null) return null;
  const { salt, name, type } = info;
  const [ending = ''] = /^\.[0-9A-Za-z]{1,8}$/.exec(extname(name)) ?? [];
  const file = `${archiveFiles.documents}/${digest}${ending}`;
  await saveAs(join(folder, file), client.documentContent(info));
  return { file, salt, name, type };
}
