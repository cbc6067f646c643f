import type { CommandName, DepartmentFunction, DisputeRecord } from '@yici/domain/model';
import {
  deliverPrivately,
  ladderFunctions,
  padded,
  topicEntriesOfSource,
  useSubject,
} from '@yici/domain/model';
import * as rules from '@yici/domain/rules';
import { topicsIn } from './ledger-datasets.js';
import type { LedgerView, ViewRule } from './ledger-view.js';

type SharingCommand = Extract<CommandName, `sharing.${string}` | `attestation.${string}`>;

interface Ids {
  readonly shareId: string;
  readonly challengeId?: string;
  readonly disputeId?: string;
  readonly useId?: string;
}

/** What the contracts load for an act on a share. */
function shareState(ledger: LedgerView, { shareId, challengeId, disputeId, useId }: Ids) {
  const share = ledger.get('share', shareId);
  const dispute = ledger.get('dispute', shareId, disputeId ?? '');
  return {
    share,
    grant: ledger.get('shareGrant', shareId),
    dataset: ledger.get('dataset', share?.datasetId ?? ''),
    calendar: ledger.calendar(share?.calendars),
    challenge: ledger.get('challenge', shareId, challengeId ?? ''),
    dispute,
    ladder: ladder(ledger, dispute),
    existing: ledger.get('use', useSubject({ shareId }), useId ?? ''),
  };
}

function ladder(ledger: LedgerView, dispute: DisputeRecord | undefined): rules.Ladder {
  const holders = (names: readonly DepartmentFunction[]) =>
    names.flatMap((name) => ledger.get('department', ledger.holder(name)?.department ?? '') ?? []);
  return {
    provider: ledger.get('department', dispute?.provider ?? ''),
    requester: ledger.get('department', dispute?.requester ?? ''),
    coordinator: ledger.get('department', dispute?.coordinator ?? dispute?.lead ?? ''),
    leads: holders(ladderFunctions.leads),
    governments: holders(ladderFunctions.governments),
  };
}

type OnShare<N extends SharingCommand> = (
  state: ReturnType<typeof shareState>,
  input: Parameters<ViewRule<N>>[1],
  member: rules.Member,
) => rules.Outcome;

function onShare<N extends Exclude<SharingCommand, `attestation.${string}`>>(
  rule: OnShare<N>,
): ViewRule<N> {
  return (ledger, input, caller) => rule(shareState(ledger, input), input, ledger.member(caller));
}

function attestation(ledger: LedgerView, { attestationId }: { readonly attestationId: string }) {
  return { attestation: ledger.get('attestation', attestationId) };
}

function shared(ledger: LedgerView, shareId: string | undefined) {
  if (shareId === undefined) return { share: undefined, grant: undefined };
  return { share: ledger.get('share', shareId), grant: ledger.get('shareGrant', shareId) };
}

export const sharingRules: { readonly [N in SharingCommand]: ViewRule<N> } = {
  'attestation.issue': (ledger, input, caller) => {
    const record = ledger.get('case', input.caseNo);
    const matterKey = [record?.taskCode ?? '', padded(record?.matterVersion ?? 0)] as const;
    return rules.issueAttestation(
      {
        existing: ledger.get('attestation', input.attestationId),
        dataset: ledger.get('dataset', input.datasetId),
        case: record,
        matter: ledger.get('matter', ...matterKey),
        shared: shared(ledger, input.shareId),
      },
      input,
      ledger.member(caller),
    );
  },
  'attestation.suspend': (ledger, input, caller) =>
    rules.suspendAttestation(attestation(ledger, input), input, ledger.member(caller)),
  'attestation.resume': (ledger, input, caller) =>
    rules.resumeAttestation(attestation(ledger, input), input, ledger.member(caller)),
  'attestation.revoke': (ledger, input, caller) =>
    rules.revokeAttestation(attestation(ledger, input), input, ledger.member(caller)),
  'attestation.recordUse': (ledger, input, caller) =>
    rules.recordUse(
      {
        ...attestation(ledger, input),
        existing: ledger.get('use', input.attestationId, input.useId),
        shared: shared(ledger, ledger.get('attestation', input.attestationId)?.shareId),
      },
      input,
      ledger.member(caller),
    ),
  'sharing.request': (ledger, input, caller) => {
    const member = ledger.member(caller);
    const dataset = ledger.get('dataset', input.datasetId);
    return rules.requestShare(
      {
        existing: ledger.get('share', input.shareId),
        dataset,
        requester: ledger.get('department', member.department),
        provider: ledger.get('department', dataset?.sourceDepartment ?? ''),
        leadAuthority: ledger.holder('leadAuthority'),
        ofSource: topicEntriesOfSource(topicsIn(ledger, dataset)).flatMap(
          (id) => ledger.get('dataset', id) ?? [],
        ),
      },
      input,
      member,
    );
  },
  'sharing.deliver': (ledger, input, caller, secret) => {
    const values = secret === undefined ? undefined : deliverPrivately.parse(secret).values;
    return rules.deliverShare(
      { ...shareState(ledger, input), values },
      input,
      ledger.member(caller),
    );
  },
  'sharing.consent': onShare(rules.consentToRequest),
  'sharing.withdraw': onShare(rules.withdrawRequest),
  'sharing.askMissing': onShare(rules.askMissing),
  'sharing.supplement': onShare(rules.supplementRequest),
  'sharing.extend': onShare(rules.extendReply),
  'sharing.allowExtension': onShare(rules.allowExtension),
  'sharing.grant': onShare(rules.grantShare),
  'sharing.refuse': onShare(rules.refuseShare),
  'sharing.confirm': onShare(rules.confirmDelivery),
  'sharing.receipt': onShare(rules.recordReceipt),
  'sharing.challenge': onShare(rules.challengeShare),
  'sharing.answerChallenge': onShare(rules.answerChallenge),
  'sharing.suspend': onShare(rules.suspendShare),
  'sharing.mend': onShare(rules.mendShare),
  'sharing.resume': onShare(rules.resumeShare),
  'sharing.dispute': onShare(rules.openDispute),
  'sharing.escalateDispute': onShare(rules.escalateDispute),
  'sharing.decideDispute': onShare(rules.decideDispute),
  'sharing.end': onShare(rules.endShare),
  'sharing.dispose': onShare(rules.disposeShare),
  'sharing.purgeExpired': onShare(rules.purgeExpired),
  'sharing.moveValues': (ledger, input, caller) =>
    rules.moveValues({ ...shareState(ledger, input), held: [] }, input, ledger.member(caller)),
};
