import { declaredOf, withCalendars } from '../calendar/load';
import { applied, one, pages, type CommandHandlers, type QueryHandlers } from '../kernel/handler';
import { padded } from '../kernel/keys';
import type { RecordStore } from '../kernel/store';
import { approveDataset } from './approve';
import { extendDatasetUpdate, noteDatasetChange } from './change';
import { loadTopicsOf } from './load';
import { publishDataset, sendBackDataset } from './publish';
import type { DatasetRecord } from './records';
import { registerDataset } from './register';
import { nameSource } from './topic';

export const commandHandlers: CommandHandlers<'dataset'> = {
  'dataset.register': {
    run: async (command, member, store) => {
      const { datasetId, dutyCode } = command;
      const current = await store.get('dataset', datasetId);
      return registerDataset(
        {
          current,
          latest: await versionOf(store, datasetId, current?.latest),
          duty:
            dutyCode === undefined
              ? undefined
              : await store.get('duty', member.department, dutyCode),
          topics: await loadTopicsOf(store, current, command),
        },
        command,
        member,
      );
    },
  },
  'dataset.approve': {
    run: async (command, member, store) => {
      const state = await entryAndVersion(store, command);
      return withCalendars(store, member, (calendar) =>
        approveDataset({ ...state, calendar }, command, member),
      );
    },
  },
  'dataset.publish': {
    run: async (command, member, store) => {
      const state = await entryAndVersion(store, command);
      const { dataset } = state;
      const inForce = dataset?.status === 'published' ? dataset.version : undefined;
      return publishDataset(
        {
          ...state,
          leadAuthority: await store.get('functionHolder', 'leadAuthority'),
          published: await versionOf(store, command.datasetId, inForce),
          topics: await loadTopicsOf(store, dataset, state.version?.content),
        },
        command,
        member,
      );
    },
  },
  'dataset.sendBack': applied(sendBackDataset, async (store, command) => ({
    ...(await entryAndVersion(store, command)),
    leadAuthority: await store.get('functionHolder', 'leadAuthority'),
  })),
  'dataset.noteChange': {
    run: async (command, member, store) => {
      const state = await entryAndLead(store, command.datasetId);
      return withCalendars(store, member, (calendar) =>
        noteDatasetChange({ ...state, calendar }, command, member),
      );
    },
  },
  'dataset.extendUpdate': {
    run: async (command, member, store) => {
      const state = await entryAndLead(store, command.datasetId);
      return withCalendars(
        store,
        member,
        (calendar) => extendDatasetUpdate({ ...state, calendar }, command, member),
        { pinned: declaredOf(state.dataset?.change?.calendars) },
      );
    },
  },
  'dataset.nameSource': {
    run: async (command, member, store) => {
      const entries = new Map<string, DatasetRecord>();
      for (const id of command.datasetIds ?? []) {
        const entry = await store.get('dataset', id);
        if (entry !== undefined) entries.set(id, entry);
      }
      return nameSource(
        {
          topic: await store.get('dataTopic', command.topic),
          entries,
          leadAuthority: await store.get('functionHolder', 'leadAuthority'),
        },
        command,
        member,
      );
    },
  },
};

export const queryHandlers: QueryHandlers<'dataset'> = {
  'dataset.topics': { answer: pages('dataTopic') },
  'dataset.get': { answer: one('dataset', 'datasetId') },
  'dataset.list': { answer: pages('dataset') },
  'dataset.versions': { answer: pages('datasetVersion', 'datasetId') },
};

async function versionOf(store: RecordStore, datasetId: string, version: number | undefined) {
  return version === undefined
    ? undefined
    : store.get('datasetVersion', datasetId, padded(version));
}

async function entryAndVersion(
  store: RecordStore,
  { datasetId, version }: { readonly datasetId: string; readonly version: number },
) {
  return {
    dataset: await store.get('dataset', datasetId),
    version: await versionOf(store, datasetId, version),
  };
}

async function entryAndLead(store: RecordStore, datasetId: string) {
  return {
    dataset: await store.get('dataset', datasetId),
    leadAuthority: await store.get('functionHolder', 'leadAuthority'),
  };
}
