import type { FunctionHolderRecord } from '../../department/records';
import {
  actorOf,
  found,
  holderOf,
  requireDepartment,
  requireOtherPerson,
  requireOwner,
} from '../../kernel/caller';
import { closedStates } from '../../kernel/case-states';
import { actOf } from '../../kernel/chain';
import type { CommandInput } from '../../kernel/commands';
import { shanghaiDate } from '../../kernel/days';
import { ContractError } from '../../kernel/errors';
import type { Retention } from '../../kernel/retention';
import type { Digest } from '../../kernel/scalars';
import type { MatterRecord } from '../../matter/records';
import type { CaseArchive } from './records';
import { isToBeArchived, pendingTransfer, wholeArchive } from './archived';
import { openCase, recordAct, type CaseAct, type CaseRule } from '../chain';
import type { CaseRecord } from '../records';

type Matter = Pick<MatterRecord, 'content'> | undefined;

/**
 * The owner archives a closed case, however it ended: the digest of the package with its documents, signatures and events
 * ties what goes to the archive to the ledger (Regulation on Archives art 39; State Council Order 716 art 12(1)), and it says
 * how long that is kept. A delivered case is archived from then on, any other stays as it ended. What is done on it
 * later makes another package necessary, which takes the place of the one before. No law that is known here sets days
 * from the end to the filing, so no clock runs.
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT, ALREADY_EXISTS, PACKAGE_DIFFERS, RETENTION_UNCLEAR
 */
export const archiveCase: CaseRule<
  'case.archive',
  { readonly case: CaseRecord | undefined; readonly matter: Matter }
> = (state, input, member) => {
  const { caseNo, package: given, head } = input;
  const before = openCase(state.case, caseNo, closedStates);
  requireOwner(before, member);
  if (!isToBeArchived(before)) {
    throw new ContractError('ALREADY_EXISTS', { caseNo, archive: before.archive?.package.digest });
  }
  if (head !== undefined && head !== before.head) {
    throw new ContractError('PACKAGE_DIFFERS', { caseNo, head, expected: before.head });
  }
  return archived(before, actOf('case.archive', input, member), {
    package: given,
    by: actorOf(member),
    at: member.at,
    retention: retentionOf(before, state.matter, input),
    formedOn: before.archive?.formedOn ?? shanghaiDate(before.updatedAt),
    ...(before.archive?.appraisal && { appraisal: before.archive.appraisal }),
  });
};

/** As the matter's version says; where it says nothing the act does, a later package keeping what the one before had. */
function retentionOf(
  { caseNo, archive }: CaseRecord,
  matter: Matter,
  { retention: period, retentionBasis: basis }: CommandInput<'case.archive'>,
): Retention {
  const fixed = matter?.content.retention;
  const given = fixed === undefined && period && basis ? { period, basis } : undefined;
  const chosen = period === undefined && basis === undefined ? known(archive, fixed) : given;
  if (chosen !== undefined) return chosen;
  throw new ContractError('RETENTION_UNCLEAR', { caseNo, matter: fixed, period, basis });
}

/** What an appraisal set stands before what the matter says. */
function known(archive: CaseArchive | undefined, fixed: Retention | undefined) {
  const before = archive?.retention;
  return archive?.appraisal === undefined ? (fixed ?? before) : before;
}

/**
 * The owner hands the archived case over to the archive, by the digest of its package; the archive becomes a party, so
 * that it can read what it is to check. Nothing here is too early: an archive may keep it before the years of the Regulation
 * on Archives art 20(2) are over (art 40(3)).
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT, NOT_ARCHIVED, ALREADY_EXISTS, FUNCTION_VACANT,
 *   PACKAGE_DIFFERS
 */
export const transferArchive: CaseRule<
  'case.transferArchive',
  { readonly case: CaseRecord | undefined; readonly archives: FunctionHolderRecord | undefined }
> = (state, input, member) => {
  const { caseNo } = input;
  const before = openCase(state.case, caseNo, closedStates);
  requireOwner(before, member);
  const archive = wholeArchive(before);
  if (archive === undefined) throw new ContractError('NOT_ARCHIVED', { caseNo });
  if (archive.transfer !== undefined && archive.transfer.receipt?.received !== false) {
    throw new ContractError('ALREADY_EXISTS', { caseNo, transferredTo: archive.transfer.to });
  }
  const { department: to } = holderOf('archives', state.archives);
  requirePackage(archive, input);
  const parties = [...new Set([...before.parties, to])].sort();
  const transfer = { to, by: actorOf(member), at: member.at };
  return archived({ ...before, parties }, actOf('case.transferArchive', input, member), {
    ...archive,
    transfer,
  });
};

/**
 * The archive receives what passed its four checks, and cannot refuse it (Archives Law art 15(1)); what fails one goes back
 * to be put right, with what is wrong. Who handed it over does not check it.
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT, MAKER_IS_CHECKER, PACKAGE_DIFFERS, CHECK_NOTE_MISSING
 */
export const receiveArchive: CaseRule<'case.receiveArchive'> = (state, input, member) => {
  const { caseNo, package: named, ...checks } = input;
  const before = openCase(state.case, caseNo, closedStates);
  const archive = found(before.archive, { caseNo, part: 'archive' });
  const transfer = found(pendingTransfer(before), { caseNo, part: 'transfer' });
  requireDepartment(member, transfer.to);
  requireOtherPerson(transfer.by, member);
  requirePackage(archive, { caseNo, package: named });
  const { authenticity, integrity, usability, security, note } = checks;
  const received = authenticity && integrity && usability && security;
  if (!received && note === undefined) throw new ContractError('CHECK_NOTE_MISSING', { caseNo });
  const receipt = { ...checks, received, by: actorOf(member), at: member.at };
  return archived(before, actOf('case.receiveArchive', input, member), {
    ...archive,
    transfer: { ...transfer, receipt },
  });
};

/**
 * After the appraisal of what has been kept for its period, what is kept on has its period set anew, and is marked so
 * (Regulation on Archives art 24): by a head of who keeps it, the archive once that has received it.
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT
 */
export const resetRetention: CaseRule<'case.resetRetention'> = (state, input, member) => {
  const { caseNo, retention: period, retentionBasis: basis, report } = input;
  const before = openCase(state.case, caseNo, closedStates);
  const archive = found(before.archive, { caseNo, part: 'archive' });
  const { transfer } = archive;
  if (transfer?.receipt?.received === true) requireDepartment(member, transfer.to);
  else requireOwner(before, member);
  return archived(before, actOf('case.resetRetention', input, member), {
    ...archive,
    retention: { period, basis },
    appraisal: { report, by: actorOf(member), at: member.at },
  });
};

function requirePackage(
  archive: CaseArchive,
  { caseNo, package: named }: { readonly caseNo: string; readonly package: Digest },
): void {
  const expected = archive.package;
  if (named.digest === expected.digest && named.digestAlg === expected.digestAlg) return;
  throw new ContractError('PACKAGE_DIFFERS', { caseNo, package: named.digest, expected });
}

/** An act on the archive leaves it whole, or with what it lacked before. */
function archived(before: CaseRecord, act: CaseAct, body: CaseArchive) {
  const whole = act.type === 'case.archive' || wholeArchive(before) !== undefined;
  const { upTo = 0 } = before.archive ?? {};
  const state = before.state === 'DELIVERED' && whole ? 'ARCHIVED' : before.state;
  const archive = { ...body, upTo: whole ? before.nextSeq : upTo };
  return recordAct(before, act, { ...before, archive, state });
}
