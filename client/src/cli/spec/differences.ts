import {
  satisfactionWords,
  type CommandName,
  type Vocabulary,
  type Words,
} from '@yici/domain/model';
import { onlyTime, type Asks } from './confirm.js';
import { withForm } from './filled-form.js';
import {
  archivePackage,
  digestOf,
  knownEnds,
  matterVersion,
  newAttestation,
  newestDataset,
  newestMatter,
  newestOneThing,
  newId,
  noFields,
  openReview,
  proposedCalendar,
  publishedMatter,
  publishedOneThing,
  savedReport,
  sm2Key,
  versionOf,
  type Prepare,
} from './prepare.js';
import { answers, outcomes, rulings, type WordFlag } from './word-flags.js';

interface ExtraOption {
  readonly flag: string;
  readonly note: Words;
  /** Without it fields are left that must be given. */
  readonly needed?: true;
}

/** What does not follow from a command's specification, of its form on the command line. */
export interface Difference {
  /** If not the transaction's name. */
  readonly verb?: string;
  /** Field given as the argument after the verb, if not the key of what the command acts on. */
  readonly argument?: string;
  /** Option names that differ from the field's: field -> flag. */
  readonly flags?: Readonly<Record<string, string>>;
  /** Too large for options, and accepted in `--file` only; this file in the example. */
  readonly file?: string;
  readonly words?: readonly WordFlag[];
  /** Fields that are numbers and have words all the same. */
  readonly closed?: Readonly<Record<string, Vocabulary>>;
  /** Additional options for `prepare`. */
  readonly extra?: readonly ExtraOption[];
  readonly prepare?: Prepare;
  /** What is asked again before it is sent: it is done once. */
  readonly asks?: Asks;
  /** Fields of the example that not every act of the kind needs: a line to type has them only where they are known. */
  readonly spare?: readonly string[];
  /** The argument in the example, if not the usual sample. */
  readonly about?: string;
  /** The options in the example, if not a sample for each required field. */
  readonly example?: string;
}

/** Groups of commands that are not called as their contract is. */
export const groups: Readonly<Partial<Record<string, string>>> = {
  ...{ card: 'supervise', urge: 'supervise', order: 'supervise', evaluation: 'supervise' },
  ...{ audit: 'supervise', journal: 'supervise', dutyRuling: 'ruling', time: 'calendar' },
};

const archiveFolder: ExtraOption = {
  flag: '--folder <folder>',
  note: {
    zh: '归档信息包，先核验，再取其清单校验值',
    en: 'a package, verified before its digest is taken',
  },
  needed: true,
};

const formFields: ExtraOption = {
  flag: '--field <code=value...>',
  note: {
    zh: '逐项填写申请表，代替 --form 的文件',
    en: 'fills in the form field by field, in place of the file of --form',
  },
};

/** 好差评, given once: 1 is the best of the grades. */
const gradedOnce: Pick<Difference, 'asks' | 'extra' | 'closed'> = {
  asks: onlyTime,
  extra: [{ flag: '--yes', note: { zh: '不再询问，直接提交', en: 'do not ask again' } }],
  closed: { score: satisfactionWords },
};

/** The sealed voucher of an answer at the door, in examples. */
const voucher =
  '--voucher-no SL-0001 --voucher 通知书.ofd --seal-system provincial --seal 印章.sig';

/** A licence's identifier, in examples. */
const licence = '1.2.156.3005.2.11100000000013338W032.11331100002645678A.2026000001.001.0';

/** Every command has its form without an entry here; see {@link Difference}. */
export const differences: Readonly<Partial<Record<CommandName, Difference>>> = {
  'department.register': {
    argument: 'id',
    example: '--name "人力社保局|Human Resources" --level city --region-code 331100',
  },
  'department.update': { example: '--level city --claim government' },
  'department.confirm': { about: 'data', example: '--function leadAuthority' },
  'reform.register': { file: 'reform.json' },
  'duty.register': { file: 'duty.json' },
  'duty.proposeOverlap': { argument: 'topic', about: 'office-space', file: 'opinion.json' },
  'duty.resolveOverlap': { argument: 'topic', about: 'office-space', file: 'ruling.json' },
  'calendar.import': { file: 'client/demo/calendars/2026.json' },
  'calendar.confirm': { prepare: digestOf(proposedCalendar) },
  'matter.draft': { file: 'matter.json' },
  'matter.cosign': { prepare: digestOf(newestMatter) },
  'matter.recordConsultation': { prepare: digestOf(newestMatter) },
  'matter.publish': { prepare: versionOf(newestMatter) },
  'matter.retire': { prepare: publishedMatter, example: '--reason-code superseded' },
  'matter.review': { prepare: openReview },
  'oneThing.draft': { file: 'transfer.json' },
  'oneThing.cosign': { prepare: digestOf(newestOneThing) },
  'oneThing.recordConsultation': { prepare: digestOf(newestOneThing) },
  'oneThing.publish': { prepare: versionOf(newestOneThing) },
  'oneThing.retire': { prepare: publishedOneThing, example: '--reason-code merged' },
  'oneThing.submit': {
    argument: 'code',
    prepare: withForm(publishedOneThing, ({ code, version }) => ({
      ...{ code: String(code), version: Number(version) },
    })),
    extra: [formFields],
    example: '--form 申请表.json --material roster=人员名单.ofd',
  },
  'oneThing.advance': { about: 'YC33110000000001-20260302-0001' },
  'case.submit': {
    argument: 'taskCode',
    prepare: withForm(matterVersion, ({ taskCode, matterVersion: version }) => ({
      ...{ taskCode: String(taskCode), version: Number(version) },
    })),
    extra: [formFields],
    example: '--form 申请表.json --material application=申请表.ofd',
  },
  'case.accept': { spare: ['attested'], example: `--attested headcount=att-0001 ${voucher}` },
  'case.tolerantAccept': {
    example: `--tolerated rentalQuote --limit 5 --pledge 承诺书.ofd ${voucher}`,
  },
  'case.supplementNotice': { example: '--item application=unclear --limit 5' },
  'case.supplement': { example: '--material application=补正材料.ofd' },
  'case.refuse': {
    example: `--reason "不属于本机关职权" --reason-code notCompetent --competent-organ "财政局" --clause-of finance --duty FINANCE-03 --remedy "可在收到之日起十个工作日内提请市政府办公室协调" ${voucher}`,
  },
  'case.opinion': { words: answers },
  'case.answerForwarded': {
    words: answers.slice(0, 2),
    example: '--step budget --agree --document 答复.ofd',
  },
  'case.recordMeeting': {
    example: '--step budget --document 会议纪要.ofd --attended offices --attended finance',
  },
  'case.reviseOpinion': {
    words: answers.slice(0, 2),
    example: '--step budget --agree --document 意见书.ofd',
  },
  'case.ruleOpinion': {
    example:
      '--step budget --outcome lifted --document 决定书.ofd --organ "市政府" --number "丽政〔2026〕3号"',
  },
  'case.decide': { words: outcomes, example: '--grant --document 决定书.ofd' },
  'case.coDecide': { words: outcomes, example: '--grant --document 决定书.ofd' },
  'case.complete': { example: '--result 证照.ofd' },
  'case.deliver': { example: '--form web' },
  'case.issueLicence': {
    example: `--identifier ${licence} --type "建设用地规划许可证" --holder holder.json --document 证照.ofd --number "地字第331100202600001号" --seal-system provincial --seal 印章.sig --valid-from 2026-03-16`,
  },
  'case.changeLicence': {
    example: `--identifier ${licence} --status cancelled --ground holderEnded --document 决定书.ofd`,
  },
  'case.acknowledge': { example: '--on 2026-03-17' },
  'case.recordService': { example: '--how refused --on 2026-03-17 --document 记录.ofd' },
  'case.withdraw': { example: '--reason-code notNeeded' },
  'case.correct': { example: '--seq 3 --reason-code clerical --note "材料名称笔误"' },
  'case.startSpecialProcedure': {
    verb: 'start-procedure',
    example:
      '--procedure hearing --law "行政许可法" --clause "第四十六条" --rank law --limit 5 --notice 告知书.ofd',
  },
  'case.endSpecialProcedure': { verb: 'end-procedure', example: '--no 1 --result 记录.ofd' },
  'case.recount': { example: '--year 2027' },
  'case.requestExtension': {
    example: '--limit 5 --reason-code siteSurvey --grounds 情况说明.ofd',
  },
  'case.approveExtension': {
    example:
      '--notice 告知书.ofd --government-number 丽政办〔2026〕5号 --government-title 同意延期 --government-document 批复.ofd',
  },
  'case.lapseStep': { verb: 'lapse' },
  'case.passStep': { example: '--step budget --grounds 情况说明.ofd' },
  'case.revokeAcceptance': {
    example: `--reason "容缺材料逾期未补" --reason-code supplementOverdue --remedy "可在收到之日起十个工作日内提请市政府办公室协调" --document 告知书.ofd ${voucher}`,
  },
  'case.recordInspection': {
    verb: 'inspect',
    example: '--result fail --document 报告.ofd --correction 10',
  },
  'case.revokeDecision': {
    example:
      '--reason "违反承诺" --reason-code commitmentBroken --remedy "可在收到之日起十个工作日内提请市政府办公室协调" --document 告知书.ofd',
  },
  'case.keepDecision': {
    example: '--reason "撤销将中断供水" --reason-code commitmentBroken --document 决定书.ofd',
  },
  'case.archive': {
    ...{ extra: [archiveFolder], prepare: archivePackage('package', 'head') },
    example: '--folder archive --retention years30 --retention-basis "本单位保管期限表第3项"',
  },
  'case.transferArchive': {
    ...{ extra: [archiveFolder], prepare: archivePackage('package') },
    example: '--folder archive',
  },
  'case.receiveArchive': {
    ...{ extra: [archiveFolder], prepare: archivePackage('package') },
    example:
      '--folder archive --authenticity true --integrity true --usability true --security true --report 报告.ofd',
  },
  'case.resetRetention': {
    example:
      '--retention permanent --retention-basis "本单位保管期限表第3项" --report 鉴定报告.ofd',
  },
  'case.offerTransfer': { example: '--step budget --to finance --duty FINANCE-03' },
  'case.acceptTransfer': { example: '--step budget' },
  'case.declineTransfer': { example: '--step budget --clause-of offices --duty OFFICES-02' },
  'case.requestCoordination': { example: '--step budget --clause-of offices --duty OFFICES-02' },
  'case.returnStep': {
    example: '--step budget --reason "附件无法打开" --reason-code stillIncomplete',
  },
  'case.resendStep': { example: '--step budget --document 答复.ofd' },
  'dutyRuling.propose': {
    example: '--department finance --duty FINANCE-03 --document 意见书.ofd',
  },
  'dutyRuling.decide': {
    example:
      '--department finance --duty FINANCE-03 --document 决定书.ofd --organ "市委编委" --number "丽编〔2026〕3号"',
  },
  'delegation.grant': {
    prepare: knownEnds,
    extra: [
      {
        flag: '--not-known',
        note: {
          zh: '人员尚未在本网关出现过',
          en: 'also people who are not known to this gateway yet',
        },
      },
    ],
    example:
      '--from finance.head1 --role head --to finance.clerk2 --from-day 2026-03-02 --to-day 2026-03-06 --reason-code leave',
  },
  'delegation.end': { example: '--reason-code back' },
  'dataset.register': { file: 'dataset.json' },
  'dataset.approve': {
    prepare: digestOf(newestDataset),
    example: '--secrecy-review 审查意见.ofd',
  },
  'dataset.publish': { prepare: digestOf(newestDataset) },
  'dataset.sendBack': { prepare: versionOf(newestDataset), example: '--note "共享范围不明确"' },
  'dataset.noteChange': { example: '--changed-on 2026-03-02 --cause duty --reason "机构调整"' },
  'dataset.extendUpdate': { example: '--reason "正在核对"' },
  'dataset.nameSource': { argument: 'topic', about: 'headcount', file: 'naming.json' },
  'attestation.issue': {
    argument: 'datasetId',
    flags: { caseNo: 'case' },
    extra: [
      {
        flag: '--valid-days <number>',
        note: { zh: '有效天数，缺省 30 天', en: 'days of validity (default: 30)' },
      },
      {
        flag: '--disclosure <file>',
        note: {
          zh: '另存字段值与盐，供需求部门核对',
          en: 'keep values and salts for the requester in a new file',
        },
      },
    ],
    prepare: newAttestation,
    example: '--case YC33110000000007-20260302-0001 --field approved=12 --purpose "办公用房核定"',
  },
  'attestation.suspend': { example: '--reason-code underReview' },
  'attestation.resume': { example: '--reason-code reviewed' },
  'attestation.revoke': { example: '--reason-code dataWrong' },
  'attestation.recordUse': {
    verb: 'use',
    prepare: newId('useId', 'use'),
    example:
      '--scenario "办公用房租用审批" --process "核对编制人数" --effect "免交材料一份" --storage "不留存"',
  },
  'appKey.register': {
    extra: [
      {
        flag: '--key <file>',
        note: { zh: '由 yici app-key new 生成的密钥文件', en: 'a file made by yici app-key new' },
        needed: true,
      },
    ],
    prepare: sm2Key,
    example: '--key clerk1.sm2.json',
  },
  'appKey.revoke': { example: '--reason-code lost' },
  'sharing.request': {
    argument: 'datasetId',
    prepare: newId('shareId', 'share'),
    example:
      '--basis-law "机关办公用房管理办法" --basis-clause "第八条" --basis-text "核定办公用房须依据编制人数" --scenario "办公用房核定" --field unit approved --method interface --from 2026-03-02 --to 2026-12-31',
  },
  'sharing.withdraw': { example: '--reason-code notNeeded' },
  'sharing.askMissing': { example: '--item 使用依据=未写明条款' },
  'sharing.supplement': {
    example:
      '--basis-law "机关办公用房管理办法" --basis-clause "第八条" --basis-text "核定办公用房须依据编制人数"',
  },
  'sharing.extend': { example: '--days 5 --reason "正在核对"' },
  'sharing.grant': {
    spare: ['readers'],
    example:
      '--purpose "办公用房核定" --from 2026-03-02 --to 2026-12-31 --use "核对人数" --retention 5 --condition caseOnly --readers-provider 经办人 --readers-requester 经办人 业务系统',
  },
  'sharing.refuse': { example: '--basis outsideDuty --reason "与需求部门职责无关"' },
  'sharing.consentReply': { example: '--seq 2' },
  'sharing.deliver': {
    prepare: noFields,
    extra: [
      {
        flag: '--digests-only',
        note: {
          zh: '账本只记校验值，数值另行提供',
          en: 'only digests; the values travel over the sharing platform',
        },
      },
    ],
    example: '--field approved=12 --field present=11',
  },
  'sharing.receipt': {
    prepare: newId('useId', 'use'),
    example:
      '--field approved --scenario "办公用房核定" --process "核对人数" --effect "免交材料一份" --storage "不留存"',
  },
  'sharing.challenge': {
    prepare: newId('challengeId', 'challenge'),
    example: '--field approved --finding "与批文不一致"',
  },
  'sharing.answerChallenge': {
    flags: { challengeId: 'challenge' },
    example: '--challenge ch-0001 --outcome corrected --note "已更正"',
  },
  'sharing.suspend': { example: '--ground otherPurpose --note "用于申请以外的用途" --limit 5' },
  'sharing.mend': { example: '--note "已停止该用途并删除副本"' },
  'sharing.resume': { example: '--note "整改完成"' },
  'sharing.dispute': {
    prepare: newId('disputeId', 'dispute'),
    example: '--subject refusal --claim "申请事项属于本部门职责"',
  },
  'sharing.escalateDispute': {
    verb: 'escalate',
    flags: { disputeId: 'dispute' },
    example: '--dispute d-0001 --note "协商未达成一致"',
  },
  'sharing.decideDispute': {
    verb: 'decide',
    flags: { disputeId: 'dispute' },
    example: '--dispute d-0001 --order provide --note "应当依申请共享"',
  },
  'sharing.orderCorrection': {
    example: '--ground keptTooLong --note "超过留存期限仍保存副本" --limit 5',
  },
  'sharing.proposeChange': { example: '--what end --reason "业务系统停用" --from 2026-06-01' },
  'sharing.agreeChange': { example: '--seq 7' },
  'sharing.end': { example: '--reason purposeMet' },
  'sharing.dispose': { example: '--note "已删除全部副本"' },
  'card.raise': { argument: 'caseNo', example: '--what finish --colour red' },
  'card.raiseOther': { example: '--what reply --share-id share-0001 --colour red' },
  'card.explain': {
    spare: ['publicText'],
    example: '--code workload --text 说明.pdf --public-text "申请集中，审查人员不足，已增派"',
  },
  'card.appeal': { example: '--ground notResponsible --text 复核申请.pdf' },
  'card.rule': { words: rulings, example: '--cancel --document 复核决定.pdf' },
  'urge.send': {
    verb: 'urge',
    argument: 'caseNo',
    prepare: newId('urgeId', 'urg'),
    example: '--department finance --note 请按期反馈意见',
  },
  'order.issue': {
    verb: 'order',
    argument: 'department',
    prepare: newId('orderId', 'ord'),
    example:
      '--subject 逾期办件整改 --document 督办单.pdf --mandate headInstruction --mandate-number 市府督〔2026〕1号 --mandate-document 批示.pdf --limit 5',
  },
  'order.reply': { example: '--document 整改报告.pdf' },
  'order.conclude': { example: '--satisfied true --document 结论.pdf' },
  'order.askReview': { example: '--ground factsUnclear --text 复核申请.pdf' },
  'order.decideReview': { example: '--outcome upheld --document 复核决定.pdf' },
  'evaluation.give': { verb: 'evaluate', ...gradedOnce, example: '--score 非常满意' },
  'evaluation.answer': { example: '--document 整改.pdf' },
  'evaluation.followUp': { ...gradedOnce, example: '--score 满意' },
  'audit.record': { verb: 'record-audit', file: 'report.json', prepare: savedReport },
  'journal.anchor': {
    verb: 'anchor-journal',
    example: `--seq 41207 --head ${'3f0c'.repeat(16)}`,
  },
};
