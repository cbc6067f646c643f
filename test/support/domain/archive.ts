import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyArchive } from '@yici/client/testing';
import { expect } from 'chai';
import { commit, digestOf, filing } from '../../integration/gateway/support/story.js';
import { runYici } from '../terminal.js';
import { pdf, putDocument } from './documents.js';
import { refusal, type Stand } from './stand.js';

const kept = ['--retention', 'years30', '--retention-basis', '归档范围和保管期限表 3.2'];
const passed = ['authenticity', 'integrity', 'usability', 'security'].flatMap((check) => [
  `--${check}`,
  'true',
]);

interface Verified {
  readonly digest: string;
  readonly missing: readonly { readonly digest: string }[];
  readonly manifest: { readonly head: string; readonly genesisHash: string };
}

/** The package of a withdrawn case, its archiving, and the archive's receipt, on a stand that was seeded. Registers the tests. */
export function tellsArchiving(stand: () => Stand): void {
  const place = mkdtempSync(join(tmpdir(), 'yici-archive-'));
  const folder = join(place, 'package');
  let caseNo: string;
  let verified: Verified;
  after(() => {
    rmSync(place, { recursive: true });
  });

  const yici = async (user: string, ...args: string[]) => {
    const identity = stand().identityFolder(user);
    const options = ['--identity', identity, '--gateway', stand().api.urlOf(user)];
    return runYici([...args, ...options], { YICI_HOME: place });
  };
  const done = async (user: string, ...args: string[]) => {
    const run = await yici(user, ...args);
    expect(run.exitCode, [...run.out, ...run.notes].join('\n')).to.equal(0);
    return run.out.join('\n');
  };
  const waiting = async (user: string) => {
    const { json } = await stand().api.get(user, '/v1/inbox');
    const { items } = json as { items: { caseNo: string; todo: string }[] };
    return items.filter((item) => item.caseNo === caseNo).map(({ todo }) => todo);
  };

  before(async () => {
    const { api } = stand();
    await commit(api, 'supervision.head1', '/v1/departments/update', {
      claim: ['archives'],
    });
    for (const other of ['data', 'offices']) {
      const body = { functions: ['archives'] };
      await commit(api, `${other}.head1`, '/v1/departments/supervision/confirm', body);
    }
    // Each gateway keeps its own documents: this one is put in where the case is handled, and archived.
    const document = await putDocument(stand().at('offices'), 'data.clerk1', pdf);
    const materials = [{ code: 'application', document: document.at('digest') }];
    const filed = await commit(api, 'data.clerk1', '/v1/cases', { ...filing, materials });
    caseNo = filed.str('result.caseNo');
    await commit(api, 'offices.clerk1', `/v1/cases/${caseNo}/receive`, {});
    await commit(api, 'data.clerk1', `/v1/cases/${caseNo}/withdraw`, { reasonCode: 'notNeeded' });
  });

  it('makes one package with records, receipts and documents, which names what is missing, and verifies it', async () => {
    expect(await waiting('offices.clerk1')).to.deep.equal(['archive']);
    const out = await done('offices.clerk1', 'archive', 'make', caseNo, '--out', folder, '--json');
    verified = JSON.parse(out) as Verified;
    expect(readdirSync(folder).sort()).to.deep.equal([
      ...['case', 'documents', 'manifest.json', 'metadata.json', 'receipts'],
    ]);
    expect(readdirSync(join(folder, 'receipts'))).to.have.length(3);
    const [document = '', ...others] = readdirSync(join(folder, 'documents'));
    expect(others).to.deep.equal([]);
    expect(readFileSync(join(folder, 'documents', document)).equals(pdf)).to.equal(true);
    expect(verified.missing.map(({ digest }) => digest)).to.deep.equal([filing.form.digest]);
    const record = await stand().api.get('offices.clerk1', `/v1/cases/${caseNo}`);
    const ledger = ['--head', record.str('head'), '--pin', verified.manifest.genesisHash];
    const offline = ['archive', 'verify', folder, '--package', verified.digest, ...ledger];
    expect((await runYici(offline)).exitCode).to.equal(0);
    const again = await yici('offices.clerk1', 'archive', 'make', caseNo, '--out', folder);
    expect(again.exitCode, 'never overwrites').to.equal(2);
  });

  const damage: readonly [what: string, codes: readonly string[], (to: string) => void][] = [
    [
      'a byte of a document',
      ['FILE_DIFFERS', 'DOCUMENT_DIFFERS'],
      (to) => {
        flip(to, 'documents');
      },
    ],
    [
      'a byte of a receipt',
      ['FILE_DIFFERS', 'RECEIPT_REFUSED'],
      (to) => {
        flip(to, 'receipts');
      },
    ],
    [
      'a byte of the metadata',
      ['FILE_DIFFERS'],
      (to) => {
        flip(to, '', 'metadata.json');
      },
    ],
    [
      'a byte of the record',
      ['FILE_DIFFERS', 'TRANSLATION_DIFFERS'],
      (to) => {
        flip(to, 'case', 'case.xml');
      },
    ],
    [
      'a file that is missing',
      ['FILE_MISSING'],
      (to) => {
        rmSync(join(to, 'metadata.json'));
      },
    ],
    [
      'a file that was added',
      ['FILE_UNLISTED'],
      (to) => {
        writeFileSync(join(to, 'more'), 'x');
      },
    ],
    [
      'a link in place of nothing',
      ['FILE_UNLISTED'],
      (to) => {
        symlinkSync('/dev/null', join(to, 'l'));
      },
    ],
    [
      'no manifest',
      ['MANIFEST_UNREADABLE'],
      (to) => {
        rmSync(join(to, 'manifest.json'));
      },
    ],
    [
      'another manifest',
      ['PACKAGE_DIFFERS'],
      (to) => {
        reword(to, (text) => `${text} `);
      },
    ],
    [
      'a manifest that leaves a document out',
      ['PACKAGE_DIFFERS', 'DOCUMENTS_DIFFER'],
      (to) => {
        reword(to, (text) => without(text));
      },
    ],
    [
      'another salt of a document',
      ['PACKAGE_DIFFERS', 'DOCUMENT_DIFFERS'],
      (to) => {
        reword(to, (text) => text.replace(/"salt": "[^"]+"/, `"salt": "${'A'.repeat(43)}="`));
      },
    ],
  ];
  for (const [what, codes, spoil] of damage) {
    it(`finds ${what}`, async () => {
      const to = join(place, 'spoilt');
      cpSync(folder, to, { recursive: true });
      try {
        spoil(to);
        const { findings } = await verifyArchive(to, { package: verified.digest });
        expect(findings.map(({ code }) => code)).to.include.members([...codes]);
        expect(
          (await runYici(['archive', 'verify', to, '--package', verified.digest])).exitCode,
        ).to.equal(1);
        const archive = ['case', 'archive', caseNo, '--folder', to, ...kept];
        if (what !== 'another manifest')
          expect((await yici('offices.clerk1', ...archive)).exitCode).to.equal(1);
      } finally {
        rmSync(to, { recursive: true });
      }
    });
  }

  it('finds a package of another chain by its pin, and one of another state by its head', async () => {
    const ofAnother = await verifyArchive(folder, { pin: 'a'.repeat(64) });
    expect(new Set(ofAnother.findings.map(({ code }) => code))).to.deep.equal(
      new Set(['RECEIPT_REFUSED']),
    );
    const { findings } = await verifyArchive(folder, { head: 'a'.repeat(64) });
    expect(findings.map(({ code }) => code)).to.deep.equal(['HEAD_DIFFERS']);
  });

  it('goes onto the ledger by its manifest, to the archive, and is received there', async () => {
    const from = ['--folder', folder];
    await done('offices.clerk1', 'case', 'archive', caseNo, ...from, ...kept);
    expect(await waiting('offices.clerk1')).to.deep.equal([]);
    await done('offices.clerk1', 'case', 'transfer-archive', caseNo, ...from);
    expect(await waiting('supervision.head1')).to.deep.equal(['receiveArchive']);
    const bare = { package: { digestAlg: 'sha256', digest: verified.digest } };
    const checks = { authenticity: true, integrity: true, usability: false, security: true };
    const failed = { ...bare, ...checks, report: digestOf('report') };
    const path = `/v1/cases/${caseNo}`;
    const refused = await refusal(stand(), 'supervision.head1', `${path}/receive-archive`, failed);
    expect([refused.status, refused.at('code')]).to.deep.equal([422, 'CHECK_NOTE_MISSING']);
    const report = `sha256:${digestOf('report').digest}`;
    const receive = ['case', 'receive-archive', caseNo, ...from, ...passed, '--report', report];
    await done('supervision.head1', ...receive);
    expect(await waiting('supervision.head1')).to.deep.equal([]);
    const record = await stand().api.get('offices.clerk1', path);
    expect(record.at('state')).to.equal('WITHDRAWN');
    expect(record.at('archive.package')).to.deep.equal(bare.package);
    expect(record.at('archive.transfer.receipt.received')).to.equal(true);
    const shown = await done('supervision.head1', 'case', 'show', caseNo);
    for (const word of ['30年', '已接收', '省、市级馆']) expect(shown).to.include(word);
    expect((await yici('offices.clerk1', 'case', 'archive', caseNo, ...from)).exitCode).to.equal(1);
  });

  it('counts in the figures of what is archived and received', async () => {
    for (const figure of ['archived-rate', 'archive-received-rate']) {
      const { json } = await stand().api.get('supervision.supervisor1', `/v1/stats/${figure}`);
      expect(JSON.stringify(json), figure).to.match(/"numerator":[1-9]/);
    }
  });
}

/** Changes the middle byte of the first file, or the named one. */
function flip(to: string, below: string, name?: string): void {
  const file = join(to, below, name ?? readdirSync(join(to, below)).sort()[0]!);
  const bytes = readFileSync(file);
  bytes[Math.floor(bytes.length / 2)]! ^= 1;
  writeFileSync(file, bytes);
}

function reword(to: string, change: (text: string) => string): void {
  const file = join(to, 'manifest.json');
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

function without(text: string): string {
  const manifest = JSON.parse(text) as { documents: unknown[] };
  manifest.documents.pop();
  return JSON.stringify(manifest);
}
