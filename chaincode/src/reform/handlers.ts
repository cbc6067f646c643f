import { loadTopicsOf } from '../dataset/load';
import { loadOrgans, loadTopics } from '../duty/load';
import type { Member } from '../kernel/caller';
import { shanghaiDate } from '../kernel/days';
import { departureOf, type Held } from '../kernel/departures';
import { applied, one, pages, type CommandHandlers, type QueryHandlers } from '../kernel/handler';
import { padded } from '../kernel/keys';
import { versionOf } from '../kernel/load-versions';
import type { RecordStore } from '../kernel/store';
import { loadLinked } from '../matter/load';
import type { Sides } from './arrival';
import { confirmReform } from './confirm';
import { moveDataset } from './move-dataset';
import { moveDuty } from './move-duty';
import { moveMatter } from './move-matter';
import type { Change } from './records';
import { registerReform, type ChangeState } from './register';
import { takeName } from './take-name';

export const commandHandlers: CommandHandlers<'reform'> = {
  'reform.register': applied(registerReform, async (store, { reformId, changes }) => ({
    existing: await store.get('reform', reformId),
    changes: await loadChanges(store, changes),
    ...(await loadOrgans(store)),
  })),
  'reform.confirm': applied(confirmReform, async (store, { reformId }) => {
    const reform = await store.get('reform', reformId);
    const duties = [];
    for (const change of reform?.changes ?? []) {
      if (change.kind !== 'duty') continue;
      duties.push(
        ...[await store.get('duty', change.department, change.code)].flatMap((duty) => duty ?? []),
      );
    }
    const changes = await loadChanges(store, reform?.changes ?? []);
    return { reform, changes, duties, ...(await loadOrgans(store)) };
  }),
  'reform.takeName': applied(takeName, async (store, { department }) => ({
    department: await store.get('department', department),
  })),
  'reform.moveMatter': applied(moveMatter, async (store, { taskCode }, member) => {
    const head = await store.get('matterHead', taskCode);
    const sides = await loadSides(store, head?.owner, { of: 'matter', id: taskCode }, member);
    const published = await versionOf(store, 'matter', taskCode, head?.published);
    const newest = published ?? (await versionOf(store, 'matter', taskCode, head?.latest));
    const linked = await loadLinked(store, published);
    const duty = linked && sides.to && (await store.get('duty', sides.to.id, linked.link.code));
    return {
      ...{ head, ...sides, linked, hasDuty: duty !== undefined && duty.moved === undefined },
      versions: await store.all('matter', [taskCode]),
      cosigner: newest && (await store.get('department', newest.cosigner)),
      establishment: await store.get('functionHolder', 'establishment'),
      leadAuthority: await store.get('functionHolder', 'leadAuthority'),
    };
  }),
  'reform.moveDuty': applied(moveDuty, async (store, { department, code }, member) => {
    const duty = await store.get('duty', department, code);
    const sides = await loadSides(store, department, { of: 'duty', id: code }, member);
    const version = duty?.confirmedVersion;
    return {
      ...{ duty, ...sides },
      confirmed:
        version === undefined || version === duty?.version
          ? undefined
          : await store.get('dutyVersion', department, code, padded(version)),
      there: sides.to && (await store.get('duty', sides.to.id, code)),
      topics: await loadTopics(store, [duty?.topic]),
    };
  }),
  'reform.moveDataset': applied(moveDataset, async (store, { datasetId }, member) => {
    const dataset = await store.get('dataset', datasetId);
    const held = { of: 'dataset', id: datasetId } as const;
    const sides = await loadSides(store, dataset?.sourceDepartment, held, member);
    const { reformId } = departed(sides, held, member) ?? {};
    return {
      ...{ dataset, ...sides },
      newest: dataset && (await store.get('datasetVersion', datasetId, padded(dataset.latest))),
      topics: await loadTopicsOf(store, dataset),
      reform: reformId === undefined ? undefined : await store.get('reform', reformId),
    };
  }),
};

export const queryHandlers: QueryHandlers<'reform'> = {
  'reform.get': { answer: one('reform', 'reformId') },
  'reform.list': { answer: pages('reform') },
};

const departed = ({ from }: Sides, held: Held, { at }: Member) =>
  departureOf(from?.left, held, shanghaiDate(at));

/** The department that holds something, and the one that gets it now. */
async function loadSides(
  store: RecordStore,
  holder: string | undefined,
  held: Held,
  member: Member,
): Promise<Sides> {
  const from = holder === undefined ? undefined : await store.get('department', holder);
  const departure = departed({ from, to: undefined }, held, member);
  return { from, to: departure && (await store.get('department', departure.to)) };
}

async function loadChanges(store: RecordStore, changes: readonly Change[]): Promise<ChangeState[]> {
  const loaded: ChangeState[] = [];
  for (const change of changes) {
    loaded.push({
      change,
      from: await store.get('department', change.department),
      to: change.kind === 'rename' ? undefined : await store.get('department', change.to),
      holder: await holderOf(store, change),
    });
  }
  return loaded;
}

async function holderOf(store: RecordStore, change: Change): Promise<string | undefined> {
  switch (change.kind) {
    case 'matter':
      return (await store.get('matterHead', change.taskCode))?.owner;
    case 'duty': {
      const duty = await store.get('duty', change.department, change.code);
      return duty?.moved === undefined ? duty?.department : undefined;
    }
    case 'dataset':
      return (await store.get('dataset', change.datasetId))?.sourceDepartment;
    default:
      return undefined;
  }
}
