import { z } from 'zod';
import { who } from '../callers/who.js';

/** Place of a line in a chain, and the SHA-256 of the line before as canonical JSON (RFC 8785), 64 zeros for the first. */
const link = { seq: z.int().min(0), prev: z.string() };
/** What every line has. */
const line = { ...link, at: z.iso.datetime() };
const head = z.strictObject({ seq: z.int().min(0), head: z.string() });
const account = { account: z.string(), mspId: z.string() };

/** A read by a supervisor, who sees what others are shown only when it concerns them. */
const recordRead = z.strictObject({
  ...line,
  kind: z.literal('record.read'),
  by: who,
  requestId: z.string(),
  /** The route, e.g. `/v1/cases/{caseNo}`. */
  route: z.string(),
  /** What stood in its path and in its query. */
  asked: z.record(z.string(), z.string()),
  /** Ids of the records that were shown. */
  records: z.array(z.string()),
  /** Departments that the records concern: each finds the read in its own chain. */
  departments: z.array(z.string()),
});

const ofDocument = { ...line, by: who, document: z.string() };
const documentRead = z.strictObject({ ...ofDocument, kind: z.literal('document.read') });
const documentErase = z.strictObject({ ...ofDocument, kind: z.literal('document.erase') });
const documentGrant = z.strictObject({
  ...ofDocument,
  kind: z.literal('document.grant'),
  /** All whom it is granted to from then on. */
  to: z.array(z.string()),
});
export const documentLineSchema = z.discriminatedUnion('kind', [
  documentRead,
  documentGrant,
  documentErase,
]);
export type DocumentLine = z.infer<typeof documentLineSchema>;

/** What the gateway's journal had come to, made to be anchored on the ledger: its own number and hash are what the anchor says. */
const anchorLine = z.strictObject({
  ...line,
  kind: z.literal('journal.anchor'),
  department: z.string(),
  gateway: z.string(),
  /** The newest line in each department's chain of reads, and in that of all (`*`), and the first that is not in the archive. */
  chains: z.record(z.string(), head.extend({ from: z.int().min(0) })),
});
export const anchorLineSchema = anchorLine;
export type AnchorLine = z.infer<typeof anchorLineSchema>;

/**
 * Every line a gateway's audit journal can have. Users are enrolment names; no content, no name of a document, no address,
 * no secret stands in any.
 */
export const journalLineSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...line,
    kind: z.literal('gateway.start'),
    mspId: z.string(),
    gateway: z.string(),
    /** SHA-256 of the gateway's own certificate (PEM). */
    certificate: z.string(),
    /** Whether the line before says that it was stopped. */
    stopped: z.boolean(),
  }),
  z.strictObject({ ...line, kind: z.literal('gateway.stop') }),
  z.strictObject({ ...line, kind: z.literal('session.open'), by: who, requestId: z.string() }),
  z.strictObject({ ...line, kind: z.literal('session.close'), by: who, requestId: z.string() }),
  /** Requests that were refused alike within a minute: who asked is known once the session is. */
  z.strictObject({
    ...line,
    kind: z.literal('request.refused'),
    by: who.nullable(),
    route: z.string(),
    code: z.string(),
    count: z.int().min(1),
  }),
  /** A key that is kept here is used: the command, and the transaction if it is committed. */
  z.strictObject({
    ...line,
    kind: z.literal('key.use'),
    mspId: z.string(),
    user: z.string(),
    command: z.string(),
    txId: z.string(),
  }),
  /** Seen at the start or at the next request: an account came, went, or has another certificate or API key. */
  z.strictObject({ ...line, kind: z.literal('account.add'), ...account }),
  z.strictObject({ ...line, kind: z.literal('account.remove'), ...account }),
  z.strictObject({
    ...line,
    kind: z.literal('account.change'),
    ...account,
    /** `seal`: its key is sealed anew, as a rotation of the sealing key does. */
    what: z.array(z.enum(['certificate', 'apiKey', 'seal'])),
  }),
  /** A channel config came that lets in others than before, or the same by other certificates: which organisations. */
  z.strictObject({
    ...line,
    kind: z.literal('channel.config'),
    sequence: z.int().min(0),
    organizations: z.array(z.string()),
  }),
  recordRead,
  documentRead,
  documentGrant,
  documentErase,
  anchorLine,
  /** Older lines went into a file of the archive. */
  z.strictObject({
    ...line,
    kind: z.literal('journal.archive'),
    from: z.int().min(0),
    to: z.int().min(0),
    file: z.string(),
    /** SHA-256 of the file. */
    sha256: z.string(),
  }),
]);
export type JournalLine = z.infer<typeof journalLineSchema>;
export type JournalKind = JournalLine['kind'];

type Without<T, K extends string> = T extends unknown ? Omit<T, K> : never;
/** What is put in: the journal adds the rest. */
export type JournalEntry = Without<JournalLine, 'seq' | 'prev' | 'at'>;

export const journalKinds = journalLineSchema.options.map(({ shape }) => shape.kind.value);

/** A supervisor's read as it stands in the chain of a department, or of all. */
export const readLineSchema = recordRead;
export type ReadLine = z.infer<typeof readLineSchema>;
