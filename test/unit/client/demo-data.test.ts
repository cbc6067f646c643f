import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { commands } from '@yici/domain/model';
import {
  demoWindowSeconds,
  provisionalCalendar,
  readDemoData,
  yearsInReach,
} from '@yici/client/testing';
import { demoTopologyFile, readTopology } from '@yici/network/testing';
import { expect } from 'chai';
import { z } from 'zod';

const require = createRequire(import.meta.url);
const clientRoot = new URL('../', import.meta.resolve('@yici/client'));
const arrangement = z.object({
  holidays: z.record(z.string(), z.string()),
  workdays: z.record(z.string(), z.string()),
});

describe('the demo data', () => {
  it('has the calendars of chinese-days', async () => {
    const { calendars } = await readDemoData();
    expect(calendars.map(({ year }) => year)).to.deep.equal([2024, 2025, 2026]);
    for (const { year, days } of calendars) {
      const file = require.resolve(`chinese-days/dist/years/${year}.json`);
      const source = arrangement.parse(JSON.parse(await readFile(file, 'utf8')));
      expect(days.offDays).to.deep.equal(Object.keys(source.holidays).sort());
      expect(days.makeUpDays).to.deep.equal(Object.keys(source.workdays).sort());
    }
  });

  it('names each calendar’s notice by the digest of its text', async () => {
    for (const { year, notice } of (await readDemoData()).calendars) {
      const text = await readFile(new URL(`demo/notices/${year}.txt`, clientRoot));
      expect(createHash('sha256').update(text).digest('hex')).to.equal(notice.digest);
      expect(text.toString()).to.contain(notice.number).and.to.contain(notice.title);
    }
  });

  it('names each duty’s document by the digest of its text, which holds the clause', async () => {
    for (const { department, code, clause, document } of (await readDemoData()).duties) {
      const text = await readFile(new URL(`demo/duties/${department}.txt`, clientRoot));
      expect(createHash('sha256').update(text).digest('hex')).to.equal(document.digest);
      expect(text.toString()).to.contain(`[${code}] ${clause}`).and.to.contain('演示文本');
    }
  });

  it('has the departments of the demo topology, by id, name and functions', async () => {
    const { departments } = await readDemoData();
    const topology = readTopology(demoTopologyFile).departments;
    const facts = (of: readonly (typeof topology)[number][] | typeof departments) =>
      of.map(({ id, name, functions = [] }) => ({ id, name, functions }));
    expect(facts(departments)).to.deep.equal(facts(topology));
    expect(departments).to.have.length(14);
  });

  it('has the twelve matters: eleven to file one by one, and no. 1 over no. 4 and three more', async () => {
    const { matters, oneThings } = await readDemoData();
    const published = matters.filter(({ publish }) => publish).map(({ input }) => input.taskCode);
    const numbers = Array.from(
      { length: 11 },
      (_, at) => `YC331100${String(at + 2).padStart(8, '0')}`,
    );
    expect(published).to.include.members(numbers);
    expect(oneThings.map(({ input }) => input.code)).to.deep.equal(['YC33110000000001']);
    const [first, ...later] = oneThings[0]?.input.nodes ?? [];
    expect(first?.taskCode).to.equal('YC33110000000004');
    expect(later.map(({ after }) => after)).to.deep.equal([[first?.id], [first?.id], [first?.id]]);
    expect(published).to.include.members(later.map(({ taskCode }) => taskCode));
  });

  it('shares data of all three classes, and rests every matter and data set on a duty of its owner', async () => {
    const { datasets, matters, duties } = await readDemoData();
    const classes = new Set(datasets.map(({ input }) => input.shareClass));
    expect([...classes]).to.have.members(['unconditional', 'conditional', 'notShared']);
    const known = duties.map(({ department, code }) => `${department} ${code}`);
    expect(known).to.include.members([
      ...matters.map(({ owner, input }) => `${owner} ${input.dutyCode ?? ''}`),
      ...datasets.map(({ source, input }) => `${source} ${input.dutyCode ?? ''}`),
    ]);
  });

  it('asks departments and data sets that it has', async () => {
    const { departments, datasets, matters } = await readDemoData();
    const ids = departments.map(({ id }) => id);
    expect(ids).to.include.members(datasets.map(({ source }) => source));
    const known = datasets.map(({ input }) => input.datasetId);
    for (const { owner, input } of matters) {
      expect(ids).to.include.members([owner, ...input.flow.map(({ department }) => department)]);
      expect(known).to.include.members(input.materials.flatMap(({ datasetId }) => datasetId ?? []));
    }
  });

  it('lets clocks differ by as much in its calendars as in its topology', () => {
    expect(readTopology(demoTopologyFile).windowSeconds).to.equal(demoWindowSeconds);
  });

  it('has one parallel and one sequential flow', async () => {
    const modes = (await readDemoData()).matters.flatMap(({ input }) =>
      input.flow.map(({ mode }) => mode),
    );
    expect(modes).to.include.members(['parallel', 'sequential']);
  });
});

describe('a provisional calendar', () => {
  it('is labelled, has the weekends and nothing else', () => {
    const calendar = provisionalCalendar(2027);
    expect(commands['calendar.import'].input.safeParse(calendar).success).to.equal(true);
    expect(calendar.notice.number).to.contain('暂定');
    expect(calendar.days.offDays).to.have.length(104);
    expect(calendar.days.offDays).to.include('2027-01-02').and.not.to.include('2027-01-01');
    expect(calendar.days.makeUpDays).to.deep.equal([]);
  });

  it('is needed when sixty days reach the next year, in Asia/Shanghai', () => {
    expect(yearsInReach(new Date('2026-03-02T00:00:00Z'))).to.deep.equal([2026]);
    expect(yearsInReach(new Date('2026-11-24T00:00:00Z'))).to.deep.equal([2026, 2027]);
    expect(yearsInReach(new Date('2026-12-31T16:00:00Z'))).to.deep.equal([2027]);
  });
});
