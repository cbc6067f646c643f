import type { DatasetRecord } from '../dataset/records';
import { openReviewOf } from '../duty/load';
import type { MatterOfDutyRecord } from '../duty/records';
import type { LinkedMatter } from '../duty/review';
import { materialName } from '../kernel/material-name';
import type { RecordStore } from '../kernel/store';
import { departmentsOf, type MatterReferences } from './content';
import type { Coverage } from './material-coverage';
import type { MatterContent, MatterRecord } from './records';

/** What a matter's content points at. */
export async function loadReferences(
  store: RecordStore,
  content: MatterContent,
  owner: string,
): Promise<MatterReferences> {
  const registeredDepartments = new Set<string>();
  for (const id of new Set(departmentsOf(content))) {
    if ((await store.get('department', id)) !== undefined) registeredDepartments.add(id);
  }
  const datasets = new Map();
  const { materials, formFields = [] } = content;
  const supplied = formFields.flatMap(({ suppliedBy }) => suppliedBy ?? []);
  for (const id of new Set([...materials, ...supplied].flatMap((one) => one.datasetId ?? []))) {
    const dataset = await store.get('dataset', id);
    if (dataset !== undefined) datasets.set(id, dataset);
  }
  const { dutyCode } = content;
  const duty = dutyCode === undefined ? undefined : await store.get('duty', owner, dutyCode);
  const coverage = await loadCoverage(store, content);
  return { owner, registeredDepartments, datasets, duty, coverage };
}

/** The data sets that cover what the applicant is asked for, by code and by name. */
export async function loadCoverage(
  store: RecordStore,
  content: MatterContent | undefined,
): Promise<Coverage> {
  const coverage = new Map<string, DatasetRecord[]>();
  for (const { source, code, name } of content?.materials ?? []) {
    if (source === 'sharing') continue;
    const covers = [
      ...(await store.all('datasetCover', [code])),
      ...(await store.all('datasetCoverOfName', [materialName(name.zh)])),
    ];
    const ids = covers.filter(({ active }) => active).map(({ datasetId }) => datasetId);
    const found: DatasetRecord[] = [];
    for (const id of new Set(ids)) {
      const dataset = await store.get('dataset', id);
      if (dataset !== undefined) found.push(dataset);
    }
    coverage.set(code, found);
  }
  return coverage;
}

/** The link of a matter version to the duty it rests on, if it still does. */
export async function loadLink(
  store: RecordStore,
  matter: MatterRecord | undefined,
): Promise<MatterOfDutyRecord | undefined> {
  const code = matter?.content.dutyCode;
  if (matter === undefined || code === undefined) return undefined;
  const link = await store.get('matterOfDuty', matter.owner, code, matter.taskCode);
  const live = link?.matterVersion === matter.version && link.endedAt === undefined;
  return live ? link : undefined;
}

export async function loadLinked(
  store: RecordStore,
  matter: MatterRecord | undefined,
): Promise<LinkedMatter | undefined> {
  const link = await loadLink(store, matter);
  return link && { link, open: await openReviewOf(store, link) };
}
