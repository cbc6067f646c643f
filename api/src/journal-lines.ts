import { namesOf, type Vocabulary, type Words } from '@yici/domain/model';
import { z } from 'zod';
import { notedStepWords } from './reads/signoffs.js';
import { actor } from './shapes.js';

/** Position of a line in a chain, and the SHA-256 of the previous line as canonical JSON (RFC 8785); 64 zeros for the first. */
const link = { seq: z.int().min(0), prev: z.string() };
/** Fields of every line. */
const line = { ...link, at: z.iso.datetime() };
const head = z.strictObject({ seq: z.int().min(0), head: z.string() });
const account = { account: z.string(), mspId: z.string() };

/** What of an account changed. */
export const accountPartWords = {
  certificate: { zh: '证书', en: 'certificate' },
  apiKey: { zh: 'API 密钥', en: 'API key' },
  seal: { zh: '密钥的加密', en: 'encryption of its key' },
} satisfies Vocabulary;

/** A supervisor's read. Supervisors may read records that do not concern their own department. */
const recordRead = z.strictObject({
  ...line,
  kind: z.literal('record.read'),
  by: actor,
  requestId: z.string(),
  /** The route, e.g. `/v1/cases/{caseNo}`. */
  route: z.string(),
  /** Parameters of its path and query. */
  asked: z.record(z.string(), z.string()),
  /** Ids of the returned records. */
  records: z.array(z.string()),
  /** Departments that the records concern: the line is in the chain of each. */
  departments: z.array(z.string()),
});

const ofDocument = { ...line, by: actor, document: z.string() };
const documentRead = z.strictObject({ ...ofDocument, kind: z.literal('document.read') });
const documentErase = z.strictObject({ ...ofDocument, kind: z.literal('document.erase') });
const documentGrant = z.strictObject({
  ...ofDocument,
  kind: z.literal('document.grant'),
  /** All departments that have access after this grant. */
  to: z.array(z.string()),
});
export const documentLineSchema = z.discriminatedUnion('kind', [
  documentRead,
  documentGrant,
  documentErase,
]);
export type DocumentLine = z.infer<typeof documentLineSchema>;

/** The state of the gateway's journal at the time of anchoring; the anchor on the ledger has the number and hash of this line. */
const anchorLine = z.strictObject({
  ...line,
  kind: z.literal('journal.anchor'),
  department: z.string(),
  gateway: z.string(),
  /** The newest line in each department's chain of reads, and in that of all (`*`), and the first that is not archived. */
  chains: z.record(z.string(), head.extend({ from: z.int().min(0) })),
});
export const anchorLineSchema = anchorLine;
export type AnchorLine = z.infer<typeof anchorLineSchema>;

/**
 * Every kind of line in a gateway's audit journal. `by` is the actor; `document`, `records`, `account` and `organizations`
 * are the subject. Field names are part of the hashed bytes, so lines keep them. Users are given by enrolment name; no line
 * contains content, document names, addresses or secrets.
 */
export const journalLineSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...line,
    kind: z.literal('gateway.start'),
    mspId: z.string(),
    gateway: z.string(),
    /** SHA-256 of the gateway's own certificate (PEM). */
    certificate: z.string(),
    /** Whether the previous line records a regular stop. */
    stopped: z.boolean(),
  }),
  z.strictObject({ ...line, kind: z.literal('gateway.stop') }),
  /** A backup was handed out; it ends with this line. `height`: blocks in the index. */
  z.strictObject({ ...line, kind: z.literal('gateway.backup'), height: z.int().min(0) }),
  /** The gateway's data were put back from the backup that was taken then: what came after it is not here. */
  z.strictObject({ ...line, kind: z.literal('gateway.restore'), takenAt: z.iso.datetime() }),
  z.strictObject({ ...line, kind: z.literal('session.open'), by: actor, requestId: z.string() }),
  z.strictObject({ ...line, kind: z.literal('session.close'), by: actor, requestId: z.string() }),
  /** Somebody without a session asked for a certificate, or collected one; `user`: as the request says. */
  z.strictObject({
    ...line,
    kind: z.literal('enrolment.request'),
    number: z.string(),
    user: z.string(),
    requestId: z.string(),
  }),
  /** The registrar's certificate came from elsewhere; where the root's key lies beside the gateway, its command writes it there. */
  z.strictObject({
    ...line,
    kind: z.literal('enrolment.answer'),
    number: z.string(),
    user: z.string(),
    requestId: z.string(),
  }),
  z.strictObject({
    ...line,
    kind: z.literal('enrolment.collect'),
    number: z.string(),
    user: z.string(),
    requestId: z.string(),
  }),
  /** Whoever holds its administrators' keys brought signatures on a change of the channel; `signed`: all whose signature counts. */
  z.strictObject({
    ...line,
    kind: z.literal('channel.sign'),
    change: z.string(),
    signed: z.array(z.string()),
    requestId: z.string(),
  }),
  z.strictObject({
    ...line,
    kind: z.literal('channel.submit'),
    by: actor,
    change: z.string(),
    requestId: z.string(),
  }),
  /** Requests refused for the same reason within a minute; the caller is known only for an authenticated session. */
  z.strictObject({
    ...line,
    kind: z.literal('request.refused'),
    by: actor.nullable(),
    route: z.string(),
    code: z.string(),
    count: z.int().min(1),
  }),
  /** Use of a custodial key: the command, and the transaction if it was committed. */
  z.strictObject({
    ...line,
    kind: z.literal('key.use'),
    mspId: z.string(),
    user: z.string(),
    command: z.string(),
    txId: z.string(),
  }),
  /** Detected at the start or at the next request: an account was added or removed, or has another certificate or API key. */
  z.strictObject({ ...line, kind: z.literal('account.add'), ...account }),
  z.strictObject({ ...line, kind: z.literal('account.remove'), ...account }),
  z.strictObject({
    ...line,
    kind: z.literal('account.change'),
    ...account,
    /** `seal`: its key was encrypted again, as by a rotation of the sealing key. */
    what: z.array(z.enum(namesOf(accountPartWords))),
  }),
  /** A channel config changed the members or their certificates: the organisations concerned. */
  z.strictObject({
    ...line,
    kind: z.literal('channel.config'),
    sequence: z.int().min(0),
    organizations: z.array(z.string()),
  }),
  /** A department's chains of sign-off were replaced; `digest`: SHA-256 of their canonical JSON. */
  z.strictObject({
    ...line,
    kind: z.literal('signoff.chains'),
    by: actor,
    version: z.int().min(1),
    digest: z.string(),
  }),
  /** A step of a sign-off; `version`: the one that it made. */
  z.strictObject({
    ...line,
    kind: z.literal('signoff.step'),
    by: actor,
    signoff: z.string(),
    step: z.enum(namesOf(notedStepWords)),
    version: z.int().min(1),
  }),
  recordRead,
  documentRead,
  documentGrant,
  documentErase,
  anchorLine,
  /** Older lines were moved to an archive file. */
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
/** The caller's part of a line; the journal adds the rest. */
export type JournalEntry = Without<JournalLine, 'seq' | 'prev' | 'at'>;

/** What each kind of line notes. */
export const journalKindWords = {
  'gateway.start': { zh: '网关启动', en: 'gateway started' },
  'gateway.stop': { zh: '网关停止', en: 'gateway stopped' },
  'gateway.backup': { zh: '取得备份', en: 'backup taken' },
  'gateway.restore': { zh: '由备份恢复', en: 'restored from a backup' },
  'session.open': { zh: '登录', en: 'logged in' },
  'session.close': { zh: '退出', en: 'logged out' },
  'enrolment.request': { zh: '申请证书', en: 'certificate asked for' },
  'enrolment.answer': { zh: '答复证书申请', en: 'certificate answered' },
  'enrolment.collect': { zh: '领取证书', en: 'certificate collected' },
  'channel.sign': { zh: '签署通道更改', en: 'change of the channel signed' },
  'channel.submit': { zh: '提交通道更改', en: 'change of the channel submitted' },
  'request.refused': { zh: '拒绝请求', en: 'requests refused' },
  'key.use': { zh: '使用托管密钥', en: 'custodial key used' },
  'account.add': { zh: '增加账户', en: 'account added' },
  'account.remove': { zh: '移除账户', en: 'account removed' },
  'account.change': { zh: '更改账户', en: 'account changed' },
  'channel.config': { zh: '通道成员变更', en: 'members of the channel changed' },
  'signoff.chains': { zh: '更改审签层级', en: 'chains of sign-off changed' },
  'signoff.step': { zh: '办理审签', en: 'step of a sign-off' },
  'record.read': { zh: '查阅记录', en: 'record read' },
  'document.read': { zh: '查阅文件', en: 'document read' },
  'document.grant': { zh: '开放文件', en: 'document shown to others' },
  'document.erase': { zh: '清除文件', en: 'document erased' },
  'journal.anchor': { zh: '日志锚定', en: 'journal anchored' },
  'journal.archive': { zh: '日志归档', en: 'journal archived' },
} satisfies Readonly<Record<JournalKind, Words>>;
export const journalKinds = namesOf(journalKindWords);

/** A supervisor's read as part of the chain of a department, or of all. */
export const readLineSchema = recordRead;
export type ReadLine = z.infer<typeof readLineSchema>;
