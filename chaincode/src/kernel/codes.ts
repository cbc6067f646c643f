/** Code tables of GB/T 39046-2020 annex A: our word, beside it the code an export writes. */

/** A.2 行使层级. */
export const exerciseLevels = {
  national: '1',
  province: '2',
  city: '3',
  county: '4',
  township: '5',
  village: '6',
} as const;
/** A.3 实施主体性质. */
export const ownerNatures = {
  statutory: '1',
  authorised: '2',
  entrusted: '3',
  other: '9',
} as const;
/** 权力来源. */
export const powerSources = {
  statutoryOwnLevel: '1',
  devolved: '2',
  authorisedBySuperior: '3',
  authorisedByPeer: '4',
  entrustedBySuperior: '5',
  entrustedByPeer: '6',
} as const;
/** A.4 服务对象. */
export const serviceObjects = {
  person: '1',
  enterprise: '2',
  institution: '3',
  socialOrganization: '4',
  administrativeOrgan: '5',
  other: '6',
} as const;
/** A.5 办理形式. */
export const handlingForms = {
  window: '1',
  web: '2',
  mobile: '3',
  courier: '4',
  other: '9',
} as const;
/** A.6 办件类型: 即办件, 承诺件. */
export const caseTypes = { onTheSpot: '1', promised: '2', other: '9' } as const;

/**
 * A.7 特别程序种类 knows 1 extension (延期) and 2 other; these are the others that stop the clock (Administrative
 * Licensing Law art 45): 听证, 招标, 拍卖, 检验, 检测, 检疫, 鉴定, 专家评审.
 */
export const specialProcedures = {
  hearing: '2',
  tender: '2',
  auction: '2',
  inspection: '2',
  test: '2',
  quarantine: '2',
  appraisal: '2',
  expertReview: '2',
} as const;

/** 通办范围 (table 4, item 33): 全国, 跨省, 跨市, 跨县. */
export const handlingScopes = ['nationwide', 'crossProvince', 'crossCity', 'crossCounty'] as const;

/** The words of a table, in order, for `z.enum`. */
export function wordsOf<T extends Record<string, string>>(table: T): [keyof T & string] {
  return Object.keys(table) as [keyof T & string];
}
