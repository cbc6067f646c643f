import { Returns, Transaction } from 'fabric-contract-api';
import { YiciContext } from '../context';
import type { CommandName, CommandInput, CaseRecord } from '../model';
import { padded } from '../model';
import {
  acceptCase,
  completeCase,
  correctCase,
  decideCase,
  deemAccepted,
  deemWithdrawn,
  deliverCase,
  found,
  giveOpinion,
  receiveCase,
  refuseCase,
  shanghaiDate,
  shiftDate,
  submitCase,
  supplementCase,
  supplementNotice,
  tolerantAcceptCase,
  withdrawCase,
  yearOf,
} from '../rules';
import type { HandlingState, Member, Outcome } from '../rules';
import { YiciContract } from './base';
import { loadHandling, withCalendars } from './load';
import { runCommand, runQuery } from './run';

/** The life of a case. */
export class CaseContract extends YiciContract {
  constructor() {
    super('case');
  }

  @Transaction()
  @Returns('string')
  submit(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'case.submit', input, async (command, member, store) => {
      const existing = await store.get('case', command.caseNo);
      const matter = await store.get('matter', command.taskCode, padded(command.matterVersion));
      return withCalendars(
        store,
        [],
        (calendar) => submitCase({ existing, matter, calendar }, command, member),
        [yearOf(shiftDate(shanghaiDate(member.at), 1))],
      );
    });
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
    return runCommand(context, 'case.opinion', input, async (command, member, store) => {
      const record = await store.get('case', command.caseNo);
      return withCalendars(store, record?.calendars ?? [], (calendar) =>
        giveOpinion({ case: record, calendar }, command, member),
      );
    });
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
    return runOnCase(context, 'case.deemWithdrawn', input, deemWithdrawn);
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

type CaseCommand = Extract<CommandName, `case.${string}`>;

/** A rule that looks at nothing but the case. */
function runOnCase<N extends CaseCommand>(
  context: YiciContext,
  name: N,
  text: string,
  rule: (
    state: { readonly case: CaseRecord | undefined },
    input: CommandInput<N>,
    member: Member,
  ) => Outcome,
): Promise<string> {
  return runCommand(context, name, text, async (command, member, store) =>
    rule({ case: await store.get('case', command.caseNo) }, command, member),
  );
}

/** A rule that looks at the case, its matter, attestations and calendars. */
function runHandling<N extends CaseCommand>(
  context: YiciContext,
  name: N,
  text: string,
  rule: (state: HandlingState, input: CommandInput<N>, member: Member) => Outcome,
): Promise<string> {
  return runCommand(context, name, text, async (command, member, store) => {
    const attested = 'attested' in command ? (command.attested ?? []) : [];
    const state = await loadHandling(store, command.caseNo, attested, name === 'case.decide');
    return withCalendars(store, state.case?.calendars ?? [], (calendar) =>
      rule({ ...state, calendar }, command, member),
    );
  });
}
