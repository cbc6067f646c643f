import { shanghaiDate } from '../kernel/days';
import { pages, type CommandHandlers, type QueryHandlers } from '../kernel/handler';
import { anchorJournal } from './anchor';

export const commandHandlers: CommandHandlers<'journal'> = {
  'journal.anchor': {
    run: async (command, member, store) => {
      const { department, user, at } = member;
      const existing = await store.get('journalAnchor', department, user, shanghaiDate(at));
      return anchorJournal({ existing }, command, member);
    },
  },
};

export const queryHandlers: QueryHandlers<'journal'> = {
  'journal.list': { answer: pages('journalAnchor', 'department') },
};
