import { withCalendars } from '../calendar/load';
import { loadWithHeirs } from '../department/load';
import { loadCitedDuty, loadOrgans } from '../duty/load';
import type { Caller, Rule } from '../kernel/caller';
import type { CommandInput } from '../kernel/commands';
import { shanghaiDate, shiftDate, yearOf } from '../kernel/days';
import type { CommandHandler, CommandHandlers, QueryHandlers } from '../kernel/handler';
import { applied, one, pages, partiesOfCase } from '../kernel/handler';
import { padded } from '../kernel/keys';
import type { RecordStore } from '../kernel/store';
import { acceptCase } from './acceptance/accept';
import { acceptTransfer } from './responsibility/accept-transfer';
import { archiveCase, receiveArchive, resetRetention, transferArchive } from './archive/archive';
import { coDecideCase } from './opinions/co-decide';
import { completeCase } from './decision/complete';
import { contestedDatasets } from './filing/contest';
import { correctCase } from './filing/correct';
import { decideCase } from './decision/decide';
import { declineTransfer } from './responsibility/decline-transfer';
import { deemAccepted } from './acceptance/deem-accepted';
import { deemWithdrawn } from './procedures/deem-withdrawn';
import { deliverCase } from './decision/deliver';
import { decideDutyRuling } from './responsibility/decide-duty-ruling';
import {
  recordMeeting,
  reviseOpinion,
  ruleOpinion,
  type DisagreementState,
} from './opinions/disagreement';
import type { DutyRulingState } from './responsibility/duty-ruling';
import { approveExtension, requestExtension } from './procedures/extension';
import { recordInspection } from './procedures/inspection';
import { keepDecision } from './decision/keep-decision';
import { lapseStep, passStep } from './procedures/lapse';
import { liftCommitmentBar } from './filing/lift-commitment-bar';
import { offerTransfer } from './responsibility/offer-transfer';
import {
  loadSources,
  onHandledCase,
  onCase,
  timedOnCase,
  withCaseCalendars,
  withHandledCase,
} from './on-case';
import { answerForwarded, giveOpinion } from './opinions/opinion';
import { proposeDutyRuling } from './responsibility/propose-duty-ruling';
import { receiveCase } from './filing/receive';
import { filedKey } from './kinds';
import { recountCase } from './clocks/recount';
import { refuseCase } from './acceptance/refuse';
import { reopenCase } from './procedures/reopen';
import { requestCoordination } from './responsibility/request-coordination';
import { resendStep } from './opinions/resend-step';
import { acknowledge, recordService } from './result/acknowledge';
import { changeLicence, issueLicence } from './result/licence';
import { returnStep } from './opinions/return-step';
import { revokeAcceptance } from './decision/revoke-acceptance';
import { revokeDecision } from './decision/revoke-decision';
import { endSpecialProcedure, startSpecialProcedure } from './procedures/special-procedure';
import { submitCase } from './filing/submit';
import { dueSuccessions, succeedCase } from './responsibility/succeed';
import { supplementCase } from './acceptance/supplement';
import { supplementNotice } from './acceptance/supplement-notice';
import { tolerantAcceptCase } from './acceptance/tolerant-accept';
import { withdrawCase } from './filing/withdraw';

export const commandHandlers: CommandHandlers<'case' | 'dutyRuling'> = {
  'case.submit': {
    run: async (command, member, store) => {
      const existing = await store.get('case', command.caseNo);
      const taken =
        command.insteadOf === undefined
          ? undefined
          : await store.get('caseEvent', ...filedKey(command.insteadOf).attributes);
      const matter = await store.get('matter', command.taskCode, padded(command.matterVersion));
      const { taskCode, commitment } = command;
      const bars =
        commitment === undefined
          ? { broken: [], bar: undefined }
          : {
              broken: await store.all('brokenCommitment', [member.department]),
              bar: await store.get('commitmentBar', taskCode, member.department),
            };
      const former = await store.get('formerFiling', taskCode, member.mspId);
      const sources = await loadSources(
        store,
        contestedDatasets(matter?.content, command.contested),
      );
      return withCalendars(
        store,
        member,
        (calendar) =>
          submitCase({ existing, taken, matter, bars, former, calendar, sources }, command, member),
        { certain: [firstReplyYear(member)] },
      );
    },
    reads: ({ caseNo, taskCode, matterVersion }, caller) => [
      ['case', caseNo],
      ['matter', taskCode, padded(matterVersion)],
      ['calendar', firstReplyYear(caller).toString()],
      ['formerFiling', taskCode, caller.mspId],
    ],
  },
  'case.receive': onCase(receiveCase),
  'case.accept': onHandledCase(acceptCase),
  'case.tolerantAccept': onHandledCase(tolerantAcceptCase),
  'case.supplementNotice': onHandledCase(supplementNotice),
  'case.supplement': onHandledCase(supplementCase),
  'case.refuse': {
    reads: ({ caseNo }) => [['case', caseNo]],
    ...applied(refuseCase, async (store, { caseNo, clauseOf, dutyCode }) => ({
      ...(await loadReferred(store, caseNo)),
      duty:
        clauseOf === undefined || dutyCode === undefined
          ? undefined
          : await loadCitedDuty(store, clauseOf, dutyCode),
    })),
  },
  'case.opinion': timedOnCase(giveOpinion),
  'case.answerForwarded': timedOnCase(answerForwarded),
  'case.recordMeeting': timedOnCase(recordMeeting),
  'case.reviseOpinion': disputed(reviseOpinion),
  'case.ruleOpinion': disputed(ruleOpinion),
  'case.decide': onHandledCase(decideCase, { withHeld: true }),
  'case.coDecide': onCase(coDecideCase),
  'case.complete': onCase(completeCase),
  'case.deliver': onCase(deliverCase),
  'case.issueLicence': applied(issueLicence, async (store, { caseNo, identifier }) => ({
    case: await store.get('case', caseNo),
    issued: await store.get('licence', identifier),
  })),
  'case.changeLicence': onCase(changeLicence),
  'case.acknowledge': onCase(acknowledge),
  'case.recordService': onCase(recordService),
  'case.withdraw': onCase(withdrawCase),
  'case.correct': applied(correctCase, async (store, command) => ({
    case: await store.get('case', command.caseNo),
    target: await store.get('caseEvent', command.caseNo, padded(command.seq)),
  })),
  'case.deemAccepted': onHandledCase(deemAccepted),
  'case.deemWithdrawn': timedOnCase(deemWithdrawn),
  'case.startSpecialProcedure': {
    run: async (command, member, store) => {
      const supervision = await store.get('functionHolder', 'supervision');
      return withHandledCase(store, command.caseNo, member, (state) =>
        startSpecialProcedure({ ...state, supervision }, command, member),
      );
    },
  },
  'case.endSpecialProcedure': timedOnCase(endSpecialProcedure),
  'case.recount': {
    run: async (command, member, store) => {
      const record = await store.get('case', command.caseNo);
      const year = command.year.toString();
      const inForce = (await store.get('calendar', year))?.inForce?.version;
      const declared =
        inForce === undefined
          ? undefined
          : await store.get('calendarVersion', year, padded(inForce));
      return withCaseCalendars(store, record, member, (calendar) =>
        recountCase({ case: record, declared, calendar }, command, member),
      );
    },
  },
  'case.requestExtension': onCase(requestExtension),
  'case.approveExtension': timedOnCase(approveExtension),
  'case.lapseStep': onHandledCase(lapseStep),
  'case.passStep': timedOnCase(passStep),
  'case.revokeAcceptance': timedOnCase(revokeAcceptance),
  'case.recordInspection': timedOnCase(recordInspection),
  'case.revokeDecision': onCase(revokeDecision),
  'case.keepDecision': onCase(keepDecision),
  'case.reopen': timedOnCase(reopenCase),
  'case.liftCommitmentBar': applied(liftCommitmentBar, async (store, { caseNo }) => {
    const record = await store.get('case', caseNo);
    return {
      case: record,
      broken: record && (await store.get('brokenCommitment', record.applicant, caseNo)),
    };
  }),
  'case.archive': applied(archiveCase, async (store, { caseNo }) => {
    const record = await store.get('case', caseNo);
    return {
      case: record,
      matter: record && (await store.get('matter', record.taskCode, padded(record.matterVersion))),
    };
  }),
  'case.transferArchive': applied(transferArchive, async (store, { caseNo }) => ({
    case: await store.get('case', caseNo),
    archives: await store.get('functionHolder', 'archives'),
  })),
  'case.receiveArchive': onCase(receiveArchive),
  'case.resetRetention': onCase(resetRetention),
  'case.offerTransfer': {
    run: async (command, member, store) => {
      const record = await store.get('case', command.caseNo);
      const duty = await loadCitedDuty(store, command.to, command.dutyCode);
      return withCaseCalendars(store, record, member, (calendar) =>
        offerTransfer({ case: record, duty, calendar }, command, member),
      );
    },
  },
  'case.acceptTransfer': applied(acceptTransfer, async (store, { caseNo }) => ({
    case: await store.get('case', caseNo),
    establishment: await store.get('functionHolder', 'establishment'),
  })),
  'case.declineTransfer': {
    run: async (command, member, store) => {
      const record = await store.get('case', command.caseNo);
      const duty = await loadCitedDuty(store, command.clauseOf, command.dutyCode);
      const organs = await loadOrgans(store);
      return withCaseCalendars(store, record, member, (calendar) =>
        declineTransfer({ case: record, duty, ...organs, calendar }, command, member),
      );
    },
  },
  'case.requestCoordination': {
    run: async (command, member, store) => {
      const referred = await loadReferred(store, command.caseNo);
      const duty = await loadCitedDuty(store, command.clauseOf, command.dutyCode);
      const organs = await loadOrgans(store);
      return withCaseCalendars(store, referred.case, member, (calendar) =>
        requestCoordination({ ...referred, duty, ...organs, calendar }, command, member),
      );
    },
  },
  'case.succeed': applied(succeedCase, async (store, { caseNo }, member) => {
    const record = await store.get('case', caseNo);
    return {
      case: record,
      department: await loadWithHeirs(store, record?.parties ?? [], (departmentOf) =>
        record === undefined ? [] : dueSuccessions(record, departmentOf, shanghaiDate(member.at)),
      ),
      matter: record && (await store.get('matter', record.taskCode, padded(record.matterVersion))),
    };
  }),
  'case.returnStep': onCase(returnStep),
  'case.resendStep': onCase(resendStep),
  'dutyRuling.propose': {
    run: async (command, member, store) => {
      const state = await loadRuling(store, command);
      return withCaseCalendars(store, state.case, member, (calendar) =>
        proposeDutyRuling({ ...state, calendar }, command, member),
      );
    },
  },
  'dutyRuling.decide': applied(decideDutyRuling, loadRuling),
};

export const queryHandlers: QueryHandlers<'case' | 'dutyRuling'> = {
  'case.get': {
    answer: one('case', 'caseNo'),
    concern: ({ caseNo }, { parties }) => ({ ids: { caseNo }, departments: parties }),
  },
  'case.events': {
    answer: pages('caseEvent', 'caseNo'),
    concern: async ({ caseNo }, _answer, store) => ({
      ids: { caseNo },
      departments: await partiesOfCase(store, caseNo),
    }),
  },
  'dutyRuling.get': {
    answer: one('dutyRuling', 'rulingId'),
    concern: async ({ rulingId }, { office, proposal, caseNo }, store) => ({
      ids: { rulingId },
      departments: [
        office,
        ...(proposal === undefined ? [] : [proposal.decides]),
        ...(await partiesOfCase(store, caseNo)),
      ],
    }),
  },
};

/** The year of the first working day that can count towards the reply to a case filed now. */
function firstReplyYear({ at }: Caller): number {
  return yearOf(shiftDate(shanghaiDate(at), 1));
}

/** A ruling with its case, the clause that is cited, and who proposes and decides. */
async function loadRuling(
  store: RecordStore,
  { rulingId, department, dutyCode }: CommandInput<'dutyRuling.propose'>,
): Promise<DutyRulingState> {
  const ruling = await store.get('dutyRuling', rulingId);
  return {
    ruling,
    case: ruling && (await store.get('case', ruling.caseNo)),
    duty: await loadCitedDuty(store, department, dutyCode),
    ...(await loadOrgans(store)),
  };
}

/** A case, and whether another department sent its applicant to the owner. */
async function loadReferred(store: RecordStore, caseNo: string) {
  const record = await store.get('case', caseNo);
  const referral = record && (await store.get('referral', record.applicant, record.owner));
  return { case: record, referral };
}

/** A rule on a disagreement, which may come to the government. */
function disputed<N extends 'case.reviseOpinion' | 'case.ruleOpinion'>(
  rule: Rule<N, DisagreementState>,
): CommandHandler<N> {
  return {
    run: async (command, member, store) => {
      const record = await store.get('case', command.caseNo);
      const government = await store.get('functionHolder', 'government');
      return withCaseCalendars(store, record, member, (calendar) =>
        rule({ case: record, government, calendar }, command, member),
      );
    },
  };
}
