import type { CommandName, OneThingNode } from '@yici/domain/model';
import { padded } from '@yici/domain/model';
import * as rules from '@yici/domain/rules';
import type { LedgerView, ViewRule } from './ledger-view.js';

type OneThingCommand = Extract<CommandName, `oneThing.${string}`>;

function versionOf(ledger: LedgerView, code: string, version: number | undefined) {
  return version === undefined ? undefined : ledger.get('oneThing', code, padded(version));
}

function mattersOf(
  ledger: LedgerView,
  nodes: readonly Pick<OneThingNode, 'id' | 'taskCode' | 'matterVersion'>[],
): rules.PartMatters {
  return new Map(
    nodes.flatMap(({ id, taskCode, matterVersion }) => {
      const matter = ledger.get('matter', taskCode, padded(matterVersion));
      return matter === undefined ? [] : [[id, matter] as const];
    }),
  );
}

function casesBy<K extends string>(
  ledger: LedgerView,
  named: readonly { readonly key: K; readonly caseNo: string | undefined }[],
) {
  return new Map(
    named.flatMap(({ key, caseNo }) => {
      const record = caseNo === undefined ? undefined : ledger.get('case', caseNo);
      return record === undefined ? [] : [[key, record] as const];
    }),
  );
}

const taken = (ledger: LedgerView, cases: readonly { readonly caseNo: string }[]) =>
  casesBy(
    ledger,
    cases.map(({ caseNo }) => ({ key: caseNo, caseNo })),
  );

export const oneThingRules: { readonly [N in OneThingCommand]: ViewRule<N> } = {
  'oneThing.draft': (ledger, input, caller) => {
    const head = ledger.get('oneThingHead', input.code);
    return rules.draftOneThing(
      {
        head,
        latest: versionOf(ledger, input.code, head?.latest),
        published: versionOf(ledger, input.code, head?.published),
        matters: mattersOf(ledger, input.nodes),
        establishment: ledger.holder('establishment'),
        leadAuthority: ledger.holder('leadAuthority'),
      },
      input,
      ledger.member(caller),
    );
  },
  'oneThing.cosign': (ledger, input, caller) =>
    rules.cosignOneThing(
      { oneThing: versionOf(ledger, input.code, input.version) },
      input,
      ledger.member(caller),
    ),
  'oneThing.publish': (ledger, input, caller) => {
    const head = ledger.get('oneThingHead', input.code);
    return rules.publishOneThing(
      {
        head,
        oneThing: versionOf(ledger, input.code, input.version),
        published: versionOf(ledger, input.code, head?.published),
      },
      input,
      ledger.member(caller),
    );
  },
  'oneThing.retire': (ledger, input, caller) =>
    rules.retireOneThing(
      { oneThing: versionOf(ledger, input.code, input.version) },
      input,
      ledger.member(caller),
    ),
  'oneThing.submit': (ledger, input, caller) => {
    const oneThing = versionOf(ledger, input.code, input.version);
    return rules.submitOneThing(
      {
        existing: ledger.get('oneThingCase', input.no),
        oneThing,
        matters: mattersOf(ledger, oneThing?.content.nodes ?? []),
        taken: taken(ledger, input.cases),
        calendar: ledger.calendar(),
      },
      input,
      ledger.member(caller),
    );
  },
  'oneThing.advance': (ledger, input, caller) => {
    const record = ledger.get('oneThingCase', input.no);
    const parts = record?.parts ?? [];
    return rules.advanceOneThing(
      {
        record,
        oneThing: record && versionOf(ledger, record.code, record.version),
        cases: casesBy(
          ledger,
          parts.map(({ id, caseNo }) => ({ key: id, caseNo })),
        ),
        matters: mattersOf(ledger, parts),
        taken: taken(ledger, input.cases),
        calendar: ledger.calendar(record?.calendars),
      },
      input,
      ledger.member(caller),
    );
  },
};
