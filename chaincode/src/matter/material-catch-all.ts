import type { Material } from './records';

/**
 * The test that keeps catch-all clauses (兜底条款) out of a list of materials: an applicant must know from the list alone
 * what to bring (Zhejiang regulation art 7, 43(3)). It looks at the Chinese name, the English name and the code, each
 * without spaces and punctuation where that changes nothing:
 *
 * 1. "other" and then nothing but general words: 其他材料, 法律法规规定的其他有关证明文件, "any other supporting
 *    documents". A named document passes: 其他应收款明细表, "Statement of other receivables".
 * 2. general words alone: 相关材料, 必要的证明文件, "relevant documents".
 * 3. an open list: 身份证等材料, 身份证、户口本等, "etc.", "and so on".
 * 4. a code that says the same: `other`, `misc`, `otherMaterials`, `qita`.
 */
export function isCatchAll({ name, code }: Pick<Material, 'name' | 'code'>): boolean {
  return isChineseCatchAll(name.zh) || isEnglishCatchAll(name.en) || vagueCode.test(code);
}

const general =
  '(?:的|相关|有关|必要|所需|需要|需|应|应当|必须|须|要求|提交|提供|补充|证明|佐证|辅助|支撑|申请|申报|所有|一切|全部|各类|各种|类)';
const thing =
  '(?:材料|资料|文件|文书|证件|证照|证明|手续|附件|要件|凭证|信息|物品|内容|情况|事项|东西)';
const otherThings = new RegExp(`(?:其他|其它|另外|别的)${general}*${thing}*$`, 'u');
const generalThings = new RegExp(`^${general}+${thing}+$`, 'u');
const openList = new RegExp(`等${general}*${thing}+$`, 'u');
const enumeration = /[、,，;；].*等$/u;
const punctuation = /[\s"'“”‘’()（）[\]【】《》<>.。:：!！?？、,，;；·…—_-]/gu;

function isChineseCatchAll(name: string): boolean {
  const trimmed = name.replace(/[\s.。…)）]+$/u, '');
  const bare = name.replace(punctuation, '');
  return (
    enumeration.test(trimmed) ||
    otherThings.test(bare) ||
    generalThings.test(bare) ||
    openList.test(bare)
  );
}

const generalWord =
  '(?:the|any|all|such|as|relevant|related|necessary|needed|required|requested|supporting|supplementary|applicable|appropriate|application|evidence|proof|of|and|or)';
const generalThing =
  '(?:materials?|documents?|documentation|papers?|information|items?|evidence|proofs?|files?|certificates?|attachments?|data|things?|matters?)';
const otherWord = '(?:others?|additional|further|miscellaneous|misc|various|else)';
const otherThingsEnglish = new RegExp(
  `\\b${otherWord}(?: ${generalWord}| ${generalThing})*(?: (?:as )?(?:required|needed|requested|necessary|appropriate).*)?$`,
);
const generalThingsEnglish = new RegExp(`^(?:${generalWord} )+${generalThing}$`);
const openListEnglish = /(?:\betc|\band so (?:on|forth)|\band (?:the like|similar|more))$/;

function isEnglishCatchAll(name: string): boolean {
  const bare = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  return (
    otherThingsEnglish.test(bare) || generalThingsEnglish.test(bare) || openListEnglish.test(bare)
  );
}

const vagueCode =
  /^(?:(?:any)?others?|misc|miscellaneous|etc|additional|further|qita|qt)(?:[._-]?(?:materials?|documents?|docs?|files?|papers?|items?|info|cailiao|ziliao|cl))?[._-]?\d*$/i;
