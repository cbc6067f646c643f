import type { Act } from '@yici/domain/acts';
import {
  inspectionStage,
  isMisuseOpen,
  padded,
  shanghaiDate,
  standingsOf,
  type CaseRecord,
  type CommandName,
  type ShareRecord,
  type Todo,
} from '@yici/domain/model';
import type { RuleLedger } from '../../chaincode/support/ledger.js';

/** An act that the rules allow, with the records as they are. */
export interface Allowed {
  readonly act: Act;
  readonly department: string;
  readonly ledger: RuleLedger;
  readonly at: string;
}

/** Acts that never wait for anybody, each with the reason. Every other one is in somebody's inbox when it can be done. */
const never: Readonly<Partial<Record<CommandName, string>>> = {
  'appKey.revoke': 'a key is revoked when it is lost',
  'attestation.recordUse': 'a use is recorded when there was one',
  'attestation.resume': 'the source decides when',
  'attestation.revoke': 'the source decides whether',
  'attestation.suspend': 'the source decides whether',
  'card.appeal': 'a right: nobody has to contest a card',
  'case.changeLicence': 'follows what happens to the licence',
  'case.correct': 'follows a mistake that somebody finds',
  'case.deemAccepted': 'gateways send it when its day has come',
  'case.deemWithdrawn': 'gateways send it when its day has come',
  'case.issueLicence': 'not every grant has a licence',
  'case.lapseStep': 'gateways send it when its day has come',
  'case.liftCommitmentBar': 'follows a repair of credit that is registered elsewhere',
  'case.offerTransfer': 'follows the finding that it is another’s duty',
  'case.recordService': 'follows that the applicant does not sign',
  'case.reopen': 'follows a judgment, a review or a revocation',
  'case.requestCoordination': 'follows that departments do not agree',
  'case.requestExtension': 'asks for more time, which nobody has to',
  'case.resetRetention': 'follows an appraisal',
  'case.returnStep': 'follows the finding that the file is not complete',
  'case.startSpecialProcedure': 'follows the need for one',
  'case.submit': 'files something new',
  'case.succeed': 'gateways send it when its day has come',
  'case.transferArchive':
    'files are handed over when the archive’s term has come, which no record says',
  'case.withdraw': 'a right of the applicant',
  'dataset.extendUpdate': 'more time is asked for off the ledger',
  'dataset.noteChange': 'follows a change of law, duty or fact',
  'delegation.end': 'follows the return of the absent official',
  'department.update': 'follows a change of its own',
  'evaluation.followUp': 'a right of the applicant',
  'evaluation.give': 'a right of the applicant',
  'matter.markForReview': 'gateways send it when it is due',
  'matter.retire': 'follows a decision off the ledger',
  'oneThing.advance': 'gateways send it when parts have ended',
  'oneThing.retire': 'follows a decision off the ledger',
  'oneThing.submit': 'files something new',
  'order.askReview': 'a right of the department that was ordered',
  'order.issue': 'follows a decision of the government',
  'reform.moveDataset': 'gateways send it when its day has come',
  'reform.moveDuty': 'gateways send it when its day has come',
  'reform.moveMatter': 'gateways send it when its day has come',
  'reform.takeName': 'gateways send it when its day has come',
  'sharing.challenge': 'follows an error that the requester finds',
  'sharing.dispute': 'a right of either side',
  'sharing.extend': 'asks for more time, which nobody has to',
  'sharing.moveValues': 'moves what older installations left',
  'sharing.orderCorrection': 'follows a finding of the lead authority',
  'sharing.proposeChange': 'follows a need of the provider',
  'sharing.purgeExpired': 'gateways send it when its day has come',
  'sharing.receipt': 'a use is recorded when there was one',
  'sharing.request': 'asks for something new',
  'sharing.succeed': 'gateways send it when its day has come',
  'sharing.withdraw': 'a right of the requester',
  'urge.send': 'a reminder is a right of whoever waits',
};

/** Acts that wait at times, and when they are allowed though they do not. */
const notNow: Readonly<Partial<Record<CommandName, (allowed: Allowed) => boolean>>> = {
  // It waits while the material is not there and nobody has attested it, for the source and not for another issuer.
  'attestation.issue': ({ act, department, ledger }) => {
    const datasetId = act.input['datasetId'];
    const record = caseOf({ act, ledger });
    const matter = ledger.get('matter', record.taskCode, padded(record.matterVersion));
    const listed = matter?.content.materials.filter((one) => one.datasetId === datasetId) ?? [];
    return (
      ledger.get('dataset', String(datasetId))?.sourceDepartment !== department ||
      listed.every(
        ({ code, source }) =>
          source !== 'sharing' || record.materials.some((held) => held.code === code),
      ) ||
      ledger
        .all('attestation')
        .some(
          (one) =>
            one.caseNo === record.caseNo && one.datasetId === datasetId && one.status !== 'revoked',
        )
    );
  },
  // Anybody may raise a card; it is the supervision office's to see to it.
  'card.raise': ({ department }) => department !== 'supervision',
  'card.raiseOther': ({ department }) => department !== 'supervision',
  // Once it is recorded how it was served, a signature is welcome and not waited for.
  'case.acknowledge': (allowed) => caseOf(allowed).delivery?.served !== undefined,
  // Once its time is over anybody may record the end of a procedure; it is its owner's to do.
  'case.endSpecialProcedure': (allowed) => caseOf(allowed).owner !== allowed.department,
  'case.keepDecision': (allowed) => inspectionStage(caseOf(allowed)) !== 'failed',
  // A step that was passed over may be answered until the decision.
  'case.opinion': (allowed) => stepOf(allowed)?.status === 'passed',
  // While it is being put right another inspection may come early.
  'case.recordInspection': (allowed) => {
    const correction = caseOf(allowed).inspections?.at(-1)?.correction;
    return correction !== undefined && shanghaiDate(allowed.at) <= correction.dueOn;
  },
  'case.recount': (allowed) => caseOf(allowed).owner !== allowed.department,
  // What silence accepted may still be refused for lack of competence.
  'case.refuse': (allowed) => caseOf(allowed).acceptance?.how === 'deemed',
  // Who disagreed may agree at any time; it is waited for in its turn.
  'case.reviseOpinion': (allowed) =>
    stepOf(allowed)?.disagreement?.waitsFor?.department !== allowed.department,
  'case.revokeDecision': (allowed) => inspectionStage(caseOf(allowed)) !== 'failed',
  // More may be brought at any time; what is waited for was asked for, or was tolerated as missing.
  'case.supplement': (allowed) => {
    const { state, tolerated } = caseOf(allowed);
    return state !== 'SUPPLEMENT_NOTIFIED' && tolerated === undefined;
  },
  // A source that was named may be named anew.
  'dataset.nameSource': ({ act: { input }, ledger }) =>
    ledger.get('dataTopic', String(input['topic']))?.status !== 'open',
  // An opinion may be given anew until the decision.
  'duty.proposeOverlap': ({ act: { input }, ledger }) =>
    ledger.get('dutyOverlap', String(input['topic']), padded(Number(input['round'])))?.proposal !==
    undefined,
  // A draft may be consulted on at any time; it has to be before its publication, if it is for the public.
  'matter.recordConsultation': ({ act: { input }, ledger }) => {
    const matter = ledger.get(
      'matter',
      String(input['taskCode']),
      padded(Number(input['version'])),
    );
    return (
      matter?.status !== 'cosigned' ||
      matter.consultation !== undefined ||
      standingsOf(matter.content).onceReform !== 'applies'
    );
  },
  'oneThing.recordConsultation': ({ act: { input }, ledger }) => {
    const version = ledger.get('oneThing', String(input['code']), padded(Number(input['version'])));
    const matters = version?.content.nodes.map(({ taskCode, matterVersion }) =>
      ledger.get('matter', taskCode, padded(matterVersion)),
    );
    return (
      version?.status !== 'cosigned' ||
      version.consultation !== undefined ||
      matters?.every((one) => one && standingsOf(one.content).onceReform !== 'applies') === true
    );
  },
  // A reply that waits for its head's consent may be worded anew, and a mistake that is seen only then be asked about.
  'sharing.grant': isWorded,
  'sharing.refuse': isWorded,
  'sharing.askMissing': isWorded,
  // A side may change its offer, and take a dispute further before its turn.
  'sharing.decideDispute': isOutOfTurn,
  'sharing.escalateDispute': isOutOfTurn,
  // The first delivery is waited for; more may follow.
  'sharing.deliver': ({ act: { input }, ledger }) =>
    (ledger.get('shareGrant', String(input['shareId']))?.deliveries.length ?? 0) > 0,
  // A requester may end its use at any time; a provider's turn comes after a suspension that was not mended, or as agreed.
  'sharing.end': (allowed) => {
    const { provider, suspension } = shareOf(allowed);
    return provider !== allowed.department || suspension?.mended !== undefined;
  },
  'sharing.mend': (allowed) => {
    const { suspension, correction } = shareOf(allowed);
    return suspension?.mended !== undefined && correction?.mended === correction;
  },
  // Whoever suspended may resume before anything is reported.
  'sharing.resume': (allowed) => shareOf(allowed).suspension?.mended === undefined,
  // A use may be found outside its grant by other ways than its own records.
  'sharing.suspend': (allowed) => !isMisuseOpen(shareOf(allowed)),
};

function caseOf({ act: { input }, ledger }: Pick<Allowed, 'act' | 'ledger'>): CaseRecord {
  return found(ledger.get('case', String(input['caseNo'])));
}

function shareOf({ act: { input }, ledger }: Pick<Allowed, 'act' | 'ledger'>): ShareRecord {
  return found(ledger.get('share', String(input['shareId'])));
}

const stepOf = (allowed: Pick<Allowed, 'act' | 'ledger'>) =>
  caseOf(allowed).steps.find(({ id }) => id === allowed.act.input['stepId']);

function found<T>(record: T | undefined): T {
  if (record === undefined) throw new RangeError('an act is about a record that is not there');
  return record;
}

function isWorded(allowed: Allowed): boolean {
  return shareOf(allowed).proposedReply !== undefined;
}

/** In negotiation the side that offered waits for the other; in coordination a side that answered, for the rest. */
function isOutOfTurn({ act: { input }, department, ledger }: Allowed): boolean {
  const dispute = ledger.get('dispute', String(input['shareId']), String(input['disputeId']));
  const { stage, offer, proposal, coordinator, lead } = found(dispute);
  if (stage === 'negotiation') return offer?.by.department === department;
  if (stage === 'government') return false;
  const answered = proposal?.answers.map(({ by }) => by.department) ?? [];
  const sides = [found(dispute).provider, found(dispute).requester];
  const open = proposal !== undefined && sides.some((side) => !answered.includes(side));
  return department === (coordinator ?? lead) ? open : !open || answered.includes(department);
}

export const isVoluntary = (allowed: Allowed): boolean => {
  const { command } = allowed.act;
  return command in never || notNow[command]?.(allowed) === true;
};

/** Lines that are done off the ledger, or by a command about something that does not exist yet. */
export const unwaited: ReadonlySet<Todo> = new Set<Todo>(['updateDataset']);
