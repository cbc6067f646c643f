import { z } from 'zod';
import { paperWords, type PaperKind } from './kinds.js';

/** What templates may name, each with what it says; a list has fields of its own. Texts that do not apply are empty. */
const text = (zh: string) => z.string().describe(zh);
const flag = (zh: string) => z.boolean().describe(zh);
const list = <S extends z.ZodRawShape>(zh: string, shape: S) =>
  z.array(z.strictObject(shape)).describe(zh);

const everywhere = {
  title: text('文书名称'),
  number: text('文号或者文书编号'),
  day: text('作出日期'),
  organ: text('作出部门'),
  to: text('送达部门'),
  law: text('依据、参照的法律全称和条款；没有的为空'),
  signer: text('经办岗位（用户名）'),
  sealSystem: text('用印系统；未登记的为空'),
  sealDigest: text('盖章文书的 SHA-256 校验值；未登记的为空'),
  sealEvidence: text('印章凭证的 SHA-256 校验值；未登记的为空'),
};
const ofCase = {
  ...everywhere,
  caseNo: text('办件编号'),
  matter: text('事项名称'),
  taskCode: text('实施编码'),
  filedOn: text('申报日期'),
};
const reasons = {
  reason: text('理由类别；不适用的为空'),
  reasonText: text('理由全文；无法取得的为空'),
  reasonDigest: text('理由全文的 SHA-256 校验值；不适用的为空'),
  remedy: text('后续处理途径；不适用的为空'),
};
const mark = { name: text('名称'), deficiency: text('存在的问题'), note: text('说明') };

/** The fields of each paper. */
export const paperFields = {
  receipt: z.strictObject({
    ...ofCase,
    materials: list('收到的材料', {
      name: text('材料名称'),
      form: text('提交形式'),
      digest: text('SHA-256 校验值的前 16 位；以存证提交的为存证编号'),
    }),
  }),
  acceptance: z.strictObject({
    ...ofCase,
    tolerant: flag('容缺受理'),
    tolerated: list('容缺的材料', { name: text('材料名称') }),
    tolerateDays: text('补交容缺材料的工作日数；不适用的为空'),
    acceptedOn: text('受理日期'),
    promisedDays: text('承诺办结时限的工作日数；即办的为空'),
    statutoryDays: text('法定办结时限的工作日数；未规定的为空'),
  }),
  supplement: z.strictObject({
    ...ofCase,
    items: list('须补正的材料', mark),
    formFields: list('须更正的申报表栏目', mark),
    days: text('补正期限的工作日数'),
    second: flag('再次告知'),
    ground: text('再次告知的事由；不适用的为空'),
    groundNote: text('再次告知的说明；不适用的为空'),
  }),
  notAccepted: z.strictObject({
    ...ofCase,
    ...reasons,
    competentOrgan: text('有权办理的机关；不适用的为空'),
  }),
  decision: z.strictObject({
    ...ofCase,
    ...reasons,
    granted: flag('予以批准'),
    outcome: text('决定：予以批准或者不予批准'),
    document: text('决定书正文的 SHA-256 校验值'),
  }),
  order: z.strictObject({
    ...everywhere,
    subject: text('督办事项'),
    caseNo: text('所涉办件编号；不涉及的为空'),
    mandate: text('立项依据；未登记的为空'),
    mandateNumber: text('立项文号；未登记的为空'),
    days: text('回复期限的工作日数'),
    dueOn: text('回复期限的最后一日'),
    document: text('督办文书的 SHA-256 校验值'),
  }),
  card: z.strictObject({
    ...everywhere,
    red: flag('红牌'),
    subject: text('所涉办件、共享申请等的编号'),
    clock: text('期限名称'),
    startedOn: text('起算日期'),
    dueOn: text('到期日期'),
    days: text('期限的工作日数'),
    explainBy: text('说明情况的最后一日；不适用的为空'),
    explainTo: text('说明方式；不适用的为空'),
  }),
} satisfies Record<PaperKind, z.ZodObject>;

export type FieldsOf<K extends PaperKind> = z.output<(typeof paperFields)[K]>;
export type Fields = FieldsOf<PaperKind>;

/** One field as a template names it: `items.name` lies in the section `items`. */
export interface FieldLine {
  readonly name: string;
  readonly kind: 'text' | 'flag' | 'list';
  readonly says: string;
}

/** Every field of a paper, with what it says. */
export function fieldLines(kind: PaperKind): FieldLine[] {
  return linesOf(paperFields[kind], '');
}

function linesOf(schema: z.ZodObject, prefix: string): FieldLine[] {
  return Object.entries(schema.shape).flatMap(([key, field]) => {
    const name = prefix + key;
    const says = field instanceof z.ZodType ? (field.description ?? '') : '';
    if (field instanceof z.ZodBoolean) return [{ name, kind: 'flag' as const, says }];
    if (!(field instanceof z.ZodArray)) return [{ name, kind: 'text' as const, says }];
    const { element } = field;
    const inner = element instanceof z.ZodObject ? linesOf(element, `${name}.`) : [];
    return [{ name, kind: 'list' as const, says }, ...inner];
  });
}

export const titleOf = (kind: PaperKind): string => paperWords[kind].zh;
