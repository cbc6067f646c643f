import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLineSchema, type JournalEntry } from '@yici/api';
import { chainFindings, checkJournal, type JournalLine } from '@yici/client/testing';
import {
  archiveOldest,
  AuditJournal,
  noteAccounts,
  noteConfig,
  RefusalNotes,
} from '@yici/gateway/testing';
import type { ChannelConfig } from '@yici/ledger';
import { expect } from 'chai';

type ConfigGroup = ChannelConfig['tree'];

const by = { department: 'supervision', role: 'supervisor', user: 'supervision.supervisor1' };
const readOf = (n: number, departments: string[]): JournalEntry => ({
  ...{ kind: 'record.read', by, requestId: `r-${n}`, route: '/v1/cases/{caseNo}' },
  ...{ asked: {}, records: [`case-${n}`], departments },
});

describe('the audit journal of a gateway', () => {
  let folder: string;
  let journal: AuditJournal;
  const now = () => new Date('2026-11-28T04:00:00.000Z');
  const open = async () => {
    journal = await AuditJournal.open(join(folder, 'audit'), now);
  };
  const lines = async (): Promise<JournalLine[]> => {
    const { items } = await journal.list({ from: 0 }, { limit: 1_000 });
    return items as unknown as JournalLine[];
  };
  const anchorOf = ({ seq, head }: { seq: number; head: string }) => [
    { department: 'data', gateway: 'data.gateway', day: '2026-11-28', seq, head },
  ];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'yici-journal-'));
    await open();
  });
  afterEach(async () => {
    await journal.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is one chain whoever writes at the same time, and goes on after a restart', async () => {
    const heads = await Promise.all(
      Array.from({ length: 50 }, (_, n) => journal.append(readOf(n, ['data']))),
    );
    expect(heads.map(({ seq }) => seq)).to.deep.equal([...heads.keys()]);
    await journal.close();
    await open();
    const last = await journal.append({ kind: 'gateway.stop' });
    expect(checkJournal(await lines(), anchorOf(last)).findings).to.deep.equal([]);
    expect(last.seq).to.equal(50);
  });

  it('has a chain for each department, with the lines that concern it', async () => {
    for (let n = 0; n < 9; n += 1)
      await journal.append(readOf(n, n % 3 === 0 ? ['data'] : ['hrss']));
    for (const [id, count] of [
      ['data', 3],
      ['hrss', 6],
      [undefined, 9],
    ] as const) {
      const { items } = await journal.reads(id, {}, { limit: 100 });
      const shown = items.map((item) => readLineSchema.parse(item)).reverse();
      expect([shown.length, chainFindings(shown)[0]?.seq]).to.deep.equal([count, undefined]);
    }
    const { items } = await journal.reads('hrss', { record: 'case-4' }, { limit: 5 });
    expect(items.map(({ requestId }) => requestId)).to.deep.equal(['r-4']);
  });

  it('keeps its size: old lines go into files, and the chain is checked through them', async () => {
    for (let n = 0; n < 47; n += 1) await journal.append(readOf(n, ['data']));
    const archive = join(folder, 'archive');
    expect(await archiveOldest(journal, archive, { kept: 20, inFile: 10 })).to.equal(20);
    const anchor = await journal.anchor('data', 'data.gateway');
    const left = await lines();
    const old = readdirSync(archive)
      .sort()
      .flatMap((file) => {
        const text = readFileSync(join(archive, file), 'utf8').trim();
        return text.split('\n').map((line) => JSON.parse(line) as JournalLine);
      });
    expect([old.length, left[0]?.seq]).to.deep.equal([20, 20]);
    expect(checkJournal([...old, ...left], anchorOf(anchor)).findings).to.deep.equal([]);
    expect(checkJournal(left, anchorOf(anchor)).findings).to.deep.equal([
      { code: 'JOURNAL_MISSING', seq: 20 },
    ]);
    const [said] = (await journal.anchors({ limit: 1 })).items;
    const { items } = await journal.reads('data', {}, { limit: 100 });
    const shown = items.map((item) => readLineSchema.parse(item)).reverse();
    expect(said?.chains['data']).to.include({ from: 20, seq: 46 });
    expect(chainFindings(shown, said?.chains['data']?.from)[0]?.seq).to.equal(undefined);
    expect(chainFindings(shown.slice(1), said?.chains['data']?.from)[0]?.seq).to.equal(21);
  });

  it('tells a flood of refusals in a few lines, whoever makes them up', async () => {
    const notes = new RefusalNotes(journal, (error) => {
      throw error;
    });
    for (let n = 0; n < 5_000; n += 1) {
      notes.note(401, { by: null, route: `/v1/made-up-${n}`, code: 'UNAUTHENTICATED' });
    }
    notes.note(409, { by, route: '/v1/cases', code: 'CASE_CLOSED' });
    await notes.close();
    const told = await lines();
    expect(told).to.have.lengthOf(101);
    const counts = told.map((line) => Number(line['count']));
    expect(counts.reduce((sum, count) => sum + count, 0)).to.equal(5_000);
  });

  it('notes accounts that came, changed or went, by whatever command', async () => {
    const file = (account: string, apiKeyHash: string, seal = 'by one key') => ({
      ...{ account, mspId: 'DataMSP', certificatePem: 'PEM', apiKeyHash },
      key: { seal } as never,
    });
    await noteAccounts(journal, [file('one', 'a'), file('two', 'b')]);
    await noteAccounts(journal, [file('one', 'a'), file('two', 'b')]);
    await noteAccounts(journal, [file('one', 'c')]);
    await noteAccounts(journal, [file('one', 'c', 'by another')]);
    const told = await lines();
    expect(told.map(({ kind, account }) => [kind, account])).to.deep.equal([
      ['account.add', 'one'],
      ['account.add', 'two'],
      ['account.change', 'one'],
      ['account.remove', 'two'],
      ['account.change', 'one'],
    ]);
    expect(told[2]?.['what']).to.deep.equal(['apiKey']);
    expect(told[4]?.['what']).to.deep.equal(['seal']);
    expect(JSON.stringify(told)).to.not.match(/PEM|"c"|by one key/);
  });

  it('notes each channel config that lets in others, or the same by other certificates, once', async () => {
    const group = (names: Readonly<Record<string, ConfigGroup>>, msp?: string): ConfigGroup => ({
      ...{ version: 0n, modPolicy: '', policies: new Map() },
      groups: new Map(Object.entries(names)),
      values: new Map(
        msp === undefined
          ? []
          : [['MSP', { version: 0n, modPolicy: '', value: Buffer.from(msp) }] as const],
      ),
    });
    const config = (sequence: bigint, organizations: Readonly<Record<string, string>>) => {
      const members = Object.entries(organizations).map(([name, msp]) => [name, group({}, msp)]);
      const application = group(Object.fromEntries(members) as Record<string, ConfigGroup>);
      return { sequence, tree: group({ Application: application }) };
    };
    await noteConfig(journal, config(0n, { DataMSP: 'one', HrssMSP: 'one' }));
    await noteConfig(journal, config(1n, { DataMSP: 'two', HrssMSP: 'one', ArchivesMSP: 'new' }));
    // As an index that is built anew shows them again.
    await noteConfig(journal, config(0n, { DataMSP: 'one', HrssMSP: 'one' }));
    await noteConfig(journal, config(2n, { DataMSP: 'two', ArchivesMSP: 'new' }));
    expect((await lines()).map(({ kind, organizations }) => [kind, organizations])).to.deep.equal([
      ['channel.config', ['DataMSP', 'HrssMSP']],
      ['channel.config', ['ArchivesMSP', 'DataMSP']],
      ['channel.config', ['HrssMSP']],
    ]);
  });
});
