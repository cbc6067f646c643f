import { withCalendars } from '../calendar/load';
import type { Caller } from '../kernel/caller';
import { shanghaiDate, shiftDate, yearOf } from '../kernel/days';
import type { CommandHandlers, QueryHandlers } from '../kernel/handler';
import { applied, one, pages, partiesOfCase } from '../kernel/handler';
import { padded } from '../kernel/keys';
import { acceptCase } from './accept';
import { acceptTransfer } from './accept-transfer';
import { archiveCase } from './archive';
import { completeCase } from './complete';
import { contestedDatasets } from './contest';
import { correctCase } from './correct';
import { decideCase } from './decide';
import { declineTransfer } from './decline-transfer';
import { deemAccepted } from './deem-accepted';
import { deemWithdrawn } from './deem-withdrawn';
import { deliverCase } from './deliver';
import { decideDutyRuling } from './decide-duty-ruling';
import { approveExtension, requestExtension } from './extension';
import { recordInspection } from './inspection';
import { lapseStep, passStep } from './lapse';
import { offerTransfer } from './offer-transfer';
import { loadSources, onHandledCase, onCase, timedOnCase } from './on-case';
import { giveOpinion } from './opinion';
import { receiveCase } from './receive';
import { filedKey } from './kinds';
import { refuseCase } from './refuse';
import { resendStep } from './resend-step';
import { returnStep } from './return-step';
import { revokeAcceptance } from './revoke-acceptance';
import { revokeDecision } from './revoke-decision';
import { endSpecialProcedure, startSpecialProcedure } from './special-procedure';
import { submitCase } from './submit';
import { supplementCase } from './supplement';
import { supplementNotice } from './supplement-notice';
import { tolerantAcceptCase } from './tolerant-accept';
import { withdrawCase } from './withdraw';

export const commandHandlers: CommandHandlers<'case' | 'dutyRuling'> = {
  'case.submit': {
    run: async (command, member, store) => {
      const existing = await store.get('case', command.caseNo);
      const taken =
        command.insteadOf === undefined
          ? undefined
          : await store.get('caseEvent', ...filedKey(command.insteadOf).attributes);
      const matter = await store.get('matter', command.taskCode, padded(command.matterVersion));
      const contested = contestedDatasets(matter?.content, command.contested);
      const sources = await loadSources(store, contested);
      const bar =
        command.commitment === undefined
          ? undefined
          : await store.get('commitmentBar', command.taskCode, member.department);
      return withCalendars(
        store,
        [],
        (calendar) =>
          submitCase({ existing, taken, matter, bar, calendar, sources }, command, member),
        [firstReplyYear(member)],
      );
    },
    reads: ({ caseNo, taskCode, matterVersion }, caller) => [
      ['case', caseNo],
      ['matter', taskCode, padded(matterVersion)],
      ['calendar', firstReplyYear(caller).toString()],
    ],
  },
  'case.receive': onCase(receiveCase),
  'case.accept': onHandledCase(acceptCase),
  'case.tolerantAccept': onHandledCase(tolerantAcceptCase),
  'case.supplementNotice': onHandledCase(supplementNotice),
  'case.supplement': onHandledCase(supplementCase),
  'case.refuse': onCase(refuseCase),
  'case.opinion': timedOnCase(giveOpinion),
  'case.decide': onHandledCase(decideCase, { withHeld: true }),
  'case.complete': onCase(completeCase),
  'case.deliver': onCase(deliverCase),
  'case.withdraw': onCase(withdrawCase),
  'case.correct': applied(correctCase, async (store, command) => ({
    case: await store.get('case', command.caseNo),
    target: await store.get('caseEvent', command.caseNo, padded(command.seq)),
  })),
  'case.deemAccepted': onHandledCase(deemAccepted),
  'case.deemWithdrawn': timedOnCase(deemWithdrawn),
  'case.startSpecialProcedure': timedOnCase(startSpecialProcedure),
  'case.endSpecialProcedure': timedOnCase(endSpecialProcedure),
  'case.requestExtension': onCase(requestExtension),
  'case.approveExtension': timedOnCase(approveExtension),
  'case.lapseStep': onHandledCase(lapseStep),
  'case.passStep': timedOnCase(passStep),
  'case.revokeAcceptance': timedOnCase(revokeAcceptance),
  'case.recordInspection': timedOnCase(recordInspection),
  'case.revokeDecision': onCase(revokeDecision),
  'case.archive': onCase(archiveCase),
  'case.offerTransfer': {
    run: async (command, member, store) => {
      const record = await store.get('case', command.caseNo);
      const duty = await store.get('duty', command.to, command.dutyCode);
      return withCalendars(store, record?.calendars ?? [], (calendar) =>
        offerTransfer({ case: record, duty, calendar }, command, member),
      );
    },
  },
  'case.acceptTransfer': onCase(acceptTransfer),
  'case.declineTransfer': {
    run: async (command, member, store) => {
      const record = await store.get('case', command.caseNo);
      const duty = await store.get('duty', command.clauseOf, command.dutyCode);
      const establishment = await store.get('functionHolder', 'establishment');
      return withCalendars(store, record?.calendars ?? [], (calendar) =>
        declineTransfer({ case: record, duty, establishment, calendar }, command, member),
      );
    },
  },
  'case.returnStep': onCase(returnStep),
  'case.resendStep': onCase(resendStep),
  'dutyRuling.decide': {
    run: async (command, member, store) => {
      const ruling = await store.get('dutyRuling', command.rulingId);
      return decideDutyRuling(
        {
          ruling,
          case: ruling && (await store.get('case', ruling.caseNo)),
          duty: await store.get('duty', command.department, command.dutyCode),
          establishment: await store.get('functionHolder', 'establishment'),
        },
        command,
        member,
      );
    },
  },
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
    concern: async ({ rulingId }, { office, caseNo }, store) => ({
      ids: { rulingId },
      departments: [office, ...(await partiesOfCase(store, caseNo))],
    }),
  },
};

/** The year of the first working day that can count towards the reply to a case filed now. */
function firstReplyYear({ at }: Caller): number {
  return yearOf(shiftDate(shanghaiDate(at), 1));
}
