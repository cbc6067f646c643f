import { requireDecider } from '../../duty/coordination';
import { actorOf, type Rule } from '../../kernel/caller';
import { nowFor } from '../../kernel/chain';
import { namedClause, openRuling, writtenRuling, type DutyRulingState } from './duty-ruling';
import { disputantsOf } from './open-duty-ruling';
import type { CaseRecord } from '../records';
import { isMovable, moved, responsibleFor, withParty } from './responsibility';
import type { DutyRulingRecord } from '../responsibility-records';

/**
 * The government's decision names the responsible department and its clause (State Council Order 486 art 10), signed by
 * the government or registered by the Establishment Office with the deciding organ, the number and the digest of its
 * document. The responsibility moves without the loser's consent and binds until the end of the case. The clock has run
 * all the time: no due date changes.
 * @throws ContractError NOT_FOUND, FUNCTION_VACANT, WRONG_DEPARTMENT, WRONG_STATE, COORDINATION_MISSING, DECISION_UNNAMED,
 *   MAKER_IS_CHECKER, TRANSFER_INVALID, DUTY_UNKNOWN, DUTY_NOT_CONFIRMED, DUTY_NOT_IN_FORCE, DUTY_NOT_CONCERNED, LIMIT_REACHED
 */
export const decideDutyRuling: Rule<'dutyRuling.decide', DutyRulingState, DutyRulingRecord> = (
  state,
  input,
  member,
) => {
  const open = openRuling(state, input, ['open', 'proposed']);
  const { ruling, before } = open;
  const { rulingId, subject, proposal } = ruling;
  const { department, document, organ, number } = input;
  const question = { disputants: disputantsOf(ruling), proposal };
  requireDecider(state, question, organ !== undefined && number !== undefined, member);
  const now = nowFor(member);
  const clause = namedClause(state, input, open, member, now);
  const decided: DutyRulingRecord = {
    ...ruling,
    status: 'decided',
    decision: {
      ...{ department, clause, document },
      ...(organ === undefined ? {} : { organ }),
      ...(number === undefined ? {} : { number }),
      by: actorOf(member),
      at: now.at,
      late: now.today > (proposal?.decideBy ?? ruling.dueOn),
      effect: effectOf(before, ruling, department),
    },
  };
  const act = { name: 'dutyRuling.decide', input, member, at: now.at } as const;
  return writtenRuling(before, decided, act, (body) => ({
    ...(isMovable(body, subject) ? moved(body, subject, department) : body),
    rulings: (body.rulings ?? []).map((known) =>
      known.rulingId === rulingId ? { ...known, decidedAt: now.at, department } : known,
    ),
    parties: withParty(body.parties, department),
    flags: [...body.flags, { code: 'ruled', seq: body.nextSeq }],
  }));
};

function effectOf(record: CaseRecord, { subject }: DutyRulingRecord, department: string) {
  if (!isMovable(record, subject)) return 'none';
  return responsibleFor(record, subject) === department ? 'confirmed' : 'moved';
}
