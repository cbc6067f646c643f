import { withCalendars } from '../calendar/load';
import { applied, one, pages, type CommandHandlers, type QueryHandlers } from '../kernel/handler';
import { padded } from '../kernel/keys';
import { confirmDuty } from './confirm';
import { loadLinkedMatters, loadOrgans, loadTopics } from './load';
import { proposeOverlap, resolveOverlap } from './overlap';
import { registerDuty } from './register';

export const commandHandlers: CommandHandlers<'duty'> = {
  'duty.register': {
    run: async (command, member, store) => {
      const { department, code, topic } = command;
      const current = await store.get('duty', department, code);
      const state = {
        department: await store.get('department', department),
        establishment: await store.get('functionHolder', 'establishment'),
        current,
        ...(await loadLinkedMatters(store, department, code)),
        topics: await loadTopics(store, [current?.topic, topic]),
      };
      return withCalendars(store, member, (calendar) =>
        registerDuty({ ...state, calendar }, command, member),
      );
    },
  },
  'duty.confirm': applied(confirmDuty, async (store, { department, code }) => ({
    duty: await store.get('duty', department, code),
    ...(await loadOrgans(store)),
  })),
  'duty.proposeOverlap': applied(proposeOverlap, async (store, command) => ({
    overlap: await store.get('dutyOverlap', command.topic, padded(command.round)),
    ...(await loadOrgans(store)),
  })),
  'duty.resolveOverlap': applied(resolveOverlap, async (store, command) => ({
    overlap: await store.get('dutyOverlap', command.topic, padded(command.round)),
    claims: await store.all('dutyOfTopic', [command.topic]),
    ...(await loadOrgans(store)),
  })),
};

export const queryHandlers: QueryHandlers<'duty'> = {
  'duty.get': { answer: one('duty', 'department', 'code') },
  'duty.list': { answer: pages('duty', 'department') },
  'duty.versions': { answer: pages('dutyVersion', 'department', 'code') },
  'duty.matters': { answer: pages('matterOfDuty', 'department', 'code') },
  'duty.overlaps': { answer: pages('dutyOverlap', 'topic') },
};
