import type { Disclosure } from '@yici/client/web';
import { createContext, useContext } from 'react';
import { saveFile } from '../documents/save.js';
import { hexOf } from '../platform/hex.js';
import { takesValues } from './schema.js';

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
  readonly typed: TypedValues;
}

const Context = createContext<FormValues | undefined>(undefined);
export const FormValuesProvider = Context.Provider;

/** Undefined where somebody else signs what is typed: they would not have the values that go to the departments beside it. */
export const useFormValues = (): FormValues | undefined => useContext(Context);

interface SealedValue extends Typed {
  readonly code: string;
}

/** The values behind the digests that an input names. */
function sealedIn(part: unknown, typed: TypedValues): SealedValue[] {
  if (typeof part !== 'object' || part === null) return [];
  const inner = Object.values(part).flatMap((each) => sealedIn(each, typed));
  if (!('code' in part) || !('digest' in part)) return inner;
  const known = typed.get(String(part.digest));
  return known === undefined ? inner : [{ code: String(part.code), ...known }];
}

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
