import { z } from 'zod';
import { actor } from '../callers/actor.js';

/** What the ledger knows of a document: both digests are of salt || content. */
const documentDigest = z.strictObject({
  digestAlg: z.literal('sha256'),
  digest: z.string(),
  sm3: z.string(),
});

const erasure = z.strictObject({ by: actor, at: z.iso.datetime(), reason: z.string() });

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
export const documentSecretSchema = z.strictObject({
  key: z.base64(),
  /** 32 bytes that precede the content in both digests. */
  salt: z.base64(),
  name: z.string(),
});
export type DocumentSecret = z.output<typeof documentSecretSchema>;

/** A document in API responses; name and salt are null after erasure. */
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
  /** Cases in which the keeping department named its digest and the viewer takes part: their parties may read it. */
  cases: z.array(z.string()),
  /** Departments with granted access: all for the keeping department and supervisors, otherwise only the viewer. */
  grantedTo: z.array(z.string()),
  erased: erasure.nullable(),
});
export type DocumentView = z.output<typeof documentView>;
