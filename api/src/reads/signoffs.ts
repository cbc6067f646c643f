import {
  canonicalDigest,
  code,
  delegableRole,
  office,
  role,
  section,
  sha256Hex,
  signoff,
  signoffLevels,
  userName,
  type Office,
  type Words,
} from '@yici/domain/model';
import { z } from 'zod';
import { list, read } from '../definition.js';
import { offered } from '../shapes.js';

/**
 * 拟办、审核、签发: the sign-off of an act inside one department, as its gateway keeps it. On the ledger are its number, its digest
 * and the offices that took part (`signoff` of the act).
 */

/** What can be done at a level: written, taken on, given back, issued for signature. */
const signoffSteps = ['draft', 'approve', 'return', 'issue'] as const;
export const signoffStepWords = {
  draft: { zh: '拟办', en: 'drafted' },
  approve: { zh: '审核同意', en: 'approved' },
  return: { zh: '退回', en: 'returned' },
  issue: { zh: '签发', en: 'issued' },
} as const satisfies Record<(typeof signoffSteps)[number], Words>;
/** What a journal notes of a sign-off: its steps, and that its drafter took it back. */
export const notedStepWords = { ...signoffStepWords, withdraw: { zh: '撤回', en: 'withdrawn' } };
/** `signing`: issued, and on its way to the ledger. */
const signoffStates = ['open', 'signing', 'issued'] as const;
export const signoffStateWords = {
  open: { zh: '流转中', en: 'in circulation' },
  signing: { zh: '已签发，正在上链', en: 'issued, on its way to the ledger' },
  issued: { zh: '已签发上链', en: 'issued and on the ledger' },
} as const satisfies Record<(typeof signoffStates)[number], Words>;

/** The chain that an act of a department has to go through. */
export const signoffChain = z.strictObject({
  command: z
    .string()
    .max(64)
    .describe('The act, as case.decide; `*`: every act without a chain of its own.'),
  levels: z
    .array(office)
    .max(signoffLevels.most)
    .refine((levels) => levels.length !== 1, 'two levels at the least, or none')
    .describe('The drafter first, whoever signs last. None: this act needs no sign-off.'),
  onePerson: z
    .literal(true)
    .exactOptional()
    .describe('One person may act at several levels; never for decisions.'),
  direct: z
    .array(z.strictObject({ role, section: section.exactOptional() }))
    .max(8)
    .exactOptional()
    .describe('Who may act without the chain.'),
});
export type SignoffChain = z.output<typeof signoffChain>;

const who = z.strictObject({
  /** Of the level, also where a delegate acts in it. */
  role: delegableRole,
  section: section.nullable(),
  user: userName,
  /** The absent official, and the delegation (AB岗). */
  for: userName.exactOptional(),
  under: code(64).exactOptional(),
});

/** One step of a chain. */
const round = z.strictObject({
  /** 0: the drafter's. */
  level: z.int().min(0).max(3),
  step: z.enum(signoffSteps),
  by: who,
  at: z.iso.datetime(),
  /** {@link inputDigest} of the act's input as this step left it. */
  input: sha256Hex,
  /** The comment, or the reason of a return. */
  comment: z.string().exactOptional(),
  /** Of a return: the level that it goes back to. */
  to: z.int().min(0).max(3).exactOptional(),
});
export type SignoffRound = z.output<typeof round>;

/** What the digest on the ledger is of, up to and with the step that issued it. */
export const signoffDocument = z.strictObject({
  v: z.literal(1),
  purpose: z.literal('yici sign-off'),
  id: z.string(),
  /** 32 random bytes in hex: without them neither comments nor inputs can be guessed from digests. */
  salt: sha256Hex,
  department: z.string(),
  command: z.string(),
  levels: z.array(office),
  rounds: z.array(round),
});
export type SignoffDocument = z.output<typeof signoffDocument>;

/** SHA-256 of a chain's canonical JSON. */
export const signoffDigest = (document: SignoffDocument): string => canonicalDigest(document);

/** SHA-256 of an act's input with the chain's salt, canonical JSON. */
export const inputDigest = (salt: string, input: Readonly<Record<string, unknown>>): string =>
  canonicalDigest({ salt, input });

/** The offices that took part before the signer, by level: as the chain names them, with the section of whoever acted. */
export function officesBefore({ levels, rounds }: SignoffDocument): Office[] {
  return levels.slice(0, -1).map(({ role: held, section: named }, level) => {
    const by = rounds.filter((one) => one.level === level).at(-1)?.by;
    const known = named ?? by?.section ?? undefined;
    return known === undefined ? { role: held } : { role: held, section: known };
  });
}

const input = z.record(z.string(), z.unknown());

/** A sign-off as lists show it. */
export const signoffLine = z.strictObject({
  id: z.string(),
  kind: z.literal('signoff'),
  command: z.string(),
  title: z.string(),
  /** What the act is about, as its path names it: a case's number and the like. */
  subject: z.string().nullable(),
  department: z.string(),
  state: z.enum(signoffStates),
  /** Who has to act: a level of `levels`. */
  level: z.int().min(0).max(3),
  levels: z.array(office),
  onePerson: z.boolean(),
  /** Names of those who acted at each level. */
  acted: z.array(z.array(z.string())),
  by: z.string(),
  at: z.iso.datetime(),
  changedBy: z.string(),
  changedAt: z.iso.datetime(),
  version: z.number().int(),
  expiresAt: z.null(),
  /** Of what was issued: the transaction. */
  txId: z.string().exactOptional(),
});
export type SignoffLine = z.output<typeof signoffLine>;

const signoffChange = z.strictObject({
  /** JSON pointer. */
  path: z.string(),
  before: z.unknown(),
  after: z.unknown(),
});
export type SignoffChange = z.output<typeof signoffChange>;

export const signoffView = signoffLine.extend({
  input: input.describe('Of the act, as the last step left it.'),
  chain: signoffDocument,
  inputs: z.array(input).describe('As each step left it.'),
  changes: z.array(z.array(signoffChange)).describe('What each step changed.'),
  signoff: signoff.nullable().describe('What the act carries; null before it is issued.'),
});
export type SignoffView = z.output<typeof signoffView>;

export const signoffChains = z.strictObject({
  department: z.string(),
  /** 0: none were ever given. */
  version: z.int().min(0),
  chains: z.array(signoffChain),
  changedBy: z.string().nullable(),
  changedAt: z.iso.datetime().nullable(),
});
export type SignoffChains = z.output<typeof signoffChains>;

const journal = { record: ['id'], departments: ['department'] } as const;

export const signoffReads = {
  'signoffs.list': list({
    path: '/v1/signoffs',
    summary: {
      zh: '本部门的审签件：轮到本人办理的和本人办理过的，最近改动在前',
      en: 'Sign-offs of your department that you take part in, the last changed first',
    },
    query: {
      state: offered(z.enum(signoffStates).optional(), '--state <state>', {
        zh: '审签件的状态',
        en: 'its state',
      }),
      waiting: offered(z.enum(['true']).optional(), '--waiting', {
        zh: '只看待我办理的',
        en: 'only those that wait for you',
      }),
    },
    item: signoffLine,
    concerns: 'keeper',
    journal,
  }),
  'signoffs.get': read({
    path: '/v1/signoffs/{id}',
    summary: {
      zh: '一份审签件及其流转过程',
      en: 'One sign-off, with every step and what it changed',
    },
    params: { id: z.string().max(60) },
    answer: signoffView,
    concerns: 'keeper',
    journal,
  }),
  'signoffs.chains': read({
    path: '/v1/signoff/chains',
    summary: {
      zh: '本部门各项命令的审签流程',
      en: 'The chains that acts of your department go through',
    },
    answer: signoffChains,
    concerns: 'keeper',
    journal: { record: ['department'], departments: ['department'] },
  }),
};
