import { expect } from 'chai';
import fc from 'fast-check';
import { LedgerError } from '@yici/ledger';
import type { LedgerErrorCode } from '@yici/ledger/testing';

export function text(value: string): Uint8Array {
  return new Uint8Array(Buffer.from(value, 'utf8'));
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

export function fromHex(value: string): Uint8Array {
  return new Uint8Array(Buffer.from(value, 'hex'));
}

/** Bytes that are not empty, as protobuf leaves empty ones out. */
export const someBytes = fc.uint8Array({ minLength: 1, maxLength: 40 });

/** Strings that have UTF-8 bytes: fast-check's `binary` unit leaves lone surrogates out. */
export const anyString = fc.string({ unit: 'binary', maxLength: 12 });

/** Asserts class and code together, and gives the error for its details. */
export function refused(code: LedgerErrorCode, action: () => unknown): LedgerError {
  try {
    action();
  } catch (error) {
    expect(error).to.be.instanceOf(LedgerError);
    if (error instanceof LedgerError) {
      expect(error.code).to.equal(code);
      return error;
    }
  }
  expect.fail(`nothing was thrown where ${code} was expected`);
}
