import { signerOf } from '@yici/keys';
import {
  changeFingerprint,
  encodeIdentity,
  signingOf,
  withSignatures,
  type ChangeFile,
} from '@yici/ledger';
import { readGiven } from '@yici/terminal';
import { z } from 'zod';
import { issuesIn } from '@yici/terminal/issues';
import { writeAtomically } from '../atomic.js';
import type { IdentityFiles } from '../pki/read.js';
import { changeInvalid } from './refusals.js';

const base64 = (most: number) => z.base64().max(most);

const changeFile: z.ZodType<ChangeFile> = z.strictObject({
  v: z.literal(1),
  channel: z.string(),
  sequence: z.int().min(0),
  change: z.strictObject({ name: z.string(), given: z.unknown() }),
  update: base64(4_000_000),
  signatures: z.array(z.strictObject({ header: base64(16_384), signature: base64(1024) })).max(200),
});

/** @throws NetworkError CHANGE_INVALID */
export function readChange(file: string): ChangeFile {
  const text = textOf(file);
  let given: unknown;
  try {
    given = JSON.parse(text);
    return parseChange(given);
  } catch (cause) {
    const issues = cause instanceof z.ZodError ? issuesIn(cause, given) : [];
    const words = {
      zh: `${file} 不是 channel propose 写出的文件。`,
      en: `${file} is no file of channel propose.`,
    };
    throw changeInvalid(words, { file, issues }, cause);
  }
}

/** The text of a file that a change is made of. @throws NetworkError CHANGE_INVALID */
export const textOf = (file: string): string =>
  readGiven(file, ({ zh, en }, cause) =>
    changeInvalid({ zh: `${zh}。`, en: `${en}.` }, { file }, cause),
  ).toString();

/** @throws ZodError */
export const parseChange = (value: unknown): ChangeFile => changeFile.parse(value);

export function writeChange(file: string, change: ChangeFile): void {
  writeAtomically(file, `${JSON.stringify(change, undefined, 2)}\n`);
}

/** The change with one more signature. */
export function withSignature(change: ChangeFile, admin: IdentityFiles): ChangeFile {
  const signing = signingOf(change, encodeIdentity(admin.mspId, admin.certificatePem));
  return signing.with(signerOf(admin.keyPem)(signing.message));
}

/**
 * Copies of one change, signed by different departments, as one.
 * @throws NetworkError CHANGE_INVALID when they are not copies of the same change
 */
export function merged([first, ...others]: readonly [ChangeFile, ...ChangeFile[]]): ChangeFile {
  const other = others.find(({ update }) => update !== first.update);
  if (other !== undefined) {
    throw changeInvalid(
      {
        zh: '所给文件不是同一项更改：指纹不同。',
        en: 'The files are not of the same change: their fingerprints differ.',
      },
      { fingerprints: [first, other].map(changeFingerprint) },
    );
  }
  return withSignatures(
    first,
    [first, ...others].flatMap(({ signatures }) => signatures),
  );
}
