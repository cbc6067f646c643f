import { readFile, readdir } from 'node:fs/promises';
import { commands, consultation } from '@yici/domain/model';
import { z } from 'zod';
import { ClientError } from '../errors.js';

const departmentsSchema = z.array(commands['department.register'].input);
const datasetsSchema = z.array(
  z.strictObject({ source: z.string(), input: commands['dataset.register'].input }),
);
const dutiesSchema = z.array(commands['duty.register'].input);
const oneThingsSchema = z.array(
  z.strictObject({ lead: z.string(), input: commands['oneThing.draft'].input }),
);
const consultationOfDraft = z.strictObject(consultation);
const matterListSchema = z.array(
  z.strictObject({
    file: z.string(),
    owner: z.string(),
    publish: z.boolean(),
    consultation: consultationOfDraft.optional(),
  }),
);

export type DemoDepartment = z.infer<typeof departmentsSchema>[number];
export type DemoDataset = z.infer<typeof datasetsSchema>[number];
export type DemoDuty = z.infer<typeof dutiesSchema>[number];
export type DemoOneThing = z.infer<typeof oneThingsSchema>[number];
export type DemoCalendar = z.infer<(typeof commands)['calendar.import']['input']>;

export interface DemoMatter {
  readonly owner: string;
  readonly publish: boolean;
  /** Of a list for the public: how its draft was consulted on. */
  readonly consultation?: z.infer<typeof consultationOfDraft> | undefined;
  readonly input: z.infer<(typeof commands)['matter.draft']['input']>;
}

/** The demo's records (client/demo/README.md names the source of each part). */
export interface DemoData {
  readonly departments: readonly DemoDepartment[];
  readonly calendars: readonly DemoCalendar[];
  readonly duties: readonly DemoDuty[];
  readonly datasets: readonly DemoDataset[];
  readonly matters: readonly DemoMatter[];
  readonly oneThings: readonly DemoOneThing[];
}

const demoFolder = new URL('../../demo/', import.meta.url);

/** @throws ClientError USAGE when a file of the demo is missing or malformed. */
export async function readDemoData(): Promise<DemoData> {
  const [departments, duties, datasets, matters, oneThings, calendars] = await Promise.all([
    readData('departments.json', departmentsSchema),
    readData('duties.json', dutiesSchema),
    readData('datasets.json', datasetsSchema),
    readMatters(),
    readData('one-things.json', oneThingsSchema),
    readFolder('calendars', commands['calendar.import'].input),
  ]);
  return { departments, duties, datasets, matters, oneThings, calendars };
}

async function readMatters(): Promise<DemoMatter[]> {
  const list = await readData('matters.json', matterListSchema);
  return Promise.all(
    list.map(async ({ file, ...matter }) => ({
      ...matter,
      input: await readData(file, commands['matter.draft'].input),
    })),
  );
}

/** Every file of a folder of the demo, by name. @throws ClientError USAGE as {@link readDemoData} */
export async function readFolder<T extends z.ZodType>(
  folder: string,
  schema: T,
): Promise<z.infer<T>[]> {
  const files = await readdir(new URL(`${folder}/`, demoFolder));
  const known = files.filter((file) => file.endsWith('.json')).sort();
  return Promise.all(known.map((file) => readData(`${folder}/${file}`, schema)));
}

async function readData<T extends z.ZodType>(file: string, schema: T): Promise<z.infer<T>> {
  try {
    return schema.parse(JSON.parse(await readFile(new URL(file, demoFolder), 'utf8')));
  } catch (cause) {
    throw new ClientError(
      'USAGE',
      { zh: `演示数据 ${file} 无法读取。`, en: `The demo's ${file} cannot be read.` },
      { cause },
    );
  }
}
