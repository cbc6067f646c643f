import {
  canonicalDigest,
  matterRecord,
  oneThingRecord,
  type MatterRecord,
  type OneThingRecord,
} from '@yici/domain/model';
import type { DemoMatter, DemoOneThing } from './data.js';
import { lineOf, type DemoWriter } from './writer.js';

/** Draft by the owner's clerk, two cosignatures by heads, publication by the clerk; from whatever stands already. */
export async function loadMatter(
  writer: DemoWriter,
  { owner, publish, input, consultation }: DemoMatter,
): Promise<void> {
  const asked = { taskCode: input.taskCode, limit: 200 };
  const versions = await writer.list('matters.versions', asked);
  if (versions.some(({ status }) => status !== 'draft' && status !== 'cosigned')) return;
  let record = versions.at(-1) ?? (await draftMatter(writer, owner, input));
  if (!publish) return;
  if (record.contentDigest !== canonicalDigest(input)) {
    record = await draftMatter(writer, owner, input);
  }
  const { taskCode, version, contentDigest } = await cosignMatter(writer, record);
  if (consultation !== undefined) {
    const told = { taskCode, version, contentDigest, ...consultation };
    const line = lineOf('登记草案公示', 'consultation', input.name);
    await writer.write(`${owner}.clerk1`, 'matter.recordConsultation', told, line);
  }
  const line = lineOf('公布事项', 'matter', input.name);
  await writer.write(`${owner}.clerk1`, 'matter.publish', { taskCode, version }, line);
}

async function draftMatter(
  writer: DemoWriter,
  owner: string,
  input: DemoMatter['input'],
): Promise<MatterRecord> {
  const line = lineOf('起草事项', 'draft', input.name);
  const { result } = await writer.write(`${owner}.clerk1`, 'matter.draft', input, line);
  return matterRecord.parse(result);
}

async function cosignMatter(writer: DemoWriter, record: MatterRecord): Promise<MatterRecord> {
  const { taskCode, version, contentDigest } = record;
  let current = record;
  for (const department of [record.owner, record.cosigner]) {
    if (current.cosignatures.some(({ by }) => by.department === department)) continue;
    const line = lineOf(
      `会签事项（${department}）`,
      `cosigned by ${department}`,
      record.content.name,
    );
    const input = { taskCode, version, contentDigest };
    const { result } = await writer.write(`${department}.head1`, 'matter.cosign', input, line);
    current = matterRecord.parse(result);
  }
  return current;
}

/** Draft by the lead's clerk over the matters' published versions, a cosignature of every head it needs, publication. */
export async function loadOneThing(
  writer: DemoWriter,
  { lead, input }: DemoOneThing,
): Promise<void> {
  const versions = await writer.list('oneThings.versions', { code: input.code, limit: 200 });
  if (versions.some(({ status }) => status === 'published' || status === 'retired')) return;
  const content = await withPublished(writer, input);
  let record = versions.at(-1);
  if (record?.contentDigest !== canonicalDigest(content)) {
    const line = lineOf('起草“一件事”', 'draft of a one thing', input.name);
    const { result } = await writer.write(`${lead}.clerk1`, 'oneThing.draft', content, line);
    record = oneThingRecord.parse(result);
  }
  const { code, version } = await cosignOneThing(writer, record);
  const line = lineOf('公布“一件事”', 'one thing', input.name);
  await writer.write(`${lead}.clerk1`, 'oneThing.publish', { code, version }, line);
}

/** The content with the version in force of each matter. */
async function withPublished(
  writer: DemoWriter,
  input: DemoOneThing['input'],
): Promise<DemoOneThing['input']> {
  const nodes = await Promise.all(
    input.nodes.map(async (node) => {
      const matter = await writer.find('matters.get', { taskCode: node.taskCode });
      return { ...node, matterVersion: matter?.version ?? node.matterVersion };
    }),
  );
  return { ...input, nodes };
}

async function cosignOneThing(writer: DemoWriter, record: OneThingRecord): Promise<OneThingRecord> {
  const { code, version, contentDigest, content } = record;
  let current = record;
  for (const department of record.signers) {
    if (current.cosignatures.some((known) => known.department === department)) continue;
    const line = lineOf(
      `会签“一件事”（${department}）`,
      `one thing cosigned by ${department}`,
      content.name,
    );
    const input = { code, version, contentDigest };
    const { result } = await writer.write(`${department}.head1`, 'oneThing.cosign', input, line);
    current = oneThingRecord.parse(result);
  }
  return current;
}
