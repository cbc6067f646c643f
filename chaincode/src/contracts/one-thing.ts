import { Returns, Transaction } from 'fabric-contract-api';
import type { CaseRecord } from '../case/records';
import { YiciContext } from '../context';
import { found } from '../kernel/caller';
import { padded } from '../kernel/keys';
import type { RecordStore } from '../kernel/store';
import type { MatterRecord } from '../matter/records';
import { advanceOneThing } from '../one-thing/advance';
import { draftOneThing } from '../one-thing/draft';
import { cosignOneThing, publishOneThing, retireOneThing } from '../one-thing/publish';
import type { OneThingNode, OneThingPart } from '../one-thing/records';
import { submitOneThing } from '../one-thing/submit';
import { YiciContract } from './base';
import { withCalendars } from './load';
import { runCommand, runQuery } from './run';

/** One things (一件事): matters joined into one graph, and what is filed against them. */
export class OneThingContract extends YiciContract {
  constructor() {
    super('oneThing');
  }

  @Transaction()
  @Returns('string')
  draft(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'oneThing.draft', input, async (command, member, store) => {
      const head = await store.get('oneThingHead', command.code);
      return draftOneThing(
        {
          head,
          latest: await versionOf(store, command.code, head?.latest),
          published: await versionOf(store, command.code, head?.published),
          matters: await loadMatters(store, command.nodes),
          establishment: await store.get('functionHolder', 'establishment'),
          leadAuthority: await store.get('functionHolder', 'leadAuthority'),
        },
        command,
        member,
      );
    });
  }

  @Transaction()
  @Returns('string')
  cosign(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'oneThing.cosign', input, async (command, member, store) =>
      cosignOneThing(
        { oneThing: await versionOf(store, command.code, command.version) },
        command,
        member,
      ),
    );
  }

  @Transaction()
  @Returns('string')
  publish(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'oneThing.publish', input, async (command, member, store) => {
      const head = await store.get('oneThingHead', command.code);
      return publishOneThing(
        {
          head,
          oneThing: await versionOf(store, command.code, command.version),
          published: await versionOf(store, command.code, head?.published),
        },
        command,
        member,
      );
    });
  }

  @Transaction()
  @Returns('string')
  retire(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'oneThing.retire', input, async (command, member, store) =>
      retireOneThing(
        { oneThing: await versionOf(store, command.code, command.version) },
        command,
        member,
      ),
    );
  }

  @Transaction()
  @Returns('string')
  submit(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'oneThing.submit', input, async (command, member, store) => {
      const oneThing = await versionOf(store, command.code, command.version);
      const state = {
        existing: await store.get('oneThingCase', command.no),
        oneThing,
        matters: await loadMatters(store, oneThing?.content.nodes ?? []),
        taken: await loadTaken(store, command.cases),
      };
      return withCalendars(store, [], (calendar) =>
        submitOneThing({ ...state, calendar }, command, member),
      );
    });
  }

  @Transaction()
  @Returns('string')
  advance(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'oneThing.advance', input, async (command, member, store) => {
      const record = await store.get('oneThingCase', command.no);
      const parts = record?.parts ?? [];
      const named = new Set(command.cases.map(({ node }) => node));
      const state = {
        record,
        oneThing: record && (await versionOf(store, record.code, record.version)),
        cases: await loadCases(store, parts),
        matters: await loadMatters(
          store,
          parts.filter(({ id }) => named.has(id)),
        ),
        taken: await loadTaken(store, command.cases),
      };
      return withCalendars(store, record?.calendars ?? [], (calendar) =>
        advanceOneThing({ ...state, calendar }, command, member),
      );
    });
  }

  @Transaction(false)
  @Returns('string')
  get(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'oneThing.get', input, async ({ code, version }, store) => {
      const head = version === undefined ? await store.get('oneThingHead', code) : undefined;
      const wanted = version ?? head?.published ?? head?.latest;
      return found(await versionOf(store, code, wanted), { code });
    });
  }

  @Transaction(false)
  @Returns('string')
  list(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'oneThing.list', input, ({ code, ...page }, store) =>
      store.list('oneThing', code === undefined ? [] : [code], page),
    );
  }

  @Transaction(false)
  @Returns('string')
  case(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'oneThing.case', input, async ({ no }, store) =>
      found(await store.get('oneThingCase', no), { no }),
    );
  }
}

async function versionOf(store: RecordStore, code: string, version: number | undefined) {
  return version === undefined ? undefined : store.get('oneThing', code, padded(version));
}

type Pinned = Pick<OneThingNode, 'id' | 'taskCode' | 'matterVersion'>;

async function loadMatters(
  store: RecordStore,
  nodes: readonly Pinned[],
): Promise<ReadonlyMap<string, MatterRecord>> {
  const matters = new Map<string, MatterRecord>();
  for (const { id, taskCode, matterVersion } of nodes) {
    const matter = await store.get('matter', taskCode, padded(matterVersion));
    if (matter !== undefined) matters.set(id, matter);
  }
  return matters;
}

/** The cases of the parts that have one; an ended part's documents still count for those after it. */
async function loadCases(
  store: RecordStore,
  parts: readonly OneThingPart[],
): Promise<ReadonlyMap<string, CaseRecord>> {
  const cases = new Map<string, CaseRecord>();
  for (const { id, caseNo } of parts) {
    const record = caseNo === undefined ? undefined : await store.get('case', caseNo);
    if (record !== undefined) cases.set(id, record);
  }
  return cases;
}

async function loadTaken(
  store: RecordStore,
  cases: readonly { readonly caseNo: string }[],
): Promise<ReadonlyMap<string, CaseRecord>> {
  const taken = new Map<string, CaseRecord>();
  for (const { caseNo } of cases) {
    const record = await store.get('case', caseNo);
    if (record !== undefined) taken.set(caseNo, record);
  }
  return taken;
}
