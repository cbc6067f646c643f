import { expect } from 'chai';

/** What the work was refused with; fails the test when it was not, or with something else. */
export async function rejection<Type extends Error>(
  work: Promise<unknown>,
  type: abstract new (...args: never[]) => Type,
): Promise<Type> {
  try {
    await work;
  } catch (error) {
    expect(error).to.be.instanceOf(type);
    if (error instanceof type) {
      return error;
    }
  }
  return expect.fail('it should have been refused');
}

export const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
