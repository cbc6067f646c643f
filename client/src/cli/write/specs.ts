import type { CommandName } from '@yici/domain/model';
import {
  forOwnerOfCase,
  withCalendarDigest,
  withDatasetDigest,
  withMatterDigest,
  withNewestDatasetVersion,
  withNewestVersion,
  withPublishedMatterVersion,
  withPublishedVersion,
  withSm2Key,
  withUseId,
} from './prepare.js';
import { responsibilitySpecs } from './responsibility-specs.js';
import { example, onCase, type WordFlag, type WriteSpec } from './spec.js';
import {
  withNewestOneThing,
  withOneThingDigest,
  withOpenReview,
  withPublishedOneThing,
} from './prepare-catalogue.js';
import { supervisionSpecs } from './supervision-specs.js';
import { sharingSpecs } from './specs-sharing.js';

const answers: readonly WordFlag[] = [
  { flag: 'agree', field: 'answer', word: 'agree', note: '同意' },
  {
    flag: 'disagree',
    field: 'answer',
    word: 'disagree',
    note: '不同意（须说明理由 needs --reason）',
  },
  {
    flag: 'forward',
    field: 'answer',
    word: 'forward',
    note: '转报 agree, but it must be forwarded up',
  },
];

const outcomes: readonly WordFlag[] = [
  { flag: 'grant', field: 'outcome', word: 'granted', note: '准予' },
  {
    flag: 'refuse',
    field: 'outcome',
    word: 'refused',
    note: '不予批准（须说明理由和救济途径 needs --reason and --remedy）',
  },
];

/** Every command of the registry; a new command without an entry does not compile. */
export const writeSpecs: Readonly<Record<CommandName, WriteSpec>> = {
  ...supervisionSpecs,
  'department.register': {
    group: 'department',
    verb: 'register',
    argument: 'id',
    example:
      'yici department register hrss --name "人力社保局|Human Resources" --level city --region-code 331100',
  },
  'department.update': {
    group: 'department',
    verb: 'update',
    example: 'yici department update --name "人力社保局|Human Resources"',
  },
  'department.confirm': {
    group: 'department',
    verb: 'confirm',
    argument: 'id',
    example: 'yici department confirm data --function leadAuthority',
  },
  'time.beacon': { group: 'calendar', verb: 'beacon', example: 'yici calendar beacon' },
  'duty.register': {
    group: 'duty',
    verb: 'register',
    fileOnly: true,
    example: 'yici duty register --file duty.json',
  },
  'duty.resolveOverlap': {
    group: 'duty',
    verb: 'resolve-overlap',
    argument: 'topic',
    fileOnly: true,
    example: 'yici duty resolve-overlap office-space --file ruling.json',
  },
  'calendar.import': {
    group: 'calendar',
    verb: 'import',
    fileOnly: true,
    example: 'yici calendar import --file client/demo/calendars/2026.json',
  },
  'calendar.confirm': {
    group: 'calendar',
    verb: 'confirm',
    argument: 'year',
    prepare: withCalendarDigest,
    filled: ['version', 'contentDigest'],
    example: 'yici calendar confirm 2026',
  },
  'matter.draft': {
    group: 'matter',
    verb: 'draft',
    fileOnly: true,
    example: 'yici matter draft --file matter.json',
  },
  'matter.cosign': {
    group: 'matter',
    verb: 'cosign',
    argument: 'taskCode',
    prepare: withMatterDigest,
    filled: ['version', 'contentDigest'],
    example: 'yici matter cosign YC33110000000007',
  },
  'matter.publish': {
    group: 'matter',
    verb: 'publish',
    argument: 'taskCode',
    prepare: withNewestVersion,
    filled: ['version'],
    example: 'yici matter publish YC33110000000007',
  },
  'matter.retire': {
    group: 'matter',
    verb: 'retire',
    argument: 'taskCode',
    prepare: withPublishedMatterVersion,
    filled: ['version'],
    example: 'yici matter retire YC33110000000007 --reason-code superseded',
  },
  'matter.review': {
    group: 'matter',
    verb: 'review',
    argument: 'taskCode',
    prepare: withOpenReview,
    filled: ['version', 'dutyVersion'],
    example: 'yici matter review YC33110000000007',
  },
  'matter.markForReview': {
    group: 'matter',
    verb: 'mark-for-review',
    argument: 'taskCode',
    example: 'yici matter mark-for-review YC33110000000007',
  },
  'oneThing.draft': {
    group: 'one-thing',
    verb: 'draft',
    fileOnly: true,
    example: 'yici one-thing draft --file transfer.json',
  },
  'oneThing.cosign': {
    group: 'one-thing',
    verb: 'cosign',
    argument: 'code',
    prepare: withOneThingDigest,
    filled: ['version', 'contentDigest'],
    example: 'yici one-thing cosign YC33110000000001',
  },
  'oneThing.publish': {
    group: 'one-thing',
    verb: 'publish',
    argument: 'code',
    prepare: withNewestOneThing,
    filled: ['version'],
    example: 'yici one-thing publish YC33110000000001',
  },
  'oneThing.retire': {
    group: 'one-thing',
    verb: 'retire',
    argument: 'code',
    prepare: withPublishedOneThing,
    filled: ['version'],
    example: 'yici one-thing retire YC33110000000001 --reason-code merged',
  },
  'oneThing.submit': {
    group: 'one-thing',
    verb: 'submit',
    argument: 'code',
    prepare: withPublishedOneThing,
    filled: ['version'],
    later: ['no', 'cases'],
    example: 'yici one-thing submit YC33110000000001 --form form.json --material roster=roster.ofd',
  },
  'oneThing.advance': {
    group: 'one-thing',
    verb: 'advance',
    argument: 'no',
    later: ['cases'],
    example: 'yici one-thing advance YC33110000000001-20260302-0001',
  },
  'case.submit': {
    group: 'case',
    verb: 'submit',
    argument: 'taskCode',
    prepare: withPublishedVersion,
    filled: ['matterVersion'],
    later: ['caseNo'],
    example:
      'yici case submit YC33110000000007 --form form.json --material application=application.ofd',
  },
  'case.receive': onCase('receive', `yici case receive ${example}`),
  'case.accept': onCase('accept', `yici case accept ${example} --attested headcount=att-0001`),
  'case.tolerantAccept': onCase(
    'tolerant-accept',
    `yici case tolerant-accept ${example} --tolerated rentalQuote --limit 5`,
  ),
  'case.supplementNotice': onCase(
    'supplement-notice',
    `yici case supplement-notice ${example} --item application=unclear --limit 5`,
  ),
  'case.supplement': onCase(
    'supplement',
    `yici case supplement ${example} --material application=new.ofd`,
  ),
  'case.refuse': onCase(
    'refuse',
    `yici case refuse ${example} --reason "不属于本机关职权" --reason-code notCompetent --remedy "60日内可申请行政复议"`,
  ),
  'case.opinion': onCase('opinion', `yici case opinion ${example} --step budget --agree`, {
    flags: { stepId: 'step' },
    words: answers,
  }),
  'case.decide': onCase('decide', `yici case decide ${example} --grant --document decision.ofd`, {
    words: outcomes,
  }),
  'case.complete': onCase('complete', `yici case complete ${example} --result certificate.ofd`),
  'case.deliver': onCase('deliver', `yici case deliver ${example} --form web`),
  'case.withdraw': onCase('withdraw', `yici case withdraw ${example} --reason-code notNeeded`),
  'case.correct': onCase(
    'correct',
    `yici case correct ${example} --seq 3 --reason-code clerical --note "材料名称笔误"`,
  ),
  'case.deemAccepted': onCase('deem-accepted', `yici case deem-accepted ${example}`),
  'case.deemWithdrawn': onCase('deem-withdrawn', `yici case deem-withdrawn ${example}`),
  'case.startSpecialProcedure': onCase(
    'start-procedure',
    `yici case start-procedure ${example} --procedure hearing --law "行政许可法" --clause "第四十六条" --limit 5 --notice letter.ofd`,
  ),
  'case.endSpecialProcedure': onCase(
    'end-procedure',
    `yici case end-procedure ${example} --no 1 --result record.ofd`,
  ),
  'case.requestExtension': onCase(
    'request-extension',
    `yici case request-extension ${example} --limit 5 --reason-code siteSurvey --grounds reasons.ofd`,
  ),
  'case.approveExtension': onCase(
    'approve-extension',
    `yici case approve-extension ${example} --notice letter.ofd`,
  ),
  'case.lapseStep': onCase('lapse', `yici case lapse ${example} --step budget`, {
    flags: { stepId: 'step' },
  }),
  'case.passStep': onCase(
    'pass-step',
    `yici case pass-step ${example} --step budget --grounds reasons.ofd`,
    { flags: { stepId: 'step' } },
  ),
  'case.revokeAcceptance': onCase(
    'revoke-acceptance',
    `yici case revoke-acceptance ${example} --reason "容缺材料逾期未补" --reason-code supplementOverdue --remedy "60日内可申请行政复议" --document notice.ofd`,
  ),
  'case.recordInspection': onCase(
    'inspect',
    `yici case inspect ${example} --result fail --document report.ofd --correction 10`,
  ),
  'case.revokeDecision': onCase(
    'revoke-decision',
    `yici case revoke-decision ${example} --reason "违反承诺" --reason-code commitmentBroken --remedy "60日内可申请行政复议" --document notice.ofd`,
  ),
  'case.archive': onCase('archive', `yici case archive ${example} --package archive.zip`),
  ...responsibilitySpecs,
  'dataset.register': {
    group: 'dataset',
    verb: 'register',
    fileOnly: true,
    example: 'yici dataset register --file dataset.json',
  },
  'dataset.approve': {
    group: 'dataset',
    verb: 'approve',
    argument: 'datasetId',
    prepare: withDatasetDigest,
    filled: ['version', 'contentDigest'],
    example: 'yici dataset approve establishment-headcount --secrecy-review review.ofd',
  },
  'dataset.publish': {
    group: 'dataset',
    verb: 'publish',
    argument: 'datasetId',
    prepare: withDatasetDigest,
    filled: ['version', 'contentDigest'],
    example: 'yici dataset publish establishment-headcount',
  },
  'dataset.sendBack': {
    group: 'dataset',
    verb: 'send-back',
    argument: 'datasetId',
    prepare: withNewestDatasetVersion,
    filled: ['version'],
    example: 'yici dataset send-back establishment-headcount --note "共享范围不明确"',
  },
  'dataset.noteChange': {
    group: 'dataset',
    verb: 'note-change',
    argument: 'datasetId',
    example:
      'yici dataset note-change establishment-headcount --changed-on 2026-03-02 --reason "机构调整"',
  },
  'dataset.extendUpdate': {
    group: 'dataset',
    verb: 'extend-update',
    argument: 'datasetId',
    example: 'yici dataset extend-update establishment-headcount --reason "正在核对"',
  },
  'dataset.nameSource': {
    group: 'dataset',
    verb: 'name-source',
    argument: 'topic',
    fileOnly: true,
    example: 'yici dataset name-source headcount --file naming.json',
  },
  'attestation.issue': {
    group: 'attestation',
    verb: 'issue',
    argument: 'datasetId',
    flags: { caseNo: 'case' },
    extra: [
      ['--valid-days <number>', '有效天数，缺省 30 days of validity, 30 unless told'],
      [
        '--disclosure <file>',
        '另存字段值与盐，供需求部门核对 keep values and salts for the requester in a new file',
      ],
    ],
    prepare: forOwnerOfCase,
    filled: ['attestationId', 'requester', 'validFrom', 'validTo'],
    example: `yici attestation issue establishment-headcount --case ${example} --field approved=12 --purpose "办公用房核定"`,
  },
  'attestation.suspend': {
    group: 'attestation',
    verb: 'suspend',
    argument: 'attestationId',
    example: 'yici attestation suspend att-0001 --reason-code underReview',
  },
  'attestation.resume': {
    group: 'attestation',
    verb: 'resume',
    argument: 'attestationId',
    example: 'yici attestation resume att-0001 --reason-code reviewed',
  },
  'attestation.revoke': {
    group: 'attestation',
    verb: 'revoke',
    argument: 'attestationId',
    example: 'yici attestation revoke att-0001 --reason-code dataWrong',
  },
  'appKey.register': {
    group: 'app-key',
    verb: 'register',
    extra: [['--key <file>', '由 yici app-key new 生成的密钥文件 a file made by yici app-key new']],
    prepare: withSm2Key,
    filled: ['user', 'publicKey', 'proof'],
    example: 'yici app-key register --key clerk1.sm2.json',
  },
  'appKey.revoke': {
    group: 'app-key',
    verb: 'revoke',
    argument: 'keyId',
    example: 'yici app-key revoke 0123456789abcdef0123456789abcdef --reason-code lost',
  },
  'attestation.recordUse': {
    group: 'attestation',
    verb: 'use',
    argument: 'attestationId',
    prepare: withUseId,
    filled: ['useId'],
    example:
      'yici attestation use att-0001 --scenario "办公用房租用审批" --process "核对编制人数" --effect "免交材料一份" --storage "不留存"',
  },
  ...sharingSpecs,
};
