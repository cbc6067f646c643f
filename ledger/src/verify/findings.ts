import type { Sentence } from '../errors.js';

/** The chain could not be judged. */
const unverifiable = {
  PIN_MALFORMED: {
    zh: '所给创世哈希不是 64 位十六进制数。',
    en: 'The pinned genesis hash is not 64 hex digits.',
  },
  INPUT_UNREADABLE: {
    zh: '目录或者区块文件无法读取。',
    en: "The folder or a block's file cannot be read.",
  },
  CONFIG_UNSUPPORTED: {
    zh: '通道要求的验证规则早于 V2_0。',
    en: 'The channel asks for validation rules older than V2_0.',
  },
} satisfies Record<string, Sentence>;

/** Something was missing and could not be checked. */
const incomplete = {
  BLOCK_MISSING: {
    zh: '缺少第 0 块或者中间的区块。',
    en: 'Block 0 or blocks in between are not there.',
  },
  CODES_MISSING: {
    zh: '区块没有验证码：取自排序节点，而不是对等节点。',
    en: 'Blocks without validation codes: they come from an orderer, not from a peer.',
  },
  CODES_UNCHECKED: {
    zh: '缺失区块之后的验证码没有重新计算。',
    en: 'Validation codes behind a gap were not recomputed.',
  },
  SIGNATURES_UNCHECKED: {
    zh: '排序节点的签名没有核对：当时的配置在缺失的区块中。',
    en: 'Orderer signatures were not checked: the config in force is in a gap.',
  },
} satisfies Record<string, Sentence>;

/** Something was checked and is wrong. */
const failed = {
  GENESIS_MISMATCH: {
    zh: '第 0 块与所给创世哈希不符。',
    en: 'Block 0 is not the pinned one.',
  },
  BLOCK_MALFORMED: {
    zh: '文件不是区块。',
    en: 'A file is no block.',
  },
  BLOCK_OUT_OF_ORDER: {
    zh: '区块排在编号更大的区块之后。',
    en: 'A block came after one with a higher number.',
  },
  NUMBER_MISMATCH: {
    zh: '区块头中的编号不同。',
    en: "A block's header has another number.",
  },
  PREVIOUS_HASH_MISMATCH: {
    zh: '区块与前一区块不衔接。',
    en: 'A block does not follow the one before it.',
  },
  DATA_HASH_MISMATCH: {
    zh: '交易内容与区块头所载不符。',
    en: 'The transactions are not those that the header stands for.',
  },
  DATA_MALFORMED: {
    zh: '区块为空，或者交易不是唯一的规范编码（两笔合读为一笔时数据哈希不变）。',
    en: 'A block is empty, or an envelope is not in its only form (two read as one would keep the data hash).',
  },
  SIGNATURES_MALFORMED: {
    zh: '排序节点的签名无法读取。',
    en: "The orderers' signatures cannot be read.",
  },
  SIGNATURES_INSUFFICIENT: {
    zh: '排序节点的签名不符合策略，或者未达到法定数量。',
    en: 'The orderers in force do not vouch for the block: policy or quorum is not met.',
  },
  LAST_CONFIG_MISMATCH: {
    zh: '区块所写的最新配置区块不符。',
    en: 'A block names another block as the newest config.',
  },
  CONFIG_MALFORMED: {
    zh: '第 0 块中的配置无法读取。',
    en: 'The config in block 0 cannot be read.',
  },
  CONFIG_REFUSED: {
    zh: '配置交易未经前一配置授权。',
    en: 'A config transaction is not authorised by the config before it.',
  },
  CODES_MALFORMED: {
    zh: '验证码数量与交易数量不一致。',
    en: 'There is not one validation code a transaction.',
  },
  CODE_MISMATCH: {
    zh: '对等节点写入的验证码与按规则计算的不同。',
    en: 'The peer wrote another validation code than the rules give.',
  },
  COMMIT_HASH_MISMATCH: {
    zh: '对等节点保存的状态与区块内容不符。',
    en: 'The peer kept another state than follows from the block.',
  },
} satisfies Record<string, Sentence>;

/** Not an error, but worth a look. */
const remarked = {
  TIME_LAGS: {
    zh: '操作时间比之前的操作早五分钟以上：可能被延后提交，或者时间倒填。仅作提示。',
    en: "An act's time is more than five minutes behind that of the acts before it: it was held back, or dated back. A remark.",
  },
  TIME_LEADS: {
    zh: '操作时间比之后的操作晚五分钟以上。仅作提示。',
    en: "An act's time is more than five minutes ahead of that of the acts after it. A remark.",
  },
} satisfies Record<string, Sentence>;

/** What each code of an {@link AuditFinding} means (docs/errors.md). */
export const auditFindingWords = { ...unverifiable, ...incomplete, ...failed, ...remarked };

type AuditFindingCode = keyof typeof auditFindingWords;

/** Something that an auditor must know. */
export interface AuditFinding {
  readonly code: AuditFindingCode;
  /** Number of the block; undefined when the finding is not about a block. */
  readonly block: bigint | undefined;
  /** Position of the transaction in the block; undefined when the finding is about the whole block. */
  readonly tx: number | undefined;
  /** A sentence for people; parts of it may come from the blocks. */
  readonly detail: string;
}

/** A finding in words. Its detail, in English, names what was found where; in Chinese the code's meaning stands before it. */
export const findingWords = ({
  code,
  detail,
}: Pick<AuditFinding, 'code' | 'detail'>): Sentence => ({
  zh: `${auditFindingWords[code].zh.replace(/。$/, '')}（${detail}）`,
  en: detail,
});

/**
 * VERIFIED: everything was present and is correct, with or without remarks. FAILED: something is wrong. UNVERIFIABLE:
 * it could not be judged. INCOMPLETE: what was present is correct, but something was missing.
 */
export type AuditVerdict = 'VERIFIED' | 'FAILED' | 'INCOMPLETE' | 'UNVERIFIABLE';

/** The verdict for a list of findings: proof of a fault outweighs missing input. */
export function auditVerdict(findings: readonly Pick<AuditFinding, 'code'>[]): AuditVerdict {
  const has = (codes: object) => findings.some(({ code }) => code in codes);
  if (has(failed)) return 'FAILED';
  if (has(unverifiable)) return 'UNVERIFIABLE';
  return has(incomplete) ? 'INCOMPLETE' : 'VERIFIED';
}

/** Records a finding about one block. */
export type Report = (code: AuditFindingCode, detail: string, tx?: number) => void;
