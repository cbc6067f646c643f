import {
  basisText,
  exerciseLevelWords,
  handlingFormWords,
  handlingScopeWords,
  ownerNatureWords,
  serviceObjectWords,
  specialProcedureWords,
  type Limit,
  type MatterContent,
} from '@yici/domain/model';
import type { DataSet, Item, MaybeItem } from './data-sets.js';
import { present } from './data-sets.js';
import { departmentName } from './names.js';
import type { CaseSources } from './sources.js';
import { matterTypeWord } from './words.js';

type Guide = NonNullable<MatterContent['guide']>;

/** Table 4 事项管理: the version of the matter that the case was filed against. Items it does not contain are absent. */
export function matterSet(sources: CaseSources): DataSet {
  const { matter, departments } = sources;
  const { content } = matter;
  const { guide = {} } = content;
  return {
    name: '事项管理',
    table: 4,
    items: present([
      ...identity(content),
      ['实施主体', departmentName(departments, matter.owner)],
      ['实施主体性质', ownerNatureWords[content.ownerNature].zh],
      ['实施主体性质代码', ownerNatureWords[content.ownerNature].code],
      ...limits(content, guide),
      ['受理条件', content.acceptConditions.zh],
      ['办理流程', flowText(sources)],
      ['共同实施部门', joined(matter.participants.map((id) => departmentName(departments, id)))],
      ['承办机构', guide.undertakingBody],
      ['委托部门', guide.entrustedBy],
      ...results(content, guide),
      ...offering(content),
      ['特别程序', proceduresText(guide)],
      ['办理地点', guide.place],
      ['办理时间', guide.hours],
      ['咨询电话', guide.consultPhone],
      ['监督电话', guide.supervisePhone],
      ['常见问题', questionsText(guide)],
    ]),
    lists: [{ name: '材料目录', rows: content.materials.map(materialRow) }],
  };
}

function identity(content: MatterContent): MaybeItem[] {
  const { guide = {}, exerciseLevel } = content;
  return [
    ['事项名称', content.name.zh],
    ['基本编码', content.catalogCode],
    ['实施编码', content.taskCode],
    ['业务办理项编码', guide.handleItemCode],
    ['事项类型', matterTypeWord(content.matterType)],
    ['事项类型代码', content.matterType],
    ['设定依据', joined(content.legalBasis.map(basisText))],
    ['行使层级', exerciseLevelWords[exerciseLevel].zh],
    ['行使层级代码', exerciseLevelWords[exerciseLevel].code],
    ['权限划分', guide.powerSplit],
    ['行使内容', guide.exerciseContent],
  ];
}

function limits({ statutoryLimit, promisedLimit }: MatterContent, guide: Guide): MaybeItem[] {
  return [
    ...limitItems('法定办结时限', statutoryLimit, guide.statutoryLimitNote),
    ...limitItems('承诺办结时限', promisedLimit, guide.promisedLimitNote),
  ];
}

function limitItems(name: string, limit: Limit | undefined, note: string | undefined): MaybeItem[] {
  return [
    [name, limit?.value.toString()],
    [`${name}单位`, limit && '个工作日'],
    [`${name}说明`, note],
  ];
}

function results(
  { resultName }: MatterContent,
  { numberLimit, fee, ...guide }: Guide,
): MaybeItem[] {
  return [
    ['数量限制', numberLimit],
    ['结果名称', resultName.zh],
    ['是否收费', fee && yesNo(fee.charged)],
    ['收费依据', fee?.basis],
    ['通办范围', guide.handlingScope && handlingScopeWords[guide.handlingScope].zh],
  ];
}

function offering({ serviceObject, handlingForm }: MatterContent): MaybeItem[] {
  return [
    ['服务对象', joined(serviceObject.map((object) => serviceObjectWords[object].zh))],
    ['服务对象代码', serviceObject.map((object) => serviceObjectWords[object].code).join(',')],
    ['办理形式', joined(handlingForm.map((form) => handlingFormWords[form].zh))],
    ['办理形式代码', handlingForm.map((form) => handlingFormWords[form].code).join(',')],
    ['是否网办', yesNo(handlingForm.includes('web'))],
  ];
}

/** One text per step: department, number of days, standard, result. */
function flowText({ matter, departments }: CaseSources): string | undefined {
  return joined(
    matter.content.flow.map(({ id, name, department, limit, standard, result }) => {
      const said = [
        `${name?.zh ?? id}：${departmentName(departments, department)}，${limit.value.toString()}个工作日`,
        standard && `审查标准：${standard}`,
        result && `办理结果：${result}`,
      ];
      return said.filter((part) => part !== undefined).join('，');
    }),
  );
}

function proceduresText({ specialProcedures = [] }: Guide): string | undefined {
  return joined(
    specialProcedures.map(({ procedure, limit, basis, note }) => {
      const days = `${specialProcedureWords[procedure].zh}，${limit.value.toString()}个工作日`;
      const text = basis === undefined ? days : `${days}，依据${basisText(basis)}`;
      return note === undefined ? text : `${text}（${note}）`;
    }),
  );
}

function questionsText({ questions = [] }: Guide): string | undefined {
  return joined(questions.map(({ question, answer }) => `问：${question} 答：${answer}`));
}

function materialRow(material: MatterContent['materials'][number]): Item[] {
  const { name, issuer, issueTime, note, originals, copies, required } = material;
  return present([
    ['材料名称', name.zh],
    ['出具机构', issuer],
    ['出具时间要求', issueTime],
    ['材料办理说明', note],
    ['原件份数', originals?.toString()],
    ['复印件份数', copies?.toString()],
    ['是否必备材料', yesNo(required)],
  ]);
}

const yesNo = (value: boolean): string => (value ? '1' : '0');

function joined(parts: readonly string[]): string | undefined {
  return parts.length === 0 ? undefined : parts.join('；');
}
