import { z } from 'zod';
import { handlingScopes, procedureRanks, specialProcedures } from '../kernel/codes';
import { digest, listOf, positiveLimit, text } from '../kernel/scalars';

/** A telephone number of an office, never of a person. */
const officePhone = z.string().regex(/^[0-9][0-9-]{2,17}$/, '3 to 18 digits and dashes');

/** The law or regulation that demands a special procedure, and its clause. */
export const procedureBasis = z.strictObject({
  rank: z.enum(procedureRanks),
  law: text(200),
  clause: text(100),
});
export type ProcedureBasis = z.output<typeof procedureBasis>;

/**
 * 特别程序 that the guide announces: its kind, its basis, and the longest that it stops the clock of a case (Administrative
 * Licensing Law art 45). One without a basis announces only: it is not an official's to start.
 */
export const announcedProcedure = z.strictObject({
  procedure: z.enum(specialProcedures),
  limit: positiveLimit,
  basis: procedureBasis.exactOptional(),
  note: text(500).exactOptional(),
});

/** 收费 (table 4, items 31 and 32): what is charged rests on a basis. */
const fee = z
  .strictObject({ charged: z.boolean(), basis: text(1000).exactOptional() })
  .refine(({ charged, basis }) => charged === (basis !== undefined), {
    path: ['basis'],
    error: 'there when a fee is charged, and only then',
  });

/**
 * 办事指南: what GB/T 39046-2020 table 4 has beyond what the rules act on. All of it is optional; lengths are the standard's.
 */
export const handlingGuide = z.strictObject({
  /** 业务办理项编码. */
  handleItemCode: z
    .string()
    .regex(/^[0-9A-Za-z]{1,48}$/, '1 to 48 letters and digits')
    .exactOptional(),
  /** 权限划分. */
  powerSplit: text(1000).exactOptional(),
  /** 行使内容. */
  exerciseContent: text(4000).exactOptional(),
  /** 承办机构: the unit within the owner. */
  undertakingBody: text(100).exactOptional(),
  /** 委托部门: who entrusted the owner. */
  entrustedBy: text(100).exactOptional(),
  /** 法定办结时限说明, 承诺办结时限说明. */
  statutoryLimitNote: text(1000).exactOptional(),
  promisedLimitNote: text(1000).exactOptional(),
  specialProcedures: listOf(announcedProcedure, 8, ({ procedure }) => procedure).exactOptional(),
  /** 数量限制. */
  numberLimit: text(200).exactOptional(),
  fee: fee.exactOptional(),
  /** 结果样本, by its digest. */
  resultSample: digest.exactOptional(),
  /** 通办范围. */
  handlingScope: z.enum(handlingScopes).exactOptional(),
  /** 办理地点, 办理时间. */
  place: text(100).exactOptional(),
  hours: text(150).exactOptional(),
  consultPhone: officePhone.exactOptional(),
  supervisePhone: officePhone.exactOptional(),
  /** 常见问题. */
  questions: listOf(
    z.strictObject({ question: text(200), answer: text(800) }),
    10,
    ({ question }) => question,
  ).exactOptional(),
});
