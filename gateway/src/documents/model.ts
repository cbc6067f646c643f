import { z } from 'zod';
import { who } from '../callers/who.js';

/** What the ledger knows of a document: both digests are of salt || content. */
const documentDigest = z.strictObject({
  digestAlg: z.literal('sha256'),
  digest: z.string(),
  sm3: z.string(),
});

const erasure = z.strictObject({ by: who, at: z.iso.datetime(), reason: z.string() });

/** A document as the gateway's store keeps it: nothing here tells its content or its name. */
export const documentRecordSchema = z.strictObject({
  v: z.literal(1),
  id: z.string(),
  by: who,
  at: z.iso.datetime(),
  type: z.string(),
  /** Bytes of the content. */
  size: z.number().int(),
  digest: documentDigest,
  /** SHA-256 of the encrypted bytes: the object's name. */
  object: z.string(),
  erased: erasure.nullable(),
  /** Departments that the keeping one shows it to beside those its acts concern. */
  grantedTo: z.array(z.string()).optional(),
});
export type DocumentRecord = z.output<typeof documentRecordSchema>;

/** What is gone once a document is erased: without it the stored bytes and the ledger's digest say nothing. */
export const documentSecretSchema = z.strictObject({
  key: z.base64(),
  /** 32 bytes before the content in both digests. */
  salt: z.base64(),
  name: z.string(),
});
export type DocumentSecret = z.output<typeof documentSecretSchema>;

/** A document as the API shows it; name and salt are null once it is erased. */
export const documentView = z.strictObject({
  id: z.string(),
  name: z.string().nullable(),
  type: z.string(),
  size: z.number().int(),
  digest: documentDigest,
  salt: z.base64().nullable(),
  department: z.string(),
  user: z.string(),
  at: z.iso.datetime(),
  /** Cases in which its department named its digest, as far as the viewer takes part: their parties may read it. */
  cases: z.array(z.string()),
  /** Whom its department granted it to: all for that department and supervisors, else the viewer alone. */
  grantedTo: z.array(z.string()),
  erased: erasure.nullable(),
});
export type DocumentView = z.output<typeof documentView>;
