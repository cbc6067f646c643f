import type { CommandName } from '@yici/domain/model';
import { withChallengeId, withDisputeId, withFields, withShareId, withUseId } from './prepare.js';
import type { WriteSpec } from './spec.js';

type SharingCommand = Extract<CommandName, `sharing.${string}`>;

const share = 'share-0001';

function onShare(verb: string, options: string, more: Partial<WriteSpec> = {}): WriteSpec {
  const example = `yici sharing ${verb} ${share} ${options}`.trim();
  return { group: 'sharing', verb, argument: 'shareId', example, ...more };
}

/** Data sharing on the command line: `yici sharing ...`. */
export const sharingSpecs: Readonly<Record<SharingCommand, WriteSpec>> = {
  'sharing.request': {
    group: 'sharing',
    verb: 'request',
    argument: 'datasetId',
    prepare: withShareId,
    filled: ['shareId'],
    example:
      'yici sharing request establishment-headcount --basis @basis.json --scenario "办公用房核定" --field unit approved --method interface --term \'{"from":"2026-03-02","to":"2026-12-31"}\'',
  },
  'sharing.consent': onShare('consent', ''),
  'sharing.withdraw': onShare('withdraw', '--reason-code notNeeded'),
  'sharing.askMissing': onShare('ask-missing', '--item \'[{"part":"basis","note":"未写明条款"}]\''),
  'sharing.supplement': onShare('supplement', '--basis @basis.json'),
  'sharing.extend': onShare('extend', '--days 5 --reason "正在核对"'),
  'sharing.allowExtension': onShare('allow-extension', ''),
  'sharing.grant': onShare(
    'grant',
    '--purpose "办公用房核定" --period \'{"from":"2026-03-02","to":"2026-12-31"}\' --use "核对人数" --retention 5 --condition caseOnly --readers \'{"provider":["clerk"],"requester":["clerk","service"]}\'',
  ),
  'sharing.refuse': onShare('refuse', '--basis outsideDuty --reason "与申请部门职责无关"'),
  'sharing.deliver': onShare('deliver', '--field approved=12 --field present=11', {
    prepare: withFields,
    filled: ['fields'],
    extra: [
      [
        '--digests-only',
        '只上链摘要，数值另行提供 only digests; the values travel over the sharing platform',
      ],
    ],
  }),
  'sharing.confirm': onShare('confirm', ''),
  'sharing.receipt': onShare(
    'receipt',
    '--field approved --scenario "办公用房核定" --process "核对人数" --effect "免交材料一份" --storage "不留存"',
    { prepare: withUseId, filled: ['useId'] },
  ),
  'sharing.challenge': onShare('challenge', '--field approved --finding "与批文不一致"', {
    prepare: withChallengeId,
    filled: ['challengeId'],
  }),
  'sharing.answerChallenge': onShare(
    'answer-challenge',
    '--challenge ch-0001 --outcome corrected --note "已更正"',
    { flags: { challengeId: 'challenge' } },
  ),
  'sharing.suspend': onShare(
    'suspend',
    '--ground otherPurpose --note "用于申请以外的用途" --limit 5',
  ),
  'sharing.mend': onShare('mend', '--note "已停止该用途并删除副本"'),
  'sharing.resume': onShare('resume', '--note "整改完成"'),
  'sharing.dispute': onShare('dispute', '--subject refusal --claim "申请事项属于本部门职责"', {
    prepare: withDisputeId,
    filled: ['disputeId'],
  }),
  'sharing.escalateDispute': onShare('escalate', '--dispute d-0001 --note "协商未达成一致"', {
    flags: { disputeId: 'dispute' },
  }),
  'sharing.decideDispute': onShare(
    'decide',
    '--dispute d-0001 --order provide --note "应当依申请共享"',
    { flags: { disputeId: 'dispute' } },
  ),
  'sharing.end': onShare('end', '--reason purposeMet'),
  'sharing.dispose': onShare('dispose', '--note "已删除全部副本"'),
  'sharing.purgeExpired': onShare('purge-expired', ''),
  'sharing.moveValues': onShare('move-values', ''),
};
