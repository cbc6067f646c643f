import { cite, citeOutright } from '../../kernel/citation';
import { onceReform, onlineServices, sharing, type ContractErrorMeanings } from '../../kernel/laws';

/** What is refused of a filing, its materials, and what a department applies for at itself. */
export const filingErrors = {
  // Filing, and the materials.
  MATTER_NOT_EFFECTIVE: {
    zh: '{record}当日（{today}）不在有效期内[，有效期自 {effectiveFrom} 起][，至 {effectiveTo} 止]。',
    en: '{record} is not in force on {today}[, but from {effectiveFrom}][ until {effectiveTo}].',
    next: { zh: '[请按第 {supersededBy} 版申报。]', en: '[File by version {supersededBy}.]' },
    basis: [cite(onceReform, { article: 4, paragraph: 3 })],
  },
  CASE_NUMBER_INVALID: {
    zh: '办件编号 {caseNo} 与事项或者日期不符，日期可以是：{days}。',
    en: 'The case number {caseNo} does not fit its matter or its day; the day can be: {days}.',
    next: { zh: '请不填编号，由网关编号。', en: 'Leave the number to the gateway.' },
  },
  MATERIAL_MISSING: {
    zh: '[缺少必需材料：{materials}。][尚缺数源部门存证：{attestations}。]',
    en: '[Required materials are missing: {materials}.][ Attestations are missing: {attestations}.]',
    next: {
      zh: '[请补齐材料：{materials}。][请由数源部门为本办件签发存证：{attestations}。]',
      en: '[Give the materials: {materials}.][ Let their sources attest for this case: {attestations}.]',
    },
    basis: [cite(onceReform, { article: 7, paragraph: 1 }, { article: 11, paragraph: 3 })],
  },
  MATERIAL_SHARED: {
    zh: '材料“{code}”可以共享取得，不得要求申报部门提供；申报部门认为共享数据与实际不符的，可以注明异议并提交自己的材料。',
    en: 'The material {code} comes by sharing and may not be asked of the applicant; who holds that the shared data are wrong says so and gives its own document.',
    next: {
      zh: '请由数源部门签发存证，或者由申报部门注明异议后提交。',
      en: 'Have it attested, or contest the shared data.',
    },
    acts: ['attestation.issue'],
    basis: [
      cite(sharing, { article: 19, paragraph: 1 }),
      cite(onceReform, { article: 7, paragraph: 2 }),
      cite(onlineServices, { article: 7, paragraph: 1 }),
    ],
  },
  CONTEST_NOT_SHARED: {
    zh: '材料“{code}”不由共享取得，无从提出异议；请作为普通材料提交。',
    en: 'The material {code} is handed in by the applicant and not obtained by sharing; only shared data can be contested.',
  },
  MATERIAL_CONTESTED: {
    zh: '申报部门对材料“{code}”的共享数据有异议，以申报部门提供的材料为准，不得以存证或者其他证明替换。',
    en: 'The applicant contests the shared data of {code}: its own document counts and is not displaced.',
    next: { zh: '对数据有疑问的，可以申请数据校核。', en: "Ask the data's source to check them." },
    acts: ['sharing.challenge'],
    basis: [cite(onceReform, { article: 7, paragraph: 2 })],
  },
  COMMITMENT_NOT_ALLOWED: {
    zh: '该事项不允许以告知承诺代替[材料：{codes}][已提交的材料：{given}]。',
    en: 'The matter takes no commitment in place of [materials: {codes}][what is given too: {given}].',
    next: {
      zh: '请直接提交材料，或者以存证代替。',
      en: 'Give the materials, or have them attested.',
    },
    basis: [cite(onceReform, { article: 14, paragraph: 1 })],
  },
  COMMITMENT_RISK: {
    zh: '直接涉及公共安全、金融安全、生态环境保护以及直接关系人身健康、生命财产安全的事项，不得适用告知承诺；未说明不涉及的：{areas}。',
    en: 'A matter that concerns public or financial safety, ecology, health, life or property takes no commitment; not said to be free of: {areas}.',
    next: {
      zh: '请逐项说明，确有涉及的，取消告知承诺。',
      en: 'Say so of each; where one is concerned drop the commitment.',
    },
    basis: [cite(onceReform, { article: 14, paragraph: 1 })],
  },
  COMMITMENT_ONLY_LICENCES: {
    zh: '告知承诺制只适用于行政许可事项。',
    en: 'Only licences are granted on a commitment.',
    next: { zh: '请取消告知承诺。', en: 'Drop the commitment.' },
    basis: [citeOutright(onceReform, { article: 14, paragraph: 1 })],
  },
  COMMITMENT_UNDOCUMENTED: {
    zh: '告知承诺的范围须有省人民政府批准的文件，另定核查期限的须有省人民政府有关部门的文件，并列入本事项的依据文件。',
    en: 'The scope of commitments is approved by the provincial government, another time to inspect set by its department: the matter lists the documents.',
    next: {
      zh: '请将批准文件列入依据文件后重新提交。',
      en: 'List the document among the matter’s own.',
    },
    basis: [citeOutright(onceReform, { article: 14, paragraph: 2 }, { article: 14, paragraph: 3 })],
  },
  COMMITMENT_BARRED: {
    zh: '申报部门曾违反承诺（办件 {caseNo}），在不良信息保存和披露期限届满[（{until}）]或者信用修复前，不再适用告知承诺。',
    en: 'The applicant broke a commitment (case {caseNo}) and may not commit itself again until the bad record ends[ ({until})] or is repaired.',
    next: {
      zh: '请提交材料，不使用告知承诺；信用已修复的，由原办理部门登记。',
      en: 'Give the materials; where the record is repaired, let the department that handled it say so.',
    },
    acts: ['case.liftCommitmentBar'],
    basis: [cite(onceReform, { article: 14, paragraph: 2 })],
  },

  // What a department applies for at itself.
  OWN_MATTER: {
    zh: '部门（{owner}）不得向本部门申请：须由事项写明可以办理本部门的申请，并由另一部门共同决定。',
    en: 'A department ({owner}) files nothing with itself unless the matter says that it serves its owner too; then another department decides with it.',
    next: {
      zh: '请由实施主体修订事项，写明共同决定的部门。',
      en: 'Let the matter say who decides beside its owner.',
    },
    acts: ['matter.draft'],
  },
  CO_DECISION_MISSING: {
    zh: '本部门申请的办件，须经共同决定的部门[（{coDecider}）]同意后方可予以批准。',
    en: 'What a department applied for at itself is granted only with the decision of the department beside it[ ({coDecider})].',
    next: { zh: '[请由{coDecider}共同决定。]', en: '[Let {coDecider} decide beside you.]' },
    acts: ['case.coDecide'],
  },
} satisfies ContractErrorMeanings;
