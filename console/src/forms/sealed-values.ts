import type { Disclosure } from '@yici/client/web';
import { createContext, useContext } from 'react';
import { hexOf } from '../platform/hex.js';

type Input = Readonly<Record<string, unknown>>;

/** A value that was typed, with the salt of its digest. Both stay on the page: the ledger has the digest. */
interface Typed {
  readonly value: string;
  readonly salt: Uint8Array;
}

/** What a form's fields know of the form: all that it has so far, and the values behind its digests. */
export interface FormValues {
  readonly input: Input;
  readonly typed: Map<string, Typed>;
}

const Context = createContext<FormValues | undefined>(undefined);
export const FormValuesProvider = Context.Provider;

/** Undefined where what is typed is signed elsewhere, or with others: nobody there would have the salts. */
export const useFormValues = (): FormValues | undefined => useContext(Context);

interface SealedValue extends Typed {
  readonly code: string;
}

/** The values behind the digests that an input names. */
export function sealedIn(part: unknown, typed: FormValues['typed']): SealedValue[] {
  if (typeof part !== 'object' || part === null) return [];
  const inner = Object.values(part).flatMap((each) => sealedIn(each, typed));
  if (!('code' in part) || !('digest' in part)) return inner;
  const known = typed.get(String(part.digest));
  return known === undefined ? inner : [{ code: String(part.code), ...known }];
}

/** The part of a command that travels beside it, to the departments that it names alone. */
export const privatePart = (values: readonly SealedValue[]) => ({
  values: values.map(({ code, value, salt }) => ({ code, value, salt: hexOf(salt) })),
});

/** The file by which whoever asked for an attestation compares the values with it: `yici attestation verify --disclosure`. */
export function disclosureOf(attestationId: string, values: readonly SealedValue[]): string {
  const fields = values.map(({ code, value, salt }) => ({
    ...{ code, value },
    salt: btoa(String.fromCharCode(...salt)),
  }));
  const disclosure: Disclosure = { v: 1, attestationId, fields };
  return `${JSON.stringify(disclosure, null, 2)}\n`;
}
