import { Returns, Transaction } from 'fabric-contract-api';
import { acceptCase } from '../case/accept';
import { acceptTransfer } from '../case/accept-transfer';
import { archiveCase } from '../case/archive';
import { completeCase } from '../case/complete';
import { correctCase } from '../case/correct';
import { decideCase } from '../case/decide';
import { declineTransfer } from '../case/decline-transfer';
import { deemAccepted } from '../case/deem-accepted';
import { deemWithdrawn } from '../case/deem-withdrawn';
import { deliverCase } from '../case/deliver';
import { approveExtension, requestExtension } from '../case/extension';
import { recordInspection } from '../case/inspection';
import { lapseStep, passStep } from '../case/lapse';
import { offerTransfer } from '../case/offer-transfer';
import { giveOpinion } from '../case/opinion';
import { receiveCase } from '../case/receive';
import { refuseCase } from '../case/refuse';
import { resendStep } from '../case/resend-step';
import { returnStep } from '../case/return-step';
import { revokeAcceptance } from '../case/revoke-acceptance';
import { revokeDecision } from '../case/revoke-decision';
import { endSpecialProcedure, startSpecialProcedure } from '../case/special-procedure';
import { submitCase } from '../case/submit';
import { supplementCase } from '../case/supplement';
import { supplementNotice } from '../case/supplement-notice';
import { tolerantAcceptCase } from '../case/tolerant-accept';
import { withdrawCase } from '../case/withdraw';
import { YiciContext } from '../context';
import type { Caller } from '../kernel/caller';
import { found } from '../kernel/caller';
import { shanghaiDate, shiftDate, yearOf } from '../kernel/days';
import { padded } from '../kernel/keys';
import { filedKey } from '../keys';
import { YiciContract } from './base';
import { runHandling, runOnCase, runTimed } from './case-run';
import { withCalendars } from './load';
import { runCommand, runQuery } from './run';

/** The life of a case. */
export class CaseContract extends YiciContract {
  constructor() {
    super('case');
  }

  @Transaction()
  @Returns('string')
  submit(context: YiciContext, input: string): Promise<string> {
    return runCommand(
      context,
      'case.submit',
      input,
      async (command, member, store) => {
        const existing = await store.get('case', command.caseNo);
        const taken =
          command.insteadOf === undefined
            ? undefined
            : await store.get('caseEvent', ...filedKey(command.insteadOf).attributes);
        const matter = await store.get('matter', command.taskCode, padded(command.matterVersion));
        const bar =
          command.commitment === undefined
            ? undefined
            : await store.get('commitmentBar', command.taskCode, member.department);
        return withCalendars(
          store,
          [],
          (calendar) => submitCase({ existing, taken, matter, bar, calendar }, command, member),
          [firstReplyYear(member)],
        );
      },
      ({ caseNo, taskCode, matterVersion }, caller) => [
        ['case', caseNo],
        ['matter', taskCode, padded(matterVersion)],
        ['calendar', firstReplyYear(caller).toString()],
      ],
    );
  }

  @Transaction()
  @Returns('string')
  receive(context: YiciContext, input: string): Promise<string> {
    return runOnCase(context, 'case.receive', input, receiveCase);
  }

  @Transaction()
  @Returns('string')
  accept(context: YiciContext, input: string): Promise<string> {
    return runHandling(context, 'case.accept', input, acceptCase);
  }

  @Transaction()
  @Returns('string')
  tolerantAccept(context: YiciContext, input: string): Promise<string> {
    return runHandling(context, 'case.tolerantAccept', input, tolerantAcceptCase);
  }

  @Transaction()
  @Returns('string')
  supplementNotice(context: YiciContext, input: string): Promise<string> {
    return runHandling(context, 'case.supplementNotice', input, supplementNotice);
  }

  @Transaction()
  @Returns('string')
  supplement(context: YiciContext, input: string): Promise<string> {
    return runHandling(context, 'case.supplement', input, supplementCase);
  }

  @Transaction()
  @Returns('string')
  refuse(context: YiciContext, input: string): Promise<string> {
    return runOnCase(context, 'case.refuse', input, refuseCase);
  }

  @Transaction()
  @Returns('string')
  opinion(context: YiciContext, input: string): Promise<string> {
    return runTimed(context, 'case.opinion', input, giveOpinion);
  }

  @Transaction()
  @Returns('string')
  decide(context: YiciContext, input: string): Promise<string> {
    return runHandling(context, 'case.decide', input, decideCase);
  }

  @Transaction()
  @Returns('string')
  complete(context: YiciContext, input: string): Promise<string> {
    return runOnCase(context, 'case.complete', input, completeCase);
  }

  @Transaction()
  @Returns('string')
  deliver(context: YiciContext, input: string): Promise<string> {
    return runOnCase(context, 'case.deliver', input, deliverCase);
  }

  @Transaction()
  @Returns('string')
  withdraw(context: YiciContext, input: string): Promise<string> {
    return runOnCase(context, 'case.withdraw', input, withdrawCase);
  }

  @Transaction()
  @Returns('string')
  correct(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'case.correct', input, async (command, member, store) =>
      correctCase(
        {
          case: await store.get('case', command.caseNo),
          target: await store.get('caseEvent', command.caseNo, padded(command.seq)),
        },
        command,
        member,
      ),
    );
  }

  @Transaction()
  @Returns('string')
  deemAccepted(context: YiciContext, input: string): Promise<string> {
    return runHandling(context, 'case.deemAccepted', input, deemAccepted);
  }

  @Transaction()
  @Returns('string')
  deemWithdrawn(context: YiciContext, input: string): Promise<string> {
    return runTimed(context, 'case.deemWithdrawn', input, deemWithdrawn);
  }

  @Transaction()
  @Returns('string')
  startSpecialProcedure(context: YiciContext, input: string): Promise<string> {
    return runTimed(context, 'case.startSpecialProcedure', input, startSpecialProcedure);
  }

  @Transaction()
  @Returns('string')
  endSpecialProcedure(context: YiciContext, input: string): Promise<string> {
    return runTimed(context, 'case.endSpecialProcedure', input, endSpecialProcedure);
  }

  @Transaction()
  @Returns('string')
  requestExtension(context: YiciContext, input: string): Promise<string> {
    return runOnCase(context, 'case.requestExtension', input, requestExtension);
  }

  @Transaction()
  @Returns('string')
  approveExtension(context: YiciContext, input: string): Promise<string> {
    return runTimed(context, 'case.approveExtension', input, approveExtension);
  }

  @Transaction()
  @Returns('string')
  lapseStep(context: YiciContext, input: string): Promise<string> {
    return runHandling(context, 'case.lapseStep', input, lapseStep);
  }

  @Transaction()
  @Returns('string')
  passStep(context: YiciContext, input: string): Promise<string> {
    return runTimed(context, 'case.passStep', input, passStep);
  }

  @Transaction()
  @Returns('string')
  revokeAcceptance(context: YiciContext, input: string): Promise<string> {
    return runTimed(context, 'case.revokeAcceptance', input, revokeAcceptance);
  }

  @Transaction()
  @Returns('string')
  recordInspection(context: YiciContext, input: string): Promise<string> {
    return runTimed(context, 'case.recordInspection', input, recordInspection);
  }

  @Transaction()
  @Returns('string')
  revokeDecision(context: YiciContext, input: string): Promise<string> {
    return runOnCase(context, 'case.revokeDecision', input, revokeDecision);
  }

  @Transaction()
  @Returns('string')
  archive(context: YiciContext, input: string): Promise<string> {
    return runOnCase(context, 'case.archive', input, archiveCase);
  }

  @Transaction()
  @Returns('string')
  offerTransfer(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'case.offerTransfer', input, async (command, member, store) => {
      const record = await store.get('case', command.caseNo);
      const duty = await store.get('duty', command.to, command.dutyCode);
      return withCalendars(store, record?.calendars ?? [], (calendar) =>
        offerTransfer({ case: record, duty, calendar }, command, member),
      );
    });
  }

  @Transaction()
  @Returns('string')
  acceptTransfer(context: YiciContext, input: string): Promise<string> {
    return runOnCase(context, 'case.acceptTransfer', input, acceptTransfer);
  }

  @Transaction()
  @Returns('string')
  declineTransfer(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'case.declineTransfer', input, async (command, member, store) => {
      const record = await store.get('case', command.caseNo);
      const duty = await store.get('duty', command.clauseOf, command.dutyCode);
      const establishment = await store.get('functionHolder', 'establishment');
      return withCalendars(store, record?.calendars ?? [], (calendar) =>
        declineTransfer({ case: record, duty, establishment, calendar }, command, member),
      );
    });
  }

  @Transaction()
  @Returns('string')
  returnStep(context: YiciContext, input: string): Promise<string> {
    return runOnCase(context, 'case.returnStep', input, returnStep);
  }

  @Transaction()
  @Returns('string')
  resendStep(context: YiciContext, input: string): Promise<string> {
    return runOnCase(context, 'case.resendStep', input, resendStep);
  }

  @Transaction(false)
  @Returns('string')
  get(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'case.get', input, async ({ caseNo }, store) =>
      found(await store.get('case', caseNo), { caseNo }),
    );
  }

  @Transaction(false)
  @Returns('string')
  events(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'case.events', input, ({ caseNo, ...page }, store) =>
      store.list('caseEvent', [caseNo], page),
    );
  }
}

/** The year of the first working day that can count towards the reply to a case filed now. */
function firstReplyYear({ at }: Caller): number {
  return yearOf(shiftDate(shanghaiDate(at), 1));
}
