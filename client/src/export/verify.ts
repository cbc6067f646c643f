import { canonicalDigest } from '@yici/domain/model';
import { unzipSync } from 'fflate';
import type { z } from 'zod';
import { checkCaseChain } from '../chain/chain.js';
import { translationEdition } from './gbt39046.js';
import {
  caseJson,
  caseXml,
  manifestSchema,
  packageFiles,
  sha256,
  type Manifest,
} from './package.js';
import type { CaseSources } from './sources.js';
import { eventsSchema, sourcesSchema } from './sources.js';

export type ExportFindingCode =
  | 'ZIP_UNREADABLE'
  | 'FILE_MISSING'
  | 'FILE_UNLISTED'
  | 'FILE_DIFFERS'
  | 'FILE_MALFORMED'
  | 'CHAIN_BROKEN'
  | 'HEAD_DIFFERS'
  | 'TRANSACTIONS_DIFFER'
  | 'CASE_DIFFERS'
  | 'TRANSLATION_DIFFERS';

export interface ExportFinding<Code extends string = ExportFindingCode> {
  readonly code: Code;
  readonly file: string;
  readonly detail: string;
}

export interface ExportCheck {
  readonly findings: readonly ExportFinding[];
  /** Whether both translations were recomputed and compared, which is only possible for the current version. */
  readonly translationsCompared: boolean;
  /** Undefined when there is no readable manifest. */
  readonly manifest?: Manifest;
  /** The records, where they are readable. */
  readonly sources?: CaseSources;
}

export type Files = Readonly<Record<string, Uint8Array>>;

/** Maximum unpacked size of all files: a case has at most some thousand events of a few kilobytes. */
const maxBytes = 64 * 1024 * 1024;
const { manifest: manifestFile, events: eventsFile, records: recordsFile } = packageFiles;

/**
 * Verifies a package offline: the digest of every file, the chain of events up to the head, the transactions against
 * the events, and both translations by recomputing them from the records, unless they have another version than this
 * client's. Whether the head is the ledger's can only be checked against a value obtained from the ledger: pass it as
 * `head`. Malformed input is a finding, never an exception.
 */
export function verifyCaseExport(bytes: Uint8Array, head?: string): ExportCheck {
  const files = unzipped(bytes);
  return files === undefined
    ? unread([finding('ZIP_UNREADABLE', '', 'no zip, or too large')])
    : verifyCaseFiles(files, head);
}

/** The same of the unpacked files. */
export function verifyCaseFiles(files: Files, head?: string): ExportCheck {
  const findings: ExportFinding[] = [];
  const manifest = read(files, manifestFile, manifestSchema, findings);
  if (manifest === undefined) return unread(findings);
  const translationsCompared = manifest.edition === translationEdition;
  findings.push(...fileFindings(files, manifest));
  const records = read(files, recordsFile, sourcesSchema, findings);
  const events = read(files, eventsFile, eventsSchema, findings);
  if (records !== undefined && events !== undefined) {
    const sources = { ...records, events };
    findings.push(...caseFindings(sources, manifest));
    if (translationsCompared) findings.push(...translationFindings(sources, files));
  }
  if (head !== undefined && head !== manifest.head) {
    findings.push(finding('HEAD_DIFFERS', manifestFile, `${manifest.head}, expected ${head}`));
  }
  return {
    ...{ findings, translationsCompared, manifest },
    ...(records !== undefined && events !== undefined && { sources: { ...records, events } }),
  };
}

function unread(findings: readonly ExportFinding[]): ExportCheck {
  return { findings, translationsCompared: false };
}

function finding(code: ExportFindingCode, file: string, detail: string): ExportFinding {
  return { code, file, detail };
}

/** The files, or undefined: archives that declare a larger size are not unpacked, and a false declaration fails. */
export function unzipped(bytes: Uint8Array): Files | undefined {
  let left = maxBytes;
  try {
    return unzipSync(bytes, {
      filter: ({ originalSize }) => {
        left -= originalSize;
        if (left < 0) throw new RangeError('too large');
        return true;
      },
    });
  } catch {
    return undefined;
  }
}

function read<T>(
  files: Files,
  name: string,
  schema: z.ZodType<T>,
  findings: ExportFinding[],
): T | undefined {
  const bytes = files[name];
  if (bytes === undefined) {
    findings.push(finding('FILE_MISSING', name, 'not in the package'));
    return undefined;
  }
  const parsed = schema.safeParse(json(bytes));
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.slice(0, 5).map(({ path }) => path.join('/'));
  findings.push(finding('FILE_MALFORMED', name, paths.join(', ')));
  return undefined;
}

export function json(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function fileFindings(files: Files, { files: listed }: Manifest): ExportFinding[] {
  const names = new Set(listed.map(({ name }) => name));
  const present = Object.entries(files)
    .filter(([name]) => name !== manifestFile)
    .map(([name, bytes]) => ({ name, size: bytes.length, sha256: sha256(bytes) }));
  const { json: jsonFile, xml: xmlFile } = packageFiles;
  const unlisted = [jsonFile, xmlFile, eventsFile, recordsFile].filter((name) => !names.has(name));
  return [
    ...listFindings(present, listed),
    ...unlisted.map((name) => finding('FILE_MISSING', name, 'not listed')),
  ];
}

/** The files that are there against those that a manifest lists. */
export function listFindings(
  present: Manifest['files'],
  listed: Manifest['files'],
): ExportFinding[] {
  const known = new Map(present.map((file) => [file.name, file]));
  const names = new Set(listed.map(({ name }) => name));
  const wrong = listed.flatMap(({ name, size, sha256: digest }): ExportFinding[] => {
    const file = known.get(name);
    if (file === undefined) return [finding('FILE_MISSING', name, 'listed, not in the package')];
    if (file.sha256 === digest && file.size === size) return [];
    return [finding('FILE_DIFFERS', name, `sha256 ${file.sha256}, manifest ${digest}`)];
  });
  const strange = present.filter(({ name }) => !names.has(name));
  return [
    ...wrong,
    ...strange.map(({ name }) => finding('FILE_UNLISTED', name, 'in the package, not listed')),
  ];
}

function caseFindings(sources: CaseSources, manifest: Manifest): ExportFinding[] {
  const { record, events, matter } = sources;
  const chain = checkCaseChain(record, events);
  const findings = chain.findings.map(({ code, seq, detail }) =>
    finding('CHAIN_BROKEN', eventsFile, `${code} at ${seq.toString()}: ${detail}`),
  );
  if (chain.head !== manifest.head || events.length !== manifest.events) {
    findings.push(finding('HEAD_DIFFERS', manifestFile, `recomputed ${chain.head}`));
  }
  const same =
    manifest.caseNo === record.caseNo &&
    record.taskCode === matter.taskCode &&
    record.matterVersion === matter.version &&
    record.matterDigest === canonicalDigest(matter.content);
  if (!same)
    findings.push(finding('CASE_DIFFERS', recordsFile, 'case, matter and manifest differ'));
  const told = manifest.transactions.map(({ seq, txId }) => `${seq.toString()} ${txId}`);
  const done = events.map(({ seq, txId }) => `${seq.toString()} ${txId}`);
  if (told.join() !== done.join()) {
    findings.push(finding('TRANSACTIONS_DIFFER', manifestFile, 'not those of the events'));
  }
  return findings;
}

function translationFindings(sources: CaseSources, files: Files): ExportFinding[] {
  const translations = [
    [packageFiles.json, caseJson(sources)],
    [packageFiles.xml, caseXml(sources)],
  ] as const;
  return translations.flatMap(([name, text]) => {
    const bytes = files[name];
    const same = bytes === undefined || Buffer.from(text, 'utf8').equals(bytes);
    return same ? [] : [finding('TRANSLATION_DIFFERS', name, 'says not what the records say')];
  });
}
