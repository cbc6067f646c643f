import {
  shanghaiDate,
  type CardRecord,
  type DutyRulingRecord,
  type OrderRecord,
} from '@yici/domain/model';
import { signedBy } from './case-act-facts.js';
import { daysBetween } from './elapsed.js';
import { fact, yes, type PlacedFact } from './fact.js';

const matterOf = (caseNo: string): string => caseNo.slice(0, caseNo.indexOf('-'));

/** The matter of the case, of the review or of the ruling's case; a share has none. */
function matterOfCard({ caseNo, rulingId, review }: CardRecord): string | undefined {
  const about = caseNo ?? rulingId;
  return about === undefined ? review?.taskCode : matterOf(about);
}

/** A card on the day it was raised, and an exemption (容错) on the day it was ruled. */
export function cardFacts(record: CardRecord): PlacedFact[] {
  const { cardId, caseNo, parties, department, colour, clock, ruling, appeal } = record;
  const matter = matterOfCard(record);
  const ofCase = caseNo !== undefined && matter !== undefined && clock.step !== undefined;
  const step = ofCase ? `${matter}/${clock.step}` : undefined;
  const common = { subject: 'card', id: cardId, parties } as const;
  const raised = fact('card', {
    ...common,
    day: shanghaiDate(record.raisedAt),
    labels: { department, matter, step, colour, clock: clock.what, ruling: ruling?.outcome },
    numbers: { cards: 1, explainedInTime: colour === 'red' ? explained(record) : undefined },
  });
  if (ruling?.outcome !== 'exempted') return [raised];
  return [
    raised,
    fact('exception', {
      ...common,
      day: shanghaiDate(ruling.at),
      labels: { department, matter, kind: 'exempted', reason: appeal?.ground },
      numbers: signedBy(appeal?.by.user, ruling.by.user),
    }),
  ];
}

const explained = ({ explanation }: CardRecord): 0 | 1 => yes(explanation?.late === false);

/** Whether a supervision order was replied to in time; without a reply it is late once its day is over. */
export function orderFacts(record: OrderRecord): PlacedFact[] {
  const { orderId, department, dueOn, replies } = record;
  const [first] = replies;
  return [
    fact('order', {
      subject: 'order',
      id: orderId,
      parties: [department],
      day: first === undefined ? dueOn : shanghaiDate(first.at),
      open: first === undefined,
      labels: { department },
      numbers: { due: 1, inTime: yes(first?.late === false) },
    }),
  ];
}

/** A decided question of duty: how long it took the office, late when its own part came too late, and whom it found responsible. */
export function rulingFacts(record: DutyRulingRecord): PlacedFact[] {
  const { rulingId, caseNo, office, responsible, bounces, proposal, decision, openedAt } = record;
  if (decision === undefined) return [];
  const day = shanghaiDate(decision.at);
  const disputants = bounces.flatMap(({ from, to }) => [from, to]);
  const { department } = decision;
  const sentAway = [...disputants, record.requested?.by.department];
  const parties = [...new Set([office, responsible, department, ...disputants])].sort();
  const common = { subject: 'dutyRuling', id: rulingId, parties, day } as const;
  const matter = matterOf(caseNo);
  return [
    fact('ruling', {
      ...common,
      labels: { department: office, matter },
      numbers: {
        rulings: 1,
        days: daysBetween(shanghaiDate(openedAt), day),
        late: yes(proposal?.late ?? decision.late),
      },
    }),
    fact('responsible', {
      ...common,
      labels: { department, matter },
      numbers: { found: 1, disowned: yes(sentAway.includes(department)) },
    }),
  ];
}
