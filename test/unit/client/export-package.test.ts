import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalDigest, canonicalJson, type CaseEventRecord } from '@yici/domain/model';
import { packCase, type CaseSources } from '@yici/client';
import { verifyCaseExport, type LedgerPlace } from '@yici/client/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { bouncedCase } from './support/exported-case.js';
import { runYici } from '../../support/terminal.js';

let sources: CaseSources;
let place: LedgerPlace;

before(async () => {
  sources = await bouncedCase();
  place = {
    channel: 'yici',
    chaincode: 'yici',
    genesisHash: 'ab'.repeat(32),
    transactions: sources.events.map(({ txId }, index) => ({ txId, block: 10 + index, index: 0 })),
  };
});

describe('an export package', () => {
  const bytes = () => packCase(sources, place);
  const codes = (given: Uint8Array, head?: string) => [
    ...new Set(verifyCaseExport(given, head).findings.map(({ code }) => code)),
  ];
  const files = () => ({ ...unzipSync(bytes()) });

  /** The package again with a file changed, its digest in the manifest made right. */
  function repacked(change: (given: Record<string, Uint8Array>) => void): Uint8Array {
    const given = files();
    change(given);
    const manifest = JSON.parse(new TextDecoder().decode(given['manifest.json'])) as {
      files: { name: string; size: number; sha256: string }[];
    };
    const right = verifyCaseExport(zipSync(given)).findings.flatMap(({ code, file, detail }) =>
      code === 'FILE_DIFFERS'
        ? [[file, /sha256 ([0-9a-f]+)/.exec(detail)?.[1] ?? ''] as const]
        : [],
    );
    for (const [file, sha256] of right) {
      const entry = manifest.files.find(({ name }) => name === file)!;
      Object.assign(entry, { sha256, size: given[file]!.length });
    }
    return zipSync({ ...given, 'manifest.json': strToU8(JSON.stringify(manifest)) });
  }

  function withEvents(change: (events: CaseEventRecord[]) => CaseEventRecord[]): Uint8Array {
    const events = change(sources.events.map((event) => ({ ...event })));
    return repacked((given) => {
      given['events.json'] = strToU8(canonicalJson(events));
    });
  }

  it('holds, and names the head, every transaction and its block', () => {
    const { findings, manifest } = verifyCaseExport(bytes(), sources.record.head);
    expect(findings).to.deep.equal([]);
    expect(manifest).to.include({ head: sources.record.head, events: sources.events.length });
    expect(manifest!.transactions.map(({ txId, block }) => [txId, block])).to.deep.equal(
      place.transactions.map(({ txId, block }) => [txId, block]),
    );
  });

  it('is the same bytes at any time and in any time zone', () => {
    const once = bytes();
    const zone = process.env['TZ'];
    try {
      for (const other of ['America/Los_Angeles', 'Pacific/Auckland']) {
        process.env['TZ'] = other;
        expect(Buffer.from(bytes()).equals(once), other).to.equal(true);
      }
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });

  it('has no name that leads out of the folder it is unpacked into, whoever made it', () => {
    const listed = (alter: (manifest: { files: object[]; transactions: object[] }) => void) => {
      const given = files();
      const manifest = JSON.parse(new TextDecoder().decode(given['manifest.json'])) as Parameters<
        typeof alter
      >[0];
      alter(manifest);
      return { ...given, 'manifest.json': strToU8(JSON.stringify(manifest)) };
    };
    const sha256 = createHash('sha256').update('x').digest('hex');
    for (const name of ['../out', '/etc/out', 'a/../../out', '..', '.hidden', 'a\\b', '']) {
      const given = listed((manifest) => manifest.files.push({ name, size: 1, sha256 }));
      const found = verifyCaseExport(zipSync({ ...given, ...(name && { [name]: strToU8('x') }) }));
      expect(found.manifest, name).to.equal(undefined);
      expect(found.findings.map(({ code }) => code)).to.deep.equal(['FILE_MALFORMED']);
    }
    const named = listed(({ transactions }) => {
      Object.assign(transactions[0]!, { txId: '../../out' });
    });
    expect(codes(zipSync(named))).to.deep.equal(['FILE_MALFORMED']);
  });

  it('is found out when any file is changed, missing or added', () => {
    for (const name of Object.keys(files()).filter((one) => one !== 'manifest.json')) {
      const changed = files();
      changed[name] = strToU8(`${new TextDecoder().decode(changed[name])} `);
      expect(codes(zipSync(changed)), name).to.include('FILE_DIFFERS');
      const missing = Object.fromEntries(Object.entries(files()).filter(([key]) => key !== name));
      expect(codes(zipSync(missing)), name).to.include('FILE_MISSING');
    }
    expect(codes(zipSync({ ...files(), 'more.txt': strToU8('x') }))).to.deep.equal([
      'FILE_UNLISTED',
    ]);
    const bare = Object.fromEntries(
      Object.entries(files()).filter(([key]) => key !== 'manifest.json'),
    );
    expect(codes(zipSync(bare))).to.deep.equal(['FILE_MISSING']);
  });

  it('is found out when an event is changed, dropped or put elsewhere, with all digests made right', () => {
    expect(codes(withEvents((events) => events.filter(({ seq }) => seq !== 3)))).to.include(
      'CHAIN_BROKEN',
    );
    const altered = withEvents((events) =>
      events.map((event) =>
        event.seq === 3 ? { ...event, at: '2026-03-01T00:00:00.000Z' } : event,
      ),
    );
    expect(codes(altered)).to.include('CHAIN_BROKEN');
    expect(codes(withEvents((events) => [...events].reverse()))).to.include.members([
      'CHAIN_BROKEN',
      'TRANSACTIONS_DIFFER',
    ]);
  });

  it('is found out when a translation says something else, with all digests made right', () => {
    for (const name of ['case.json', 'case.xml']) {
      const forged = repacked((given) => {
        const text = new TextDecoder().decode(given[name]);
        given[name] = strToU8(text.replace('同意', '不同意'));
      });
      expect(codes(forged), name).to.deep.equal(['TRANSLATION_DIFFERS']);
    }
  });

  it('is found out when the matter is another, or the whole chain was written anew', () => {
    const matter = { ...sources.matter, content: { ...sources.matter.content, visits: 9 } };
    expect(codes(packCase({ ...sources, matter }, place))).to.deep.equal(['CASE_DIFFERS']);
    let prev = '0'.repeat(64);
    const events = sources.events.map((event) => {
      const linked = { ...event, prev, data: {} };
      prev = canonicalDigest(linked);
      return linked;
    });
    const rewritten = packCase(
      { ...sources, events, record: { ...sources.record, head: prev } },
      place,
    );
    // By itself it is consistent: only the ledger's own head tells.
    expect(codes(rewritten)).to.deep.equal([]);
    expect(codes(rewritten, sources.record.head)).to.deep.equal(['HEAD_DIFFERS']);
  });

  it('never breaks off over bad bytes', () => {
    expect(codes(strToU8('no zip'))).to.deep.equal(['ZIP_UNREADABLE']);
    const good = bytes();
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const bad = good.slice();
        bad[at]! ^= flip;
        verifyCaseExport(bad);
      }),
      { numRuns: 200 },
    );
    for (const name of ['events.json', 'records.json', 'manifest.json']) {
      expect(codes(zipSync({ ...files(), [name]: strToU8('{') })), name).to.include(
        'FILE_MALFORMED',
      );
    }
  });

  it('is not unpacked when it claims to be huge', () => {
    const huge = zipSync({ 'case.json': new Uint8Array(70 * 1024 * 1024) });
    expect(codes(huge)).to.deep.equal(['ZIP_UNREADABLE']);
  });

  it('is verified by the command without a gateway, exit code 1 when it does not hold', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'yici-export-'));
    try {
      const good = join(folder, 'good.zip');
      writeFileSync(good, bytes());
      const run = await runYici(['case', 'verify-export', good, '--head', sources.record.head]);
      expect(run.exitCode, run.notes.join()).to.equal(0);
      expect(run.out.join('\n')).to.include('导出包成立').and.include(sources.record.head);
      const other = await runYici(['case', 'verify-export', good, '--head', 'f'.repeat(64)]);
      expect(other.exitCode).to.equal(1);
      const json = await runYici(['case', 'verify-export', good, '--json']);
      expect(JSON.parse(json.out.join())).to.include({ holds: true });
      const none = await runYici(['case', 'verify-export', join(folder, 'none.zip')]);
      expect(none.exitCode).to.equal(2);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
