import type { CommandName } from '@yici/chaincode/model';
import * as rules from '@yici/chaincode/rules';
import type { LedgerView, ViewRule } from './ledger-view.js';

type AttestationCommand = Extract<CommandName, `attestation.${string}`>;

export const attestationRules: { readonly [N in AttestationCommand]: ViewRule<N> } = {
  'attestation.issue': (ledger, input, caller) =>
    rules.issueAttestation(
      {
        existing: ledger.get('attestation', input.attestationId),
        dataset: ledger.get('dataset', input.datasetId),
        case: ledger.get('case', input.caseNo),
      },
      input,
      ledger.member(caller),
    ),
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
      },
      input,
      ledger.member(caller),
    ),
};

function attestation(ledger: LedgerView, { attestationId }: { readonly attestationId: string }) {
  return { attestation: ledger.get('attestation', attestationId) };
}
