import {
  calendarVersionRecord,
  canonicalDigest,
  datasetRecord,
  datasetVersionRecord,
  departmentRecord,
  matterRecord,
  type DatasetVersionRecord,
  type DepartmentRecord,
  type MatterRecord,
} from '@yici/chaincode/model';
import type { z } from 'zod';
import { Cast, type Identities } from './cast.js';
import {
  readDemoData,
  type DemoCalendar,
  type DemoData,
  type DemoDataset,
  type DemoMatter,
} from './data.js';
import { provisionalCalendar, yearsInReach } from './provisional.js';
import { meaningOf, refusalCode } from '../contract-refusal.js';

export interface LoadDemoOptions {
  readonly baseUrl: string;
  readonly identities: Identities;
  readonly onProgress?: (line: string) => void;
  /** What to put on the ledger; the whole demo unless told. */
  readonly data?: DemoData;
  /** The clock; the real one unless told. */
  readonly now?: () => Date;
}

export interface LoadedDemo {
  /** Writes this run made; 0 when everything was there. */
  readonly writes: number;
}

/**
 * Puts the demo on the ledger: departments and their functions, working calendars, data sets, matters. It looks at what
 * is there and writes what is missing, so it may be interrupted and repeated; a second run changes nothing.
 * @throws ClientError whatever the gateway refuses.
 */
export async function loadDemo(options: LoadDemoOptions): Promise<LoadedDemo> {
  const cast = new Cast(options);
  const loader = new Loader(cast, options.onProgress ?? (() => undefined));
  const data = options.data ?? (await readDemoData());
  const years = yearsInReach(options.now?.() ?? new Date());
  const all = { ...data, calendars: withProvisional(data.calendars, years) };
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        await loader.load(all);
        return { writes: loader.writes };
      } catch (error) {
        // Somebody else may be loading at the same time: what they wrote is looked at again.
        if (attempt === 3 || meaningOf(refusalCode(error) ?? '') === undefined) throw error;
      }
    }
  } finally {
    await cast.close();
  }
}

function withProvisional(
  calendars: readonly DemoCalendar[],
  years: readonly number[],
): DemoCalendar[] {
  const missing = years.filter((year) => !calendars.some((known) => known.year === year));
  return [...calendars, ...missing.map(provisionalCalendar)];
}

/** Whoever is asked about the ledger while loading: any member may read the registries. */
const reader = 'data.head1';

class Loader {
  writes = 0;
  readonly #cast: Cast;
  readonly #tell: (line: string) => void;

  constructor(cast: Cast, tell: (line: string) => void) {
    this.#cast = cast;
    this.#tell = tell;
  }

  async load(data: DemoData): Promise<void> {
    await this.#registry(data);
    await Promise.all(data.calendars.map((calendar) => this.#calendar(calendar)));
    await Promise.all(data.datasets.map((dataset) => this.#dataset(dataset)));
    await Promise.all(data.matters.map((matter) => this.#matter(matter)));
  }

  async #registry({ departments }: DemoData): Promise<void> {
    const known = await this.#departments();
    const missing = departments.filter(({ id }) => !known.has(id));
    await Promise.all(
      missing.map((department) =>
        this.#write(
          `${department.id}.head1`,
          'department.register',
          department,
          `登记部门 department ${department.name.zh}`,
        ),
      ),
    );
    for (const { id, functions = [] } of departments) {
      if (functions.length > 0)
        await this.#functions(
          id,
          departments.map((other) => other.id),
        );
    }
  }

  /** Other departments declare for a claim until it is in force. */
  async #functions(id: string, all: readonly string[]): Promise<void> {
    for (const other of all.filter((candidate) => candidate !== id)) {
      const record = (await this.#departments()).get(id);
      const open = record?.claims.filter((claim) =>
        claim.declaredBy.every(({ department }) => department !== other),
      );
      if (record === undefined || record.claims.length === 0) return;
      const functions = (open ?? []).map((claim) => claim.function);
      if (functions.length === 0) continue;
      const line = `确认职能 function of ${id}: ${functions.join(', ')}`;
      await this.#write(`${other}.head1`, 'department.confirm', { id, functions }, line);
    }
  }

  async #departments(): Promise<Map<string, DepartmentRecord>> {
    const records = await this.#list(departmentRecord, '/v1/departments');
    return new Map(records.map((record) => [record.id, record]));
  }

  /** The lead authority proposes, the finance bureau's head confirms. A newer calendar than ours is left alone. */
  async #calendar(calendar: DemoCalendar): Promise<void> {
    const { year, notice } = calendar;
    const path = `/v1/calendars/${year}`;
    let record = await this.#find(calendarVersionRecord, path);
    if (record === undefined) {
      const line = `提交工作日历 calendar ${year} ${notice.number}`;
      const { result } = await this.#write('data.clerk1', 'calendar.import', calendar, line);
      record = calendarVersionRecord.parse(result);
    }
    if (record.status !== 'proposed') return;
    const { version, contentDigest } = record;
    const line = `工作日历生效 calendar ${year} in force`;
    await this.#write('finance.head1', 'calendar.confirm', { year, version, contentDigest }, line);
  }

  /** Worded by the source's clerk, approved by its head, published by the lead authority; from whatever stands already. */
  async #dataset({ source, input }: DemoDataset): Promise<void> {
    const path = `/v1/datasets/${input.datasetId}`;
    if ((await this.#find(datasetRecord, path))?.status === 'published') return;
    const known = (await this.#list(datasetVersionRecord, `${path}/versions`)).at(-1);
    let current = known?.contentDigest === canonicalDigest(input) ? known : undefined;
    current ??= await this.#onDataset(`${source}.clerk1`, 'dataset.register', input, '登记');
    const { datasetId, version, contentDigest } = current;
    const signed = { datasetId, version, contentDigest };
    if (current.status === 'registered') {
      const approval = { ...signed, secrecyReview: demoReview(datasetId) };
      current = await this.#onDataset(`${source}.head1`, 'dataset.approve', approval, '审核');
    }
    if (current.status === 'approved') {
      await this.#onDataset('data.clerk1', 'dataset.publish', signed, '公布');
    }
  }

  async #onDataset(
    user: string,
    command: string,
    input: Readonly<Record<string, unknown>>,
    act: string,
  ): Promise<DatasetVersionRecord> {
    const line = `${act}数据集 ${command} ${String(input['datasetId'])}`;
    const { result } = await this.#write(user, command, input, line);
    return datasetVersionRecord.parse(result);
  }

  /** Draft by the owner's clerk, two cosignatures by heads, publication by the clerk; from whatever stands already. */
  async #matter({ owner, publish, input }: DemoMatter): Promise<void> {
    const path = `/v1/matters/${input.taskCode}/versions`;
    const versions = await this.#list(matterRecord, path);
    if (versions.some(({ status }) => status !== 'draft' && status !== 'cosigned')) return;
    let record = versions.at(-1) ?? (await this.#draft(owner, input));
    if (!publish) return;
    if (record.contentDigest !== canonicalDigest(input)) record = await this.#draft(owner, input);
    record = await this.#cosign(record);
    const { taskCode, version } = record;
    const line = `公布事项 matter ${input.name.zh}`;
    await this.#write(`${owner}.clerk1`, 'matter.publish', { taskCode, version }, line);
  }

  async #draft(owner: string, input: DemoMatter['input']): Promise<MatterRecord> {
    const line = `起草事项 draft ${input.name.zh}`;
    const { result } = await this.#write(`${owner}.clerk1`, 'matter.draft', input, line);
    return matterRecord.parse(result);
  }

  async #cosign(record: MatterRecord): Promise<MatterRecord> {
    const { taskCode, version, contentDigest } = record;
    let current = record;
    for (const department of [record.owner, record.cosigner]) {
      if (current.cosignatures.some(({ by }) => by.department === department)) continue;
      const line = `会签事项 cosign ${record.content.name.zh} (${department})`;
      const input = { taskCode, version, contentDigest };
      const { result } = await this.#write(`${department}.head1`, 'matter.cosign', input, line);
      current = matterRecord.parse(result);
    }
    return current;
  }

  async #write(
    user: string,
    command: string,
    input: Readonly<Record<string, unknown>>,
    line: string,
  ): Promise<{ result: unknown }> {
    const committed = await this.#cast.run(user, command, input);
    this.writes++;
    this.#tell(`${line} — ${user}，区块 block ${committed.block}`);
    return committed;
  }

  async #list<T extends z.ZodType>(schema: T, path: string): Promise<z.infer<T>[]> {
    const { client } = await this.#cast.as(reader);
    const records: z.infer<T>[] = [];
    try {
      for await (const item of client.list(path, { limit: 200 })) records.push(schema.parse(item));
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
    return records;
  }

  async #find<T extends z.ZodType>(schema: T, path: string): Promise<z.infer<T> | undefined> {
    const { client } = await this.#cast.as(reader);
    try {
      return await client.get(schema, path);
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }
}

function isNotFound(error: unknown): boolean {
  const code = refusalCode(error);
  return code === 'RECORD_NOT_FOUND' || code === 'NOT_FOUND';
}

/** Stands for the written secrecy review of a demo data set: a demo value, of which only the digest is kept. */
function demoReview(datasetId: string): { digestAlg: 'sha256'; digest: string } {
  return { digestAlg: 'sha256', digest: canonicalDigest(`demo secrecy review of ${datasetId}`) };
}
