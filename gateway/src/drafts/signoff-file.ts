import { signoffDocument, signoffLine, type SignoffLine } from '@yici/api';
import { z } from 'zod';
import { without } from '../without.js';

const input = z.record(z.string(), z.unknown());

/** A sign-off as it is kept, sealed, among the drafts of its department. */
export const signoffFile = signoffLine.extend({
  input,
  chain: signoffDocument,
  /** As each step left it. */
  inputs: z.array(input),
  /** Fingerprint of whoever issued it: nobody else sends the act. */
  owner: z.string().exactOptional(),
});
export type SignoffFile = z.output<typeof signoffFile>;
export type SignoffInput = SignoffFile['input'];

export const lineOf = (file: SignoffFile): SignoffLine =>
  without(file, 'input', 'chain', 'inputs', 'owner');
