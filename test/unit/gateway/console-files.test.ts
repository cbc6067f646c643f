import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { consoleRouter } from '@yici/gateway/testing';
import { expect } from 'chai';
import express from 'express';

const text = 'export const shown = "页面";\n'.repeat(50);

describe('the files of the console', () => {
  let folder: string;
  let server: Server;
  const file = (name: string) => join(folder, 'assets', name);
  const ask = (path: string, encoding: string) =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, {
      headers: { 'accept-encoding': encoding, accept: 'text/html' },
    });

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'yici-console-'));
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<!doctype html>');
    server = createServer(express().use(consoleRouter(folder)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  beforeEach(() => {
    writeFileSync(file('page-1.js'), text);
    writeFileSync(file('page-1.js.br'), brotliCompressSync(text));
  });

  after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true });
  });

  it('are sent as the build compressed them, to whoever takes that, and kept for good', async () => {
    const [small, plain] = [
      await ask('/assets/page-1.js', 'gzip, br'),
      await ask('/assets/page-1.js', 'identity'),
    ];
    expect(small.headers.get('content-encoding')).to.equal('br');
    expect(plain.headers.get('content-encoding')).to.equal(null);
    for (const answer of [small, plain]) {
      expect(answer.headers.get('content-type')).to.match(/^text\/javascript/);
      expect(answer.headers.get('cache-control')).to.match(/max-age=31536000.*immutable/);
      expect(answer.headers.get('vary')).to.equal('Accept-Encoding');
      expect(await answer.text()).to.equal(text);
    }
  });

  it('may be replaced by another build at any time, and no request for one that is gone ends the gateway', async () => {
    rmSync(file('page-1.js.br'));
    const plain = await ask('/assets/page-1.js', 'gzip, br');
    expect(plain.headers.get('content-encoding')).to.equal(null);
    expect(await plain.text()).to.equal(text);
    rmSync(file('page-1.js'));
    expect((await ask('/assets/page-1.js', 'gzip, br')).status).to.equal(404);
    writeFileSync(file('page-2.js'), text);
    expect((await ask('/assets/page-2.js', 'gzip, br')).status).to.equal(200);
    expect((await ask('/cases', 'gzip, br')).status).to.equal(200);
  });

  it('are said to fail where one is there and cannot be read, which nobody keeps', async () => {
    mkdirSync(file('page-3.js'), { recursive: true });
    const answer = await ask('/assets/page-3.js', 'identity');
    expect(answer.status).to.equal(500);
    expect(answer.headers.get('cache-control')).to.equal(null);
  });

  it('are those of its folder alone', async () => {
    for (const path of ['/assets/..%2Findex.html', '/assets/%2e%2e%2findex.html', '/assets/.x']) {
      expect((await ask(path, 'br')).status, path).to.be.oneOf([403, 404]);
    }
  });
});
