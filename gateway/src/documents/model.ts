import { documentDigest, erasure, actor } from '@yici/api';
import { z } from 'zod';
import type { SealedKind } from '../custody/sealed-files.js';

/** A document's record in the gateway's store; it contains neither content nor name. */
export const documentRecordSchema = z.strictObject({
  v: z.literal(1),
  id: z.string(),
  by: actor,
  at: z.iso.datetime(),
  type: z.string(),
  /** Bytes of the content. */
  size: z.number().int(),
  digest: documentDigest,
  /** SHA-256 of the encrypted bytes; also the object's name. */
  object: z.string(),
  erased: erasure.nullable(),
  /** Departments to which the keeping department granted access, besides those that its acts concern. */
  grantedTo: z.array(z.string()).optional(),
});
export type DocumentRecord = z.output<typeof documentRecordSchema>;

/** Deleted when a document is erased: without it the stored bytes and the ledger's digest are useless. */
const documentSecretSchema = z.strictObject({
  key: z.base64(),
  /** 32 bytes that precede the content in both digests. */
  salt: z.base64(),
  name: z.string(),
});
export type DocumentSecret = z.output<typeof documentSecretSchema>;

export const documentSecrets: SealedKind<DocumentSecret> = {
  schema: documentSecretSchema,
  purpose: 'yici document v1',
  what: 'The key of document',
};
