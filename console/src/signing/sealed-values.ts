import { seal, type Disclosure } from '@yici/client/web';
import { createContext, useContext } from 'react';
import { z } from 'zod';
import { jsonIn } from '../documents/json-in.js';
import { saveFile } from '../documents/save.js';
import { ConsoleError } from '../errors.js';
import { bytesOf, hexOf } from '../platform/hex.js';
import { takesValues } from '../specs.js';

type Input = Readonly<Record<string, unknown>>;

/** A value that was typed, with the salt of its digest. Both stay on the page: the ledger has the digest. */
interface Typed {
  readonly value: string;
  readonly salt: Uint8Array;
}

/** Values by their digests. */
export type TypedValues = Map<string, Typed>;

/** What a form's fields know of the form: all that it has so far, and the values behind its digests. */
export interface FormValues {
  readonly input: Input;
  /** What of it was there before somebody typed. */
  readonly given: Input;
  readonly typed: TypedValues;
}

const Context = createContext<FormValues | undefined>(undefined);
export const FormValuesProvider = Context.Provider;

export const useFormValues = (): FormValues | undefined => useContext(Context);

interface SealedValue extends Typed {
  readonly code: string;
}

/** What of an input is a digest of a value, and the value where the page has it. */
function namedIn(part: unknown, typed: TypedValues): { code: string; known: Typed | undefined }[] {
  if (typeof part !== 'object' || part === null) return [];
  const inner = Object.values(part).flatMap((each) => namedIn(each, typed));
  if (!('code' in part) || !('digest' in part)) return inner;
  return [...inner, { code: String(part.code), known: typed.get(String(part.digest)) }];
}

const sealedIn = (input: Input, typed: TypedValues): SealedValue[] =>
  namedIn(input, typed).flatMap(({ code, known }) => (known ? [{ code, ...known }] : []));

/** Of how many digests the page has no value. */
export const lackingIn = (input: Input, typed: TypedValues): number =>
  namedIn(input, typed).filter(({ known }) => known === undefined).length;

/** The part of a command that travels beside it, to the departments that it names alone. */
const privatePart = (values: readonly SealedValue[]) => ({
  values: values.map(({ code, value, salt }) => ({ code, value, salt: hexOf(salt) })),
});

/** The file by which whoever asked for an attestation compares the values with it: `yici attestation verify --disclosure`. */
function disclosureOf(attestationId: string, values: readonly SealedValue[]): string {
  const fields = values.map(({ code, value, salt }) => ({
    ...{ code, value },
    salt: btoa(String.fromCharCode(...salt)),
  }));
  const disclosure: Disclosure = { v: 1, attestationId, fields };
  return `${JSON.stringify(disclosure, null, 2)}\n`;
}

/**
 * An input with the values that were typed for it, where its command takes them. Those of an attestation are handed over as a file,
 * before anything is sent: nobody could match them to its digests without their salts.
 */
export function withValues(command: string, input: Input, typed: TypedValues): Input {
  const values = sealedIn(input, typed);
  if (values.length === 0) return input;
  if (takesValues(command)) return { ...input, private: privatePart(values) };
  const { attestationId } = input;
  if (typeof attestationId === 'string') {
    saveFile(`${attestationId}.json`, disclosureOf(attestationId, values));
  }
  return input;
}

/** An input without its private part, which becomes a file for whoever signs: the gateway keeps none of it before. */
export function handedOver({ private: secret, ...input }: Input): Input {
  const { shareId } = input;
  if (secret !== undefined) saveFile(`${String(shareId)}.json`, JSON.stringify(secret, null, 2));
  return input;
}

const handedFile = z.object({
  values: z.array(z.object({ value: z.string(), salt: z.string().regex(/^(?:[0-9a-f]{2})+$/) })),
});

/** Takes the values of such a file. @throws ConsoleError NOT_A_DISCLOSURE */
export async function takeValues(file: File, typed: TypedValues): Promise<void> {
  const given = handedFile.safeParse(jsonIn(await file.text())).data;
  if (given === undefined) throw notDisclosure();
  for (const { value, salt } of given.values) {
    const made = seal(value, bytesOf(salt));
    typed.set(made.sealed.digest, { value, salt: made.salt });
  }
}

export const notDisclosure = (): ConsoleError =>
  new ConsoleError('NOT_A_DISCLOSURE', {
    zh: '这不是字段值文件：请选择拟办人或者数源部门交来的文件。',
    en: 'This is no file of values: choose the one that the drafter or the source department gave you.',
  });
