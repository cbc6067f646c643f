import { caseTypeWords, type CaseRecord } from '@yici/domain/model';
import type { DataSet, Item } from './data-sets.js';
import { dayText, momentText, present } from './data-sets.js';
import { extensionSet } from './extension.js';
import { handlingSet } from './handling.js';
import { departmentName, personText, regionOf } from './names.js';
import { matterSet } from './matter-set.js';
import type { CaseSources } from './sources.js';
import { evaluationSet, interactionSet, supervisionSet } from './supervised.js';
import { answerWord, filingForm } from './words.js';

/**
 * Version of this translation; raised whenever the same records give other bytes, so that earlier packages are
 * recognised. 2: table 4 contains the matter's guide. 3: table 9 has the follow-up of an evaluation, the extension what a
 * card rests on, and the review of a card its words. 4: grants, first-asked responsibility and withdrawals in the words of
 * the other documents. 5: titles of laws in their marks, the reason of an extension by its word.
 */
export const translationEdition = 5;

/**
 * A case in the data sets of GB/T 39046-2020, tables 4 to 11, with the standard's names and codes, followed by the
 * extension. Fields that the ledger does not hold (identity numbers, telephone, post) are absent.
 */
export function dataSetsOf(sources: CaseSources): DataSet[] {
  return [
    matterSet(sources),
    application(sources),
    acceptance(sources),
    handlingSet(sources),
    completion(sources),
    evaluationSet(sources),
    interactionSet(sources),
    supervisionSet(sources),
    extensionSet(sources),
  ];
}

function caseTypeItems({ matter: { content } }: CaseSources): Item[] {
  return [
    ['办件类型', caseTypeWords[content.caseType].zh],
    ['办件类型代码', caseTypeWords[content.caseType].code],
  ];
}

function application(sources: CaseSources): DataSet {
  const { record, matter, departments } = sources;
  return {
    name: '办事申请',
    table: 5,
    items: present([
      ['办件编号', record.caseNo],
      ['实施编码', record.taskCode],
      ['事项名称', matter.content.name.zh],
      ...caseTypeItems(sources),
      ['申请者名称', departmentName(departments, record.applicant)],
      ['申报来源代码', filingForm],
      ['申请时间', momentText(record.submittedAt)],
      ['行政区划', regionOf(departments, record.applicant)],
    ]),
    lists: [{ name: '申请材料', rows: materialRows(sources) }],
  };
}

/** Every material in the matter's list, received or not. */
function materialRows({ record, matter }: CaseSources): Item[][] {
  return matter.content.materials.map(({ code, name, form }) => {
    const held = record.materials.find((known) => known.code === code);
    return present([
      ['材料名称', name.zh],
      ['是否收取', held === undefined ? '0' : '1'],
      ['收取方式', held && receivingWord(held.evidence.kind, form)],
      ['收取数量', held && '1'],
      ['收取时间', momentText(held?.at)],
    ]);
  });
}

type Evidence = CaseRecord['materials'][number]['evidence'];

function receivingWord(kind: Evidence['kind'], form: string): string {
  if (kind === 'attestation') return '数据共享';
  if (kind === 'commitment') return '告知承诺';
  if (kind === 'substitute') return '其他证明材料代替';
  return form === 'paper' ? '纸质收取' : '电子文件';
}

function acceptance(sources: CaseSources): DataSet {
  const { record, matter, departments, events } = sources;
  const { acceptance: accepted } = record;
  // Acceptances from before vouchers were recorded name a number in their event alone.
  const older = [...events].reverse().find(({ data }) => typeof data['voucherNo'] === 'string');
  const unit = accepted?.how === 'deemed' ? record.owner : accepted?.by.department;
  return {
    name: '事项受理',
    table: 6,
    items:
      accepted === undefined || unit === undefined
        ? []
        : present([
            ['办件编号', record.caseNo],
            ['基本编码', matter.content.catalogCode],
            ['实施编码', record.taskCode],
            ['事项名称', matter.content.name.zh],
            ['受理单位名称', departmentName(departments, unit)],
            ['受理人员', personText(accepted.by)],
            ['受理时间', momentText(accepted.at)],
            [
              '受理文书编号',
              accepted.voucher?.number ?? (older && String(older.data['voucherNo'])),
            ],
            ['承诺办结时间', dayText(record.dueOn)],
            ...caseTypeItems(sources),
            ['行政区划', regionOf(departments, unit)],
          ]),
    lists: [],
  };
}

function completion(sources: CaseSources): DataSet {
  const { record, matter, departments, events } = sources;
  const end = endOf(sources);
  const delivery = events.find(({ type }) => type === 'case.deliver');
  return {
    name: '事项办结',
    table: 8,
    items:
      end === undefined
        ? []
        : present([
            ['办件编号', record.caseNo],
            ['办理人姓名', personText(end.by)],
            ['办结时间', completionTime(end.at)],
            ['结果证照名称', record.result && matter.content.resultName.zh],
            ['办件结果描述', end.word],
            ['发证/盖章单位', record.result && departmentName(departments, record.owner)],
            ['行政区划', regionOf(departments, record.owner)],
            ['是否快递寄送结果', delivery && (delivery.data['form'] === 'courier' ? '1' : '0')],
          ]),
    lists: [],
  };
}

const endings: Readonly<
  Partial<Record<CaseRecord['state'], readonly [type: string, word: string]>>
> = {
  NOT_ACCEPTED: ['case.refuse', '不予受理'],
  WITHDRAWN: ['case.withdraw', '申报部门撤回'],
  DEEMED_WITHDRAWN: ['case.deemWithdrawn', '视为撤回申请'],
  ACCEPTANCE_REVOKED: ['case.revokeAcceptance', '撤销受理'],
  DECISION_REVOKED: ['case.revokeDecision', '撤销决定'],
};

/** The act that completed or otherwise ended the case; undefined while it is open. */
function endOf({ record, events }: CaseSources) {
  const [type = 'case.complete', word] = endings[record.state] ?? [];
  const last = [...events].reverse().find((event) => event.type === type);
  if (last === undefined) return undefined;
  const outcome = answerWord(record.decision?.outcome ?? '') ?? '';
  return { by: last.by, at: last.at, word: word ?? outcome };
}

/** Only table 8 uses `YYYYMMDDhh:mm:ss`. */
function completionTime(at: string): string | undefined {
  return momentText(at)?.replace(/T(\d\d)(\d\d)(\d\d)$/, '$1:$2:$3');
}
