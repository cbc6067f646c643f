import { Returns, Transaction } from 'fabric-contract-api';
import { YiciContext } from '../context';
import { approveDataset } from '../dataset/approve';
import { extendDatasetUpdate, noteDatasetChange } from '../dataset/change';
import { publishDataset, sendBackDataset } from '../dataset/publish';
import type { DatasetRecord } from '../dataset/records';
import { registerDataset } from '../dataset/register';
import { nameSource } from '../dataset/topic';
import { found } from '../kernel/caller';
import { padded } from '../kernel/keys';
import type { RecordStore } from '../kernel/store';
import { YiciContract } from './base';
import { withCalendars } from './load';
import { loadTopicsOf } from './load-topics';
import { runCommand, runQuery } from './run';

/** The data catalogue (政务数据目录). */
export class DatasetContract extends YiciContract {
  constructor() {
    super('dataset');
  }

  @Transaction()
  @Returns('string')
  register(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'dataset.register', input, async (command, member, store) => {
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
    });
  }

  @Transaction()
  @Returns('string')
  approve(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'dataset.approve', input, async (command, member, store) => {
      const state = await entryAndVersion(store, command);
      return withCalendars(store, [], (calendar) =>
        approveDataset({ ...state, calendar }, command, member),
      );
    });
  }

  @Transaction()
  @Returns('string')
  publish(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'dataset.publish', input, async (command, member, store) => {
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
    });
  }

  @Transaction()
  @Returns('string')
  sendBack(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'dataset.sendBack', input, async (command, member, store) =>
      sendBackDataset(
        {
          ...(await entryAndVersion(store, command)),
          leadAuthority: await store.get('functionHolder', 'leadAuthority'),
        },
        command,
        member,
      ),
    );
  }

  @Transaction()
  @Returns('string')
  noteChange(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'dataset.noteChange', input, async (command, member, store) => {
      const state = await entryAndLead(store, command.datasetId);
      return withCalendars(store, [], (calendar) =>
        noteDatasetChange({ ...state, calendar }, command, member),
      );
    });
  }

  @Transaction()
  @Returns('string')
  extendUpdate(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'dataset.extendUpdate', input, async (command, member, store) => {
      const state = await entryAndLead(store, command.datasetId);
      return withCalendars(store, state.dataset?.change?.calendars ?? [], (calendar) =>
        extendDatasetUpdate({ ...state, calendar }, command, member),
      );
    });
  }

  @Transaction()
  @Returns('string')
  nameSource(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'dataset.nameSource', input, async (command, member, store) => {
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
    });
  }

  @Transaction(false)
  @Returns('string')
  topics(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'dataset.topics', input, (page, store) =>
      store.list('dataTopic', [], page),
    );
  }

  @Transaction(false)
  @Returns('string')
  get(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'dataset.get', input, async ({ datasetId }, store) =>
      found(await store.get('dataset', datasetId), { datasetId }),
    );
  }

  @Transaction(false)
  @Returns('string')
  list(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'dataset.list', input, (page, store) =>
      store.list('dataset', [], page),
    );
  }

  @Transaction(false)
  @Returns('string')
  versions(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'dataset.versions', input, ({ datasetId, ...page }, store) =>
      store.list('datasetVersion', [datasetId], page),
    );
  }
}

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
