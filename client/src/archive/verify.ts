import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOfFile } from '../documents/files.js';
import { savedReceiptSchema, verifyReceipt } from '../api/saved-receipt.js';
import { sha256 } from '../export/package.js';
import type { CaseSources } from '../export/sources.js';
import {
  json,
  listFindings,
  verifyCaseFiles,
  type ExportFinding,
  type ExportFindingCode,
  type Files,
} from '../export/verify.js';
import {
  archiveFiles,
  archiveManifest,
  digestsOf,
  filesIn,
  type ArchiveManifest,
} from './manifest.js';

type ArchiveFindingCode =
  | ExportFindingCode
  | 'MANIFEST_UNREADABLE'
  | 'PACKAGE_DIFFERS'
  | 'DOCUMENT_DIFFERS'
  | 'DOCUMENTS_DIFFER'
  | 'RECEIPT_REFUSED';
type ArchiveFinding = ExportFinding<ArchiveFindingCode>;

export interface ArchiveCheck {
  readonly findings: readonly ArchiveFinding[];
  /** SHA-256 of the manifest: what the ledger has of the package. */
  readonly digest?: string;
  readonly manifest?: ArchiveManifest;
}

/** What the ledger has of it, and the channel's genesis hash, where they are known from elsewhere. */
export interface ArchiveKnown {
  readonly package?: string | undefined;
  readonly head?: string | undefined;
  readonly pin?: string | undefined;
}

/**
 * Verifies a package offline: length and digest of every file against the manifest, none missing and none added, the case
 * as {@link verifyCaseFiles} does, every document against the digest on the ledger, and every transaction's receipt from the
 * genesis hash. A finding, never an exception, for whatever is in the folder.
 */
export async function verifyArchive(
  folder: string,
  known: ArchiveKnown = {},
): Promise<ArchiveCheck> {
  const bytes = await readFile(join(folder, archiveFiles.manifest)).catch(() => undefined);
  const manifest = bytes && archiveManifest.safeParse(json(bytes)).data;
  if (bytes === undefined || manifest === undefined) {
    const detail = 'no manifest of an archive package';
    return { findings: [finding('MANIFEST_UNREADABLE', archiveFiles.manifest, detail)] };
  }
  const digest = sha256(bytes);
  const present = await filesIn(folder);
  const findings: ArchiveFinding[] = [...listFindings(present, manifest.files)];
  if (known.package !== undefined && known.package !== digest) {
    const detail = `sha256 ${digest}, expected ${known.package}`;
    findings.push(finding('PACKAGE_DIFFERS', archiveFiles.manifest, detail));
  }
  const { findings: ofCase, sources } = verifyCaseFiles(
    await caseFiles(folder, present),
    known.head,
  );
  findings.push(...ofCase, ...headFindings(manifest, sources));
  const sound = new Set(present.map(({ name }) => name));
  for (const { file } of findings) sound.delete(file);
  if (sources !== undefined) {
    findings.push(...(await documentFindings(folder, { manifest, sources, sound })));
    findings.push(...(await receiptFindings(folder, { manifest, sources, sound }, known.pin)));
  }
  return { findings, digest, manifest };
}

const finding = (code: ArchiveFindingCode, file: string, detail: string): ArchiveFinding => ({
  ...{ code, file, detail },
});

/** The files of the case; what is no file is not read. */
async function caseFiles(folder: string, present: ArchiveManifest['files']): Promise<Files> {
  const below = `${archiveFiles.record}/`;
  const names = present
    .filter(({ name, sha256: is }) => name.startsWith(below) && is !== '')
    .map(({ name }) => name);
  const read = names.map(
    async (name) => [name.slice(below.length), await readFile(join(folder, name))] as const,
  );
  return Object.fromEntries(await Promise.all(read));
}

function headFindings(
  { caseNo, head, events }: ArchiveManifest,
  sources: CaseSources | undefined,
): ArchiveFinding[] {
  if (sources === undefined) return [];
  const { record } = sources;
  const same = record.caseNo === caseNo && record.head === head && record.nextSeq === events;
  const detail = `${record.caseNo} ${record.head}, manifest ${caseNo} ${head}`;
  return same ? [] : [finding('HEAD_DIFFERS', archiveFiles.manifest, detail)];
}

interface Contents {
  readonly manifest: ArchiveManifest;
  readonly sources: CaseSources;
  /** The files without a finding. */
  readonly sound: ReadonlySet<string>;
}

/** Every digest of the case is named, and what is held has it. */
async function documentFindings(
  folder: string,
  { manifest: { documents }, sources, sound }: Contents,
): Promise<ArchiveFinding[]> {
  const findings: ArchiveFinding[] = [];
  const named = documents.map(({ digest }) => digest);
  const inCase = [...digestsOf(sources).keys()];
  if ([...named].sort().join() !== [...inCase].sort().join()) {
    const detail = 'names other documents than the case';
    findings.push(finding('DOCUMENTS_DIFFER', archiveFiles.manifest, detail));
  }
  for (const { digest, held } of documents) {
    if (held === null) continue;
    const is = sound.has(held.file)
      ? await digestOfFile(join(folder, held.file), Buffer.from(held.salt, 'base64'))
      : 'no sound file';
    if (is !== digest) findings.push(finding('DOCUMENT_DIFFERS', held.file, `is ${is}`));
  }
  return findings;
}

/** Every event's transaction has a receipt that holds. */
async function receiptFindings(
  folder: string,
  { manifest, sources, sound }: Contents,
  pin = manifest.genesisHash,
): Promise<ArchiveFinding[]> {
  const findings: ArchiveFinding[] = [];
  for (const txId of new Set(sources.events.map((event) => event.txId))) {
    const name = `${archiveFiles.receipts}/${txId}.json`;
    if (!sound.has(name)) {
      findings.push(finding('RECEIPT_REFUSED', name, 'no sound receipt'));
      continue;
    }
    const saved = savedReceiptSchema.safeParse(json(await readFile(join(folder, name)))).data;
    const sealed = saved?.txId === txId && (await holds(saved, pin));
    if (!sealed) findings.push(finding('RECEIPT_REFUSED', name, 'does not hold'));
  }
  return findings;
}

const holds = (...receipt: Parameters<typeof verifyReceipt>): Promise<boolean> =>
  verifyReceipt(...receipt).then(
    ({ code }) => code.name === 'VALID',
    () => false,
  );
