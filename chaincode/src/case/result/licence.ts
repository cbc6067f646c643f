import { absent, actorOf, found, requireOwner, type Member } from '../../kernel/caller';
import { actOf, nowFor } from '../../kernel/chain';
import type { CommandInput } from '../../kernel/commands';
import { shanghaiDate } from '../../kernel/days';
import { ContractError, refusedOn } from '../../kernel/errors';
import type { Digest } from '../../kernel/scalars';
import { openCase, recordAct, type CaseRule } from '../chain';
import type { CaseRecord } from '../records';
import {
  licenceStatus,
  type Licence,
  type LicenceChange,
  type LicenceRecord,
  type LicenceStatus,
} from './licence-records';

export interface IssueState {
  readonly case: CaseRecord | undefined;
  /** The licence that has the identifier already. */
  readonly issued: LicenceRecord | undefined;
}

/**
 * The owner issues an e-licence on a grant, before the delivery: type, identifier, holder, validity and the sealed certificate
 * (Administrative Licensing Law art 39(1)). An identifier is of one licence.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, LICENCE_UNFOUNDED, ALREADY_EXISTS,
 *   VALIDITY_INVALID, LIMIT_REACHED
 */
export const issueLicence: CaseRule<'case.issueLicence', IssueState> = (state, input, member) => {
  const { caseNo, identifier } = input;
  const before = openCase(state.case, caseNo, ['DECIDED_GRANTED', 'COMPLETED']);
  requireOwner(before, member);
  const { decision, licences = [] } = before;
  if (decision?.outcome !== 'granted') {
    throw new ContractError('LICENCE_UNFOUNDED', { caseNo, decided: decision?.outcome });
  }
  absent(state.issued, { identifier });
  if (licences.length === mostLicences) {
    throw new ContractError('LIMIT_REACHED', { held: 'licences', most: mostLicences, caseNo });
  }
  const outcome = recordAct(before, actOf('case.issueLicence', input, member), {
    ...before,
    licences: [...licences, licenceOf(input, member)],
  });
  const pointer: LicenceRecord = { kind: 'licence', v: 1, identifier, caseNo };
  return { ...outcome, also: [...outcome.also, pointer] };
};

const mostLicences = 20;

/** @throws ContractError VALIDITY_INVALID */
function licenceOf(input: CommandInput<'case.issueLicence'>, member: Member): Licence {
  const { identifier, type, holder, validFrom, validTo, number, document } = input;
  if (validTo !== undefined && validTo < validFrom) {
    throw new ContractError('VALIDITY_INVALID', { validFrom, validTo });
  }
  const { at, today: date } = nowFor(member);
  const seal = { system: input.sealSystem, evidence: input.seal };
  return {
    ...{ identifier, type, holder, issuer: member.department, validFrom },
    ...(validTo === undefined ? {} : { validTo }),
    sealed: { number, date, document, seal },
    ...{ by: actorOf(member), at, changes: [] },
  };
}

type Change = CommandInput<'case.changeLicence'>;
const lawful = ['notRenewed', 'personUnable', 'holderEnded', 'grantEnded', 'forceMajeure', 'byLaw'];

/** From which status, and on which grounds. */
const changes: Readonly<Record<Change['status'], readonly [LicenceStatus[], readonly string[]]>> = {
  suspended: [['valid'], ['penalty']],
  valid: [['suspended'], ['penaltyOver']],
  withdrawn: [['valid', 'suspended'], ['penalty']],
  cancelled: [['valid', 'suspended', 'revoked', 'withdrawn', 'expired'], lawful],
};

/**
 * A head of the owner records what became of a licence, also after the case is closed: suspended, given back or withdrawn by
 * a penalty, or cancelled on a ground of Administrative Licensing Law art 70. What is cancelled stays so.
 * @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, LICENCE_STATUS_REFUSED, LIMIT_REACHED
 */
export const changeLicence: CaseRule<'case.changeLicence'> = (state, input, member) => {
  const { caseNo, identifier, status, ground, document } = input;
  const before = found(state.case, { caseNo });
  requireOwner(before, member);
  const { licences = [] } = before;
  const licence = found(
    licences.find((known) => known.identifier === identifier),
    { caseNo, identifier },
  );
  requireChange(licence, input, member);
  if (licence.changes.length === mostChanges) {
    throw new ContractError('LIMIT_REACHED', { held: 'changes', most: mostChanges, identifier });
  }
  const change = { status, ground, document, by: actorOf(member), at: member.at };
  return recordAct(before, actOf('case.changeLicence', input, member), {
    ...before,
    licences: licences.map((known) => (known === licence ? changed(known, change) : known)),
  });
};

/** One change is left for the revocation of the decision. */
const mostChanges = 19;

function requireChange(
  licence: Licence,
  { identifier, status: to, ground }: Change,
  { at }: Member,
): void {
  const from = licenceStatus(licence, shanghaiDate(at));
  const [states, grounds] = changes[to];
  const ends = ground !== 'notRenewed' || from === 'expired';
  if (states.includes(from) && grounds.includes(ground) && ends) return;
  const basis = to === 'cancelled' ? 'cancelling' : 'house';
  throw refusedOn('LICENCE_STATUS_REFUSED', basis, { identifier, from, to, ground, grounds });
}

const changed = (licence: Licence, change: LicenceChange): Licence => ({
  ...licence,
  changes: [...licence.changes, change],
});

/** With a decision its licences are revoked; what was withdrawn or cancelled before stays so. */
export function withLicencesRevoked(
  { licences }: CaseRecord,
  document: Digest,
  member: Member,
): Pick<CaseRecord, 'licences'> {
  if (licences === undefined) return {};
  const change = { status: 'revoked', document, by: actorOf(member), at: member.at } as const;
  const ended: readonly (LicenceStatus | undefined)[] = ['withdrawn', 'cancelled', 'revoked'];
  return {
    licences: licences.map((known) =>
      ended.includes(known.changes.at(-1)?.status) ? known : changed(known, change),
    ),
  };
}
