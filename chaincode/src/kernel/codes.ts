import { codesOf, namesOf, type Vocabulary, type Words } from './words';

/** Code tables of GB/T 39046-2020 annex A: our name, with the code and the term that an export writes. */
type CodedVocabulary = Readonly<Record<string, Words & { readonly code: string }>>;

/** A.2 行使层级. */
export const exerciseLevelWords = {
  national: { code: '1', zh: '国家级/局(署、会)', en: 'national' },
  province: { code: '2', zh: '省级/直属', en: 'province' },
  city: { code: '3', zh: '市级/隶属', en: 'city' },
  county: { code: '4', zh: '县级', en: 'county' },
  township: { code: '5', zh: '镇(乡、街道)级', en: 'township' },
  village: { code: '6', zh: '村(社区)级', en: 'village' },
} satisfies CodedVocabulary;
export const exerciseLevels = codesOf(exerciseLevelWords);
/** A.3 实施主体性质. */
export const ownerNatureWords = {
  statutory: { code: '1', zh: '法定机关', en: 'statutory organ' },
  authorised: { code: '2', zh: '授权组织', en: 'authorised organisation' },
  entrusted: { code: '3', zh: '受委托组织', en: 'entrusted organisation' },
  other: { code: '9', zh: '其他', en: 'other' },
} satisfies CodedVocabulary;
export const ownerNatures = codesOf(ownerNatureWords);
/** 权力来源. */
export const powerSourceWords = {
  statutoryOwnLevel: { code: '1', zh: '法定本级行使', en: 'given by law to this level' },
  devolved: { code: '2', zh: '上级下放', en: 'devolved from above' },
  authorisedBySuperior: { code: '3', zh: '上级授权', en: 'authorised by a superior' },
  authorisedByPeer: { code: '4', zh: '同级授权', en: 'authorised by a peer' },
  entrustedBySuperior: { code: '5', zh: '上级委托', en: 'entrusted by a superior' },
  entrustedByPeer: { code: '6', zh: '同级委托', en: 'entrusted by a peer' },
} satisfies CodedVocabulary;
export const powerSources = codesOf(powerSourceWords);
/** A.4 服务对象. */
export const serviceObjectWords = {
  person: { code: '1', zh: '自然人', en: 'natural person' },
  enterprise: { code: '2', zh: '企业法人', en: 'enterprise' },
  institution: { code: '3', zh: '事业法人', en: 'public institution' },
  socialOrganization: { code: '4', zh: '社会组织法人', en: 'social organisation' },
  administrativeOrgan: { code: '5', zh: '行政机关', en: 'administrative organ' },
  other: { code: '6', zh: '其他组织', en: 'other organisation' },
} satisfies CodedVocabulary;
export const serviceObjects = codesOf(serviceObjectWords);
/** A.5 办理形式. */
export const handlingFormWords = {
  window: { code: '1', zh: '窗口办理', en: 'at a window' },
  web: { code: '2', zh: '电脑端网上办理', en: 'by computer' },
  mobile: { code: '3', zh: '移动端网上申请', en: 'by telephone' },
  courier: { code: '4', zh: '快递申请', en: 'by courier' },
  other: { code: '9', zh: '其他', en: 'other' },
} satisfies CodedVocabulary;
export const handlingForms = codesOf(handlingFormWords);
/** A.6 办件类型. */
export const caseTypeWords = {
  onTheSpot: { code: '1', zh: '即办件', en: 'decided on the spot' },
  promised: { code: '2', zh: '承诺件', en: 'within a promised limit' },
  other: { code: '9', zh: '其他', en: 'other' },
} satisfies CodedVocabulary;
export const caseTypes = codesOf(caseTypeWords);

/**
 * A.7 特别程序种类 knows 1 extension (延期) and 2 other; these are the others that stop the clock (Administrative Licensing
 * Law art 45).
 */
export const specialProcedureWords = {
  hearing: { zh: '听证', en: 'hearing' },
  tender: { zh: '招标', en: 'tender' },
  auction: { zh: '拍卖', en: 'auction' },
  inspection: { zh: '检验', en: 'inspection' },
  test: { zh: '检测', en: 'test' },
  quarantine: { zh: '检疫', en: 'quarantine' },
  appraisal: { zh: '鉴定', en: 'appraisal' },
  expertReview: { zh: '专家评审', en: 'expert review' },
} satisfies Vocabulary;
export const specialProcedures = namesOf(specialProcedureWords);

/** Rank of what demands a special procedure: without a law or a regulation the time counts (Zhejiang regulation art 28). */
export const procedureRankWords = {
  law: { zh: '法律', en: 'law' },
  regulation: { zh: '法规', en: 'regulation, national or local' },
} satisfies Vocabulary;
export const procedureRanks = namesOf(procedureRankWords);

/** 通办范围 (table 4, item 33), which has no codes. */
export const handlingScopeWords = {
  nationwide: { zh: '全国', en: 'nationwide' },
  crossProvince: { zh: '跨省', en: 'across provinces' },
  crossCity: { zh: '跨市', en: 'across cities' },
  crossCounty: { zh: '跨县', en: 'across counties' },
} satisfies Vocabulary;
export const handlingScopes = namesOf(handlingScopeWords);
