import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import {
  buildChaincodePackage,
  codeDigest,
  earlierIds,
  packageOf,
  storedGzip,
  supersedes,
} from '@yici/network/testing';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('a chaincode package', () => {
  const code = 'ab'.repeat(32);
  const build = () => buildChaincodePackage('yici_1.0', { tls: false, code });
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'yici-package-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is the same bytes wherever it is built, whatever zlib Node has, so departments agree on its id', () => {
    expect(build().packageId).to.equal(`yici_1.0:${sha256(build().bytes)}`);
    expect(sha256(build().bytes)).to.equal(
      '0429bf67ebbf786888ae2ac7f9927dea59a7f9b9e6885a66f730039eaa67e1f8',
    );
  });

  it('unpacks with tar into what the ccaas builder reads', () => {
    writeFileSync(join(folder, 'package.tgz'), build().bytes);
    execFileSync('tar', ['xzf', 'package.tgz'], { cwd: folder });
    execFileSync('tar', ['xzf', 'code.tar.gz'], { cwd: folder });
    const json = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
    expect(json('metadata.json')).to.deep.equal({ type: 'ccaas', label: 'yici_1.0' });
    expect(json('connection.json')).to.deep.equal({
      address: '{{.address}}',
      dial_timeout: '10s',
      tls_required: false,
      code_sha256: code,
    });
  });

  it('is another one when the chaincode serves TLS', () => {
    const secured = buildChaincodePackage('yici_1.0', { tls: true, code });
    expect(secured.packageId).not.to.equal(build().packageId);
  });

  it('takes the place of what earlier releases made of the label, and of nothing else', () => {
    const { packageId } = buildChaincodePackage('yici_1.0', { tls: true, code });
    for (const earlier of earlierIds('yici_1.0')) {
      expect(supersedes(packageId, earlier)).to.equal(true);
      expect(supersedes(packageId, earlier.replace('yici_1.0', 'yici_2.0'))).to.equal(false);
    }
    expect(supersedes(packageId, packageId)).to.equal(false);
    expect(supersedes(packageId, build().packageId)).to.equal(false);
  });

  for (const size of [0, 1, 65_535, 65_536, 200_001]) {
    it(`is packed as gzip has it, ${size} bytes too`, () => {
      const content = Buffer.alloc(size, 'yici');
      expect(gunzipSync(storedGzip(content)).equals(content)).to.equal(true);
    });
  }

  describe('of a folder', () => {
    const write = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
    };
    const id = () => packageOf({ label: 'made_1.0', tls: true, path: folder }).packageId;
    const manifest = { name: 'made', version: '1.0.0', main: 'index.js', dependencies: { a: '1' } };
    const lock = (resolved: string, integrity: string) =>
      JSON.stringify({
        packages: { '': { version: '1.0.0' }, 'node_modules/a': { resolved, integrity } },
      });

    beforeEach(() => {
      write('package.json', JSON.stringify(manifest));
      write('package-lock.json', lock('https://one.example/a.tgz', 'sha512-1'));
      write('index.js', 'module.exports.contracts = [];');
    });

    const same: readonly [string, () => void][] = [
      [
        'how its package.json is written',
        () => {
          write(
            'package.json',
            JSON.stringify({ ...manifest, version: '1.0.1', scripts: { a: 'b' } }, null, 2),
          );
        },
      ],
      [
        'where its packages were fetched',
        () => {
          write('package-lock.json', lock('https://two.example/a.tgz', 'sha512-1'));
        },
      ],
      [
        'what is no code',
        () => {
          write('README.md', 'read');
          write('index.js.map', '{}');
          write('tsconfig.json', '{}');
        },
      ],
      [
        'what npm installed',
        () => {
          mkdirSync(join(folder, 'node_modules/a'), { recursive: true });
          write('node_modules/a/index.js', 'a');
        },
      ],
    ];
    for (const [what, change] of same) {
      it(`does not depend on ${what}`, () => {
        const before = id();
        change();
        expect(id()).to.equal(before);
      });
    }

    const other: readonly [string, () => void][] = [
      [
        'a line of code is',
        () => {
          write('index.js', 'module.exports.contracts = [ ];');
        },
      ],
      [
        'a file is more',
        () => {
          mkdirSync(join(folder, 'lib'));
          write('lib/rule.js', '');
        },
      ],
      [
        'another file is what starts',
        () => {
          write('package.json', JSON.stringify({ ...manifest, main: 'other.js' }));
        },
      ],
      [
        'a package it depends on is',
        () => {
          write('package-lock.json', lock('https://one.example/a.tgz', 'sha512-2'));
        },
      ],
    ];
    for (const [what, change] of other) {
      it(`is another one when ${what} another`, () => {
        const before = id();
        change();
        expect(id()).to.not.equal(before);
      });
    }

    it('is the same in a copy of it', () => {
      const copy = `${folder}-copy`;
      cpSync(folder, copy, { recursive: true });
      try {
        expect(codeDigest(copy)).to.equal(codeDigest(folder));
      } finally {
        rmSync(copy, { recursive: true });
      }
    });
  });
});
