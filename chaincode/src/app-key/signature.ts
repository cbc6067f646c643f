import { z } from 'zod';
import { canonicalJson } from '../kernel/canonical';
import { appKeyId } from '../kernel/scalars';
import { sm2Signature } from './records';

/** An application signature as a field of a command's input: SM2 over SM3 (GB/T 32918.2, default user id). */
export const appSignature = z.strictObject({
  alg: z.literal('sm2-sm3'),
  keyId: appKeyId,
  value: sm2Signature,
});
export type AppSignature = z.output<typeof appSignature>;

/** What is commanded, by whom and where: a signature for one is none for another. */
export interface SignedCommand {
  readonly channel: string;
  /** The command's name, e.g. `case.opinion`. */
  readonly command: string;
  readonly department: string;
  readonly user: string;
  /** The input without its `appSignature`. */
  readonly input: unknown;
}

/** The bytes that an application signature covers. */
export function commandMessage({ channel, command, department, user, input }: SignedCommand) {
  return bytes({ v: 1, purpose: 'yici command', channel, command, department, user, input });
}

/** The bytes that a new key signs to show that its holder has it. */
export function possessionMessage(key: {
  readonly department: string;
  readonly user: string;
  readonly publicKey: string;
}): Uint8Array {
  const { department, user, publicKey } = key;
  return bytes({ v: 1, purpose: 'yici app key', department, user, publicKey });
}

const bytes = (value: unknown): Uint8Array => Buffer.from(canonicalJson(value), 'utf8');
