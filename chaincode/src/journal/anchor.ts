import { absent, actorOf, eventOf, type Rule } from '../kernel/caller';
import { shanghaiDate } from '../kernel/days';
import type { JournalAnchorRecord } from './records';

/**
 * A gateway anchors its audit journal: once a day and never again, so that nobody puts another head in its place. The
 * signer's name says which journal it is. No peer can check the head: whoever is shown the journal compares it.
 * @throws ContractError ALREADY_EXISTS
 */
export const anchorJournal: Rule<
  'journal.anchor',
  { readonly existing: JournalAnchorRecord | undefined },
  JournalAnchorRecord
> = (state, { seq, head }, member) => {
  const { department, user: gateway, at } = member;
  const day = shanghaiDate(at);
  absent(state.existing, { department, gateway, day });
  return {
    main: {
      ...{ kind: 'journalAnchor', v: 1, department, gateway, day, seq, head },
      ...{ by: actorOf(member), at },
    },
    also: [],
    event: eventOf('journal.anchor', member, at),
  };
};
