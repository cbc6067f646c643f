import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { expect } from 'chai';
import { findFabric } from '@yici/network/testing';
import { archiveFile, digestOf, release, tarGz } from '../../support/fabric-binaries/archive.js';
import { Cache, failure } from '../../support/fabric-binaries/cache.js';
import {
  breakOff,
  file,
  mirror,
  status,
  type Answer,
  type FileOptions,
  type Mirror,
} from '../../support/fabric-binaries/server.js';

// Not compressible, so that a cut falls into the middle of something.
const filling = Buffer.from(
  Array.from({ length: 400_000 }, (_, index) => (index * 2654435761) >>> 24),
);
const archive = tarGz(release({ name: 'config/filling', content: filling }));
const sha256 = digestOf(archive);
const half = Math.floor(archive.length / 2);

const command = join(
  dirname(createRequire(import.meta.url).resolve('@yici/network')),
  'bin',
  'yici-network.js',
);

describe('fabric install --mirror', () => {
  let cache: Cache;
  let server: Mirror | undefined;
  beforeEach(() => {
    cache = new Cache();
  });
  afterEach(async () => {
    await server?.close();
    cache.remove();
  });

  const serve = async (...answers: Answer[]): Promise<Mirror> => {
    await server?.close();
    server = await mirror(...answers);
    return server;
  };
  const from = (address: string, digest = sha256) =>
    cache.install({ mirror: address, sha256: digest });
  const parts = () => readdirSync(join(cache.root, 'downloads'));
  const arrived = (size: number) =>
    parts().some((name) => statSync(join(cache.root, 'downloads', name)).size === size);
  const cut = (bytes: Buffer, options: FileOptions = {}) =>
    file(bytes, { cutAfter: half, arrived, ...options });

  describe('a transfer', () => {
    it('installs the archive of this platform and says how far it is', async () => {
      const { url, asked } = await serve(file(archive));
      const { source } = await from(url);
      expect(source).to.equal('download');
      expect(asked).to.deep.equal([
        { path: `/fabric/${archiveFile()}`, range: undefined, ifRange: undefined },
      ]);
      expect(findFabric({ env: cache.env })?.directory).to.equal(cache.installed);
      expect(readFileSync(join(cache.installed, 'config/filling')).equals(filling)).to.equal(true);
      expect(cache.progress.join('\n'))
        .to.match(/MB \/ \d+\.\d MB {2}\d+%/)
        .and.to.contain('100%');
      expect(parts()).to.deep.equal([]);
    });

    it('is not made when the release is installed', async () => {
      const { url, asked } = await serve(file(archive));
      await from(url);
      expect((await from(url)).source).to.equal('present');
      expect(asked).to.have.length(1);
    });

    it('goes on where it was cut, in the same run', async () => {
      const { url, asked } = await serve(cut(archive), file(archive));
      await from(url);
      expect(asked.at(-1)).to.include({ range: `bytes=${half}-`, ifRange: '"v1"' });
      expect(findFabric({ env: cache.env })).to.not.equal(undefined);
    });

    it('goes on where it was cut, in the next run', async () => {
      const broken = await serve(cut(archive), status(503));
      await failure(from(broken.url), 'FABRIC_DOWNLOAD_FAILED');
      cache.expectNothing();
      expect(parts()).to.have.length(2);
      const { url, asked } = await serve(file(archive));
      await from(url);
      expect(asked).to.have.length(1);
      expect(asked[0]).to.include({ range: `bytes=${half}-`, ifRange: '"v1"' });
      expect(parts()).to.deep.equal([]);
    });

    it('goes on when all of it came before the connection broke', async () => {
      const unending: Answer = (_request, response) => {
        response.writeHead(200, { etag: '"v1"' });
        breakOff(response, archive, () => arrived(archive.length));
      };
      const { url, asked } = await serve(unending, file(archive));
      await from(url);
      expect(asked[1]?.range).to.equal(`bytes=${archive.length}-`);
      expect(findFabric({ env: cache.env })).to.not.equal(undefined);
    });

    it('starts over when the file on the server is another one meanwhile', async () => {
      const older = Buffer.alloc(archive.length, 'older');
      const { url, asked } = await serve(cut(older, { etag: '"v0"' }), file(archive));
      await from(url);
      expect(asked[1]).to.include({ range: `bytes=${half}-`, ifRange: '"v0"' });
    });

    it('starts over when what came is longer than the file', async () => {
      const longer = Buffer.concat([archive, archive]);
      const { url, asked } = await serve(
        cut(longer, { cutAfter: archive.length + 10 }),
        file(archive),
        file(archive),
      );
      await cache.install({ mirror: url, sha256 }, { transfer: { pauseMs: 1, retries: 3 } });
      expect(asked.at(-1)?.range).to.equal(undefined);
    });

    it('starts over with a server that knows no ranges', async () => {
      const plain: Answer = (request, response) => {
        delete request.headers.range;
        file(archive)(request, response);
      };
      const { url } = await serve(cut(archive), plain);
      await from(url);
      expect(findFabric({ env: cache.env })).to.not.equal(undefined);
    });

    it('asks for no range when nothing says which file a part is of', async () => {
      const nameless: Answer = (_request, response) => {
        response.writeHead(200, { 'content-length': archive.length });
        breakOff(response, archive.subarray(0, half), () => arrived(half));
      };
      const { url, asked } = await serve(nameless, file(archive));
      await from(url);
      expect(asked[1]?.range).to.equal(undefined);
    });

    it('follows a mirror that sends elsewhere', async () => {
      const { url, asked } = await serve(
        (_request, response) => response.writeHead(302, { location: '/moved' }).end(),
        file(archive),
      );
      await from(url);
      expect(asked.map(({ path }) => path)).to.deep.equal([`/fabric/${archiveFile()}`, '/moved']);
    });

    it('tries again when the server is busy, and says so', async () => {
      const { url, asked } = await serve(status(503), file(archive));
      await cache.install({ mirror: url, sha256 }, { transfer: { pauseMs: 1, retries: 2 } });
      expect(asked).to.have.length(2);
      expect(cache.progress.join('\n')).to.contain('503');
    });
  });

  describe('a transfer that fails', () => {
    it('is not tried again when the mirror has no such file', async () => {
      const { url, asked } = await serve(status(404));
      const error = await failure(
        cache.install({ mirror: url, sha256 }, { transfer: { pauseMs: 1, retries: 3 } }),
        'FABRIC_DOWNLOAD_FAILED',
      );
      expect(error.details['status']).to.equal(404);
      expect(asked).to.have.length(1);
      cache.expectNothing();
    });

    it('ends when nobody listens', async () => {
      const { url } = await serve(status(200));
      await server?.close();
      const error = await failure(from(url), 'FABRIC_DOWNLOAD_FAILED');
      expect(error.message).to.contain('ECONNREFUSED').and.to.contain('--archive');
      cache.expectNothing();
    });

    it('ends when the server falls silent', async () => {
      const { url } = await serve(file(archive, { stallAfter: half }), status(503));
      await failure(
        cache.install(
          { mirror: url, sha256 },
          { transfer: { pauseMs: 1, retries: 1, silenceMs: 100 } },
        ),
        'FABRIC_DOWNLOAD_FAILED',
      );
      cache.expectNothing();
    });

    it('ends when the server sends more than a release can be, and keeps none of it', async () => {
      const { url, asked } = await serve(file(archive));
      await failure(
        cache.install(
          { mirror: url, sha256 },
          { transfer: { pauseMs: 1, retries: 3, most: half } },
        ),
        'FABRIC_DOWNLOAD_FAILED',
      );
      expect(asked).to.have.length(1);
      expect(parts()).to.deep.equal([]);
      cache.expectNothing();
    });

    it('leaves nothing when the digest is another one', async () => {
      const other = tarGz(release({ name: 'bin/backdoor', content: 'x' }));
      const { url } = await serve(file(other));
      const error = await failure(from(url), 'FABRIC_DIGEST_MISMATCH');
      expect(error.details).to.include({ expected: sha256, found: digestOf(other) });
      expect(parts()).to.deep.equal([]);
      cache.expectNothing();
      await from((await serve(file(archive))).url);
    });

    it('leaves nothing when a mirror has another archive under the official name', async () => {
      const { url } = await serve(file(archive));
      await failure(cache.install({ mirror: url }), 'FABRIC_DIGEST_MISMATCH');
      cache.expectNothing();
    });

    it('leaves nothing when the archive itself is cut short and says nothing of it', async () => {
      const { url } = await serve(file(archive.subarray(0, half)));
      await failure(from(url), 'FABRIC_DIGEST_MISMATCH');
      await failure(from(url, digestOf(archive.subarray(0, half))), 'FABRIC_ARCHIVE_INVALID');
      cache.expectNothing();
    });
  });

  describe('several at once', () => {
    it('make one transfer, within a process', async () => {
      const { url, asked } = await serve(file(archive));
      const reports = await Promise.all([from(url), from(url), from(url)]);
      expect(reports.map(({ source }) => source).sort()).to.deep.equal([
        'download',
        'present',
        'present',
      ]);
      expect(asked).to.have.length(1);
    });

    it('make one transfer, as processes', async () => {
      const { url, asked } = await serve(file(archive));
      const runs = await Promise.all([1, 2, 3].map(() => finished(start(cache, url))));
      expect(runs.map(({ code }) => code)).to.deep.equal([0, 0, 0]);
      const sources = runs.map(({ out }) => (JSON.parse(out) as { source: string }).source);
      expect(sources.sort()).to.deep.equal(['download', 'present', 'present']);
      expect(asked).to.have.length(1);
    });

    it('one that is killed leaves nothing in the way of the next', async () => {
      const { url, asked } = await serve(file(archive, { stallAfter: half }), file(archive));
      const first = start(cache, url);
      await saying(first.stderr, '%');
      first.kill('SIGKILL');
      await once(first, 'close');
      cache.expectNothing();
      const { code, out } = await finished(start(cache, url));
      expect(code).to.equal(0);
      expect(JSON.parse(out)).to.include({ source: 'download', directory: cache.installed });
      expect(asked).to.have.length(2);
    });
  });

  describe('on a full disk', function () {
    let small: string;
    beforeEach(async function () {
      small = join(cache.folder, 'small');
      mkdirSync(small);
      // A disk of its own is a mount, which not every system lets a test make.
      if ((await onSmallDisk('true')).code !== 0) this.skip();
    });

    const onSmallDisk = (line: string) =>
      finished(
        spawn(
          'unshare',
          ['-rm', 'sh', '-c', `mount -t tmpfs -o size=200k none "$XDG_CACHE_HOME" && ${line}`],
          { env: { ...process.env, XDG_CACHE_HOME: small }, stdio: ['ignore', 'pipe', 'pipe'] },
        ),
      );
    const install = (...args: string[]) =>
      onSmallDisk(
        `{ "${process.execPath}" "${command}" fabric install ${args.join(' ')}; echo "code $?"; ls "$XDG_CACHE_HOME/yici/fabric"; ls -d "$XDG_CACHE_HOME"/yici/fabric/.unpack* ; true; }`,
      );

    it('leaves nothing of what did not fit', async () => {
      const path = join(cache.folder, 'archive.tar.gz');
      writeFileSync(path, archive);
      const { out, err } = await install('--archive', path, '--sha256', sha256);
      expect(err).to.contain('FABRIC_DISK_FULL');
      expect(out.trim().split('\n')).to.deep.equal(['code 3', 'run']);
    });

    it('leaves no more than a part of the transfer', async () => {
      const { url } = await serve(file(archive));
      const { out, err } = await install('--mirror', url, '--sha256', sha256);
      expect(err).to.contain('FABRIC_DISK_FULL');
      expect(out.trim().split('\n')).to.deep.equal(['code 3', 'downloads', 'run']);
    });
  });
});

function start(cache: Cache, url: string): ChildProcess {
  const args = ['fabric', 'install', '--json', '--mirror', url, '--sha256', sha256];
  return spawn(process.execPath, [command, ...args], {
    env: { ...process.env, ...cache.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

async function finished(child: ChildProcess): Promise<Finished> {
  let out = '';
  let err = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

/** Until a stream has said this. */
async function saying(stream: Readable | null, words: string): Promise<void> {
  let said = '';
  for await (const text of stream?.setEncoding('utf8') ?? []) {
    said += String(text);
    if (said.includes(words)) return;
  }
  expect.fail(`ended without ${words}: ${said}`);
}
