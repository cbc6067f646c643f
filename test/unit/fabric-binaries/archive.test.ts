import {
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { findFabric } from '@yici/network/testing';
import {
  bytesOf,
  digestOf,
  executable,
  program,
  release,
  tar,
  tarGz,
  type Member,
} from '../../support/fabric-binaries/archive.js';
import { Cache, failure } from '../../support/fabric-binaries/cache.js';

describe('fabric install --archive', () => {
  let cache: Cache;
  beforeEach(() => {
    cache = new Cache();
  });
  afterEach(() => {
    cache.remove();
  });

  const read = (path: string) => readFileSync(join(cache.installed, path), 'utf8');
  const mode = (path: string) => statSync(join(cache.installed, path)).mode & 0o7777;

  describe('a whole archive', () => {
    it('becomes an installation with programs that run and files that do not', async () => {
      const { installation, source } = await cache.installBytes(tarGz(release()));
      expect(source).to.equal('archive');
      expect(installation.directory).to.equal(cache.installed);
      expect(findFabric({ env: cache.env })?.bin('peer')).to.equal(installation.bin('peer'));
      expect(mode('bin/peer') & 0o111).to.not.equal(0);
      expect(mode('config/core.yaml') & 0o111).to.equal(0);
      expect(read('config/core.yaml')).to.equal('peer:\n');
      expect(readdirSync(cache.root).sort()).to.deep.equal(['3.1.5', 'run']);
    });

    it('never gives a program the rights of its owner', async () => {
      await cache.installBytes(
        tarGz(release({ name: 'bin/tool', content: '#!/bin/sh\n', mode: '0006777' })),
      );
      expect(mode('bin/tool') & 0o7022).to.equal(0);
    });

    it('may use long names of GNU tar and of pax, and a folder that begins with ./', async () => {
      const long = `config/${'long-'.repeat(30)}name.yaml`;
      const pax = `config/${'pax-'.repeat(30)}name.yaml`;
      const record = `path=${pax}\n`;
      const size = record.length + 4;
      await cache.installBytes(
        tarGz([
          { name: './', type: '5' },
          { name: 'pax_global_header', type: 'g', content: '13 comment=a\n' },
          ...release(),
          { name: '././@LongLink', type: 'L', content: `${long}\0` },
          { name: long.slice(0, 100), content: 'gnu' },
          { name: 'PaxHeaders/x', type: 'x', content: `${size} ${record}` },
          { name: 'short', content: 'pax' },
          { name: './config/dotted.yaml', content: 'dotted' },
        ]),
      );
      expect([read(long), read(pax), read('config/dotted.yaml')]).to.deep.equal([
        'gnu',
        'pax',
        'dotted',
      ]);
    });

    it('may hold links that stay within it', async () => {
      await cache.installBytes(
        tarGz([
          ...release(),
          { name: 'bin/latest', type: '2', target: '../bin/peer' },
          { name: 'bin/same', type: '1', target: 'bin/orderer' },
        ]),
      );
      expect(readlinkSync(join(cache.installed, 'bin/latest'))).to.equal('../bin/peer');
      expect(read('bin/same')).to.equal(program());
    });

    it('is unpacked alike however its stream is cut into pieces', async () => {
      const big = Buffer.alloc(3_000_001, 'yici');
      await cache.installBytes(tarGz(release({ name: 'bin/big', content: big })));
      expect(digestOf(readFileSync(join(cache.installed, 'bin/big')))).to.equal(digestOf(big));
    });
  });

  describe('an archive that would reach out of its folder', () => {
    const refused: Readonly<Record<string, readonly Member[]>> = {
      'a path with ..': [{ name: '../evil', content: 'x' }],
      'a path with .. inside': [{ name: 'bin/../../evil', content: 'x' }],
      'an absolute path': [{ name: '/tmp/yici-evil', content: 'x' }],
      'a path of Windows': [{ name: 'C:/evil', content: 'x' }],
      'a path with a backslash': [{ name: 'bin\\..\\evil', content: 'x' }],
      'a long name with ..': [
        { name: 'x', type: 'L', content: '../evil\0' },
        { name: 'bin/fine', content: 'x' },
      ],
      'a pax name with ..': [
        { name: 'x', type: 'x', content: '16 path=../evil\n' },
        { name: 'bin/fine', content: 'x' },
      ],
      'a link to an absolute path': [{ name: 'config/evil', type: '2', target: '/etc/passwd' }],
      'a link to the outside': [{ name: 'config/evil', type: '2', target: '../../downloads' }],
      'a link to the folder itself': [{ name: 'config/evil', type: '2', target: '..' }],
      // As text it stays within `a`; by way of `loop`, which stays within too, it does not.
      'a link that leaves by way of another': [
        { name: 'a/b/loop', type: '2', target: '..' },
        { name: 'evil', type: '2', target: 'a/b/loop/../../downloads' },
      ],
      'a link to nothing': [{ name: 'config/evil', type: '2', target: 'nowhere' }],
      'a link to itself': [{ name: 'config/evil', type: '2', target: 'evil' }],
      'a file below a link': [
        { name: 'door', type: '2', target: '..' },
        { name: 'door/evil', content: 'x' },
      ],
      'a link instead of a folder': [
        { name: 'BIN', type: '2', target: '..' },
        { name: 'bin/evil', content: 'x' },
      ],
      'a hard link to the outside': [{ name: 'evil', type: '1', target: '../downloads' }],
      'a hard link to an absolute path': [{ name: 'evil', type: '1', target: '/etc/passwd' }],
      'a hard link to a link': [
        { name: 'one', type: '2', target: 'bin/peer' },
        { name: 'two', type: '1', target: 'one' },
      ],
      'a character device': [{ name: 'evil', type: '3' }],
      'a block device': [{ name: 'evil', type: '4' }],
      'a pipe': [{ name: 'evil', type: '6' }],
      'a type that nobody knows': [{ name: 'evil', type: 'Z' }],
    };

    for (const [what, members] of Object.entries(refused)) {
      it(`is refused for ${what}`, async () => {
        mkdirSync(cache.root, { recursive: true });
        writeFileSync(join(cache.root, 'downloads'), 'untouched');
        await failure(
          cache.installBytes(tarGz([...release(), ...members])),
          'FABRIC_ARCHIVE_UNSAFE',
        );
        cache.expectNothing();
        expect(existsSync('/tmp/yici-evil')).to.equal(false);
        expect(readFileSync(join(cache.root, 'downloads'), 'utf8')).to.equal('untouched');
      });
    }

    it('is refused for a name that is in it twice, also in other letters', async () => {
      for (const name of ['bin/peer', 'bin/PEER']) {
        const members = [...release(), executable(name, 'other')];
        await failure(cache.installBytes(tarGz(members)), 'FABRIC_ARCHIVE_UNSAFE');
        cache.expectNothing();
      }
    });
  });

  describe('an archive that is not whole', () => {
    const whole = tar(release());
    const refused: Readonly<Record<string, Buffer>> = {
      'no gzip file': Buffer.from('<html>not found</html>'),
      'an empty file': Buffer.alloc(0),
      'a gzip file cut in the middle': gzipSync(whole).subarray(0, 300),
      'a gzip file without its last byte': gzipSync(whole).subarray(0, -1),
      'a gzip file with a wrong checksum': flipped(gzipSync(whole), -6),
      'a tar without its end mark': gzipSync(whole.subarray(0, -1024)),
      'a tar cut within a file': gzipSync(whole.subarray(0, 512 + 512 + 5)),
      'a tar that goes on after its end mark': gzipSync(
        Buffer.concat([whole, bytesOf({ name: 'bin/more' })]),
      ),
      'a damaged header': gzipSync(flipped(whole, 3)),
      'a size that is no number': gzipSync(withSize('0000000zzzz\0')),
      'a release without builders': tarGz(
        release().filter(({ name }) => !name.startsWith('builders')),
      ),
      'a release below another folder': tarGz(
        release().map((member) => ({ ...member, name: `fabric/${member.name}` })),
      ),
      'a peer that is not executable': tarGz(release({ name: 'bin/peer', content: program() })),
    };

    for (const [what, bytes] of Object.entries(refused)) {
      it(`is refused: ${what}`, async () => {
        await failure(cache.installBytes(bytes), 'FABRIC_ARCHIVE_INVALID');
        cache.expectNothing();
      });
    }

    it('is refused when it unpacks to more than a release can be', async () => {
      const bomb = tarGz(release({ name: 'bin/bomb', content: Buffer.alloc(1_000_000) }));
      const limits = { bytes: 900_000, members: 100 };
      await failure(cache.installBytes(bomb, { limits }), 'FABRIC_ARCHIVE_INVALID');
      cache.expectNothing();
    });

    it('is refused when it has more members than a release can have', async () => {
      const limits = { bytes: 900_000, members: 5 };
      await failure(cache.installBytes(tarGz(release()), { limits }), 'FABRIC_ARCHIVE_INVALID');
      cache.expectNothing();
    });
  });

  describe('an archive that is another one', () => {
    it('is refused without its digest, because it is not the official one', async () => {
      const archive = join(cache.folder, 'archive.tar.gz');
      writeFileSync(archive, tarGz(release()));
      const error = await failure(cache.install({ archive }), 'FABRIC_DIGEST_MISMATCH');
      expect(error.details['expected']).to.match(/^[0-9a-f]{64}$/);
      cache.expectNothing();
      expect(existsSync(archive)).to.equal(true);
    });

    it('is refused with another digest, before a byte of it is unpacked', async () => {
      const archive = join(cache.folder, 'archive.tar.gz');
      writeFileSync(archive, tarGz([{ name: '../evil', content: 'x' }]));
      const sha256 = 'ab'.repeat(32);
      await failure(cache.install({ archive, sha256 }), 'FABRIC_DIGEST_MISMATCH');
      cache.expectNothing();
    });

    it('is refused when there is no such file', async () => {
      const archive = join(cache.folder, 'nowhere.tar.gz');
      await failure(cache.install({ archive }), 'FABRIC_ARCHIVE_INVALID');
      cache.expectNothing();
    });

    it('takes a digest in capital letters', async () => {
      const bytes = tarGz(release());
      const archive = join(cache.folder, 'archive.tar.gz');
      writeFileSync(archive, bytes);
      const sha256 = digestOf(bytes).toUpperCase();
      expect((await cache.install({ archive, sha256 })).source).to.equal('archive');
    });

    it('is refused when its programs are of another version', async () => {
      for (const name of ['bin/peer', 'bin/orderer']) {
        const bytes = tarGz(release(executable(name, program('v2.5.9'))));
        const error = await failure(cache.installBytes(bytes), 'FABRIC_VERSION_MISMATCH');
        expect(error.details).to.include({ wanted: '3.1.5', found: '2.5.9' });
        cache.expectNothing();
      }
    });

    it('is refused when its programs are for another platform', async () => {
      const bytes = tarGz(release(executable('bin/peer', program('v3.1.5', 'plan9/mips'))));
      const error = await failure(cache.installBytes(bytes), 'FABRIC_PLATFORM_MISMATCH');
      expect(error.details['found']).to.equal('plan9/mips');
      cache.expectNothing();
    });

    it('is refused when its programs do not run here', async () => {
      const strange = Buffer.from('cffaedfe0c00000100000000', 'hex');
      const bytes = tarGz(release(executable('bin/peer', strange)));
      await failure(cache.installBytes(bytes), 'FABRIC_PLATFORM_MISMATCH');
      cache.expectNothing();
    });

    it('is refused on a platform without one unless its digest is told', async () => {
      const platform = { os: 'plan9', arch: 'mips' };
      const archive = join(cache.folder, 'archive.tar.gz');
      writeFileSync(archive, tarGz(release()));
      await failure(cache.install({ archive }, { platform }), 'FABRIC_PLATFORM_UNSUPPORTED');
      await failure(cache.install({}, { platform }), 'FABRIC_PLATFORM_UNSUPPORTED');
      cache.expectNothing();
    });
  });

  it('replaces what is there and cannot be used', async () => {
    mkdirSync(join(cache.installed, 'bin'), { recursive: true });
    writeFileSync(join(cache.installed, 'bin', 'peer'), 'half a peer');
    await cache.installBytes(tarGz(release()));
    expect(read('bin/peer')).to.equal(program());
    expect(readdirSync(cache.root).sort()).to.deep.equal(['3.1.5', 'run']);
  });

  it('replaces programs of another version that are in its place', async () => {
    await cache.installBytes(tarGz(release()));
    writeFileSync(join(cache.installed, 'bin', 'peer'), program('v3.1.4'));
    expect((await cache.installBytes(tarGz(release()))).source).to.equal('archive');
    expect(read('bin/peer')).to.equal(program());
  });

  it('says by code that the cache cannot be made', async () => {
    mkdirSync(join(cache.folder, 'cache'));
    writeFileSync(join(cache.folder, 'cache', 'yici'), 'a file');
    await failure(cache.installBytes(tarGz(release())), 'DATA_FOLDER_UNUSABLE');
  });
});

describe('fabric install --bin-dir', () => {
  let cache: Cache;
  let binaries: string;
  beforeEach(async () => {
    cache = new Cache();
    // Installed as another user would have it, then moved where an operator keeps programs.
    const other = new Cache();
    await other.installBytes(tarGz(release()));
    binaries = join(cache.folder, 'opt');
    symlinkSync(other.folder, join(cache.folder, 'other'));
    mkdirSync(binaries);
    for (const part of ['bin', 'builders', 'config']) {
      symlinkSync(join(other.installed, part), join(binaries, part));
    }
    folders.push(other);
  });
  afterEach(() => {
    cache.remove();
    for (const other of folders.splice(0)) other.remove();
  });
  const folders: Cache[] = [];

  it('uses what is there, from then on and for every project', async () => {
    const { source } = await cache.install({ binDir: join(binaries, 'bin') });
    expect(source).to.equal('binDir');
    expect(findFabric({ env: cache.env })?.directory).to.equal(binaries);
    expect((await cache.install({})).source).to.equal('present');
    expect(existsSync(cache.installed)).to.equal(false);
  });

  it('takes the folder above the programs too', async () => {
    const { installation } = await cache.install({ binDir: binaries });
    expect(installation.bin('orderer')).to.equal(join(binaries, 'bin', 'orderer'));
  });

  it('refuses a folder without a release in it, and names what it lacks', async () => {
    const error = await failure(
      cache.install({ binDir: join(cache.folder, 'empty') }),
      'FABRIC_NOT_INSTALLED',
    );
    expect(error.details['missing']).to.include(join(cache.folder, 'empty', 'peer'));
    cache.expectNothing();
  });

  it('refuses programs of another version', async () => {
    writeFileSync(join(binaries, 'bin', 'peer'), program('v2.5.0'));
    await failure(cache.install({ binDir: binaries }), 'FABRIC_VERSION_MISMATCH');
    cache.expectNothing();
  });

  it('gives way to an install when the folder is gone', async () => {
    await cache.install({ binDir: join(binaries, 'bin') });
    for (const other of folders) other.remove();
    expect(findFabric({ env: cache.env })).to.equal(undefined);
    await cache.installBytes(tarGz(release()));
    expect(findFabric({ env: cache.env })?.directory).to.equal(cache.installed);
  });
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  const index = at < 0 ? copy.length + at : at;
  copy[index] = (copy[index] ?? 0) ^ 0x01;
  return copy;
}

/** A tar whose only header has this text as its size, and a right checksum. */
function withSize(text: string): Buffer {
  const bytes = tar([{ name: 'bin/peer' }]);
  bytes.write(text, 124, 'latin1');
  bytes.write('        ', 148);
  const sum = bytes.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return bytes;
}
