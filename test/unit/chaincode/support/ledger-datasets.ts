import type { CommandName, DataTopicRecord } from '@yici/domain/model';
import { padded, topicsOf } from '@yici/domain/model';
import * as rules from '@yici/domain/rules';
import type { LedgerView, ViewRule } from './ledger-view.js';

type DatasetCommand = Extract<CommandName, `dataset.${string}`>;

function versionOf(ledger: LedgerView, datasetId: string, version: number | undefined) {
  return version === undefined
    ? undefined
    : ledger.get('datasetVersion', datasetId, padded(version));
}

/** What the contract loads for an act on one version. */
function versionState(ledger: LedgerView, input: { datasetId: string; version: number }) {
  const dataset = ledger.get('dataset', input.datasetId);
  const inForce = dataset?.status === 'published' ? dataset.version : undefined;
  return {
    dataset,
    version: versionOf(ledger, input.datasetId, input.version),
    published: versionOf(ledger, input.datasetId, inForce),
    leadAuthority: ledger.holder('leadAuthority'),
    calendar: ledger.calendar(),
    topics: topicsIn(ledger, dataset, versionOf(ledger, input.datasetId, input.version)?.content),
  };
}

/** Topics of entries, as the contract loads them. */
export function topicsIn(ledger: LedgerView, ...entries: Parameters<typeof topicsOf>[0][]) {
  const known = new Map<string, DataTopicRecord>();
  for (const code of entries.flatMap(topicsOf)) {
    const topic = ledger.get('dataTopic', code);
    if (topic !== undefined) known.set(code, topic);
  }
  return known;
}

function changeState(ledger: LedgerView, datasetId: string) {
  const dataset = ledger.get('dataset', datasetId);
  return {
    dataset,
    leadAuthority: ledger.holder('leadAuthority'),
    calendar: ledger.calendar(dataset?.change?.calendars),
  };
}

export const datasetRules: { readonly [N in DatasetCommand]: ViewRule<N> } = {
  'dataset.register': (ledger, input, caller) => {
    const member = ledger.member(caller);
    const current = ledger.get('dataset', input.datasetId);
    return rules.registerDataset(
      {
        current,
        latest: versionOf(ledger, input.datasetId, current?.latest),
        duty:
          input.dutyCode === undefined
            ? undefined
            : ledger.get('duty', member.department, input.dutyCode),
        topics: topicsIn(ledger, current, input),
      },
      input,
      member,
    );
  },
  'dataset.approve': (ledger, input, caller) =>
    rules.approveDataset(versionState(ledger, input), input, ledger.member(caller)),
  'dataset.publish': (ledger, input, caller) =>
    rules.publishDataset(versionState(ledger, input), input, ledger.member(caller)),
  'dataset.nameSource': (ledger, input, caller) =>
    rules.nameSource(
      {
        topic: ledger.get('dataTopic', input.topic),
        entries: new Map(
          (input.datasetIds ?? []).flatMap((id) => {
            const entry = ledger.get('dataset', id);
            return entry === undefined ? [] : [[id, entry] as const];
          }),
        ),
        leadAuthority: ledger.holder('leadAuthority'),
      },
      input,
      ledger.member(caller),
    ),
  'dataset.sendBack': (ledger, input, caller) =>
    rules.sendBackDataset(versionState(ledger, input), input, ledger.member(caller)),
  'dataset.noteChange': (ledger, input, caller) =>
    rules.noteDatasetChange(changeState(ledger, input.datasetId), input, ledger.member(caller)),
  'dataset.extendUpdate': (ledger, input, caller) =>
    rules.extendDatasetUpdate(changeState(ledger, input.datasetId), input, ledger.member(caller)),
};
