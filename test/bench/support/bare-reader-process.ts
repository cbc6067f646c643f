/**
 * The least a server of JSON from a store can be: node:http, and with a folder LevelDB's own read of the record that the
 * path names. It knows nobody, limits nothing and counts nothing. Usage: node bare-reader-process.js [folder of an index]
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Level } from 'level';

const [folder] = process.argv.slice(2);
const level =
  folder === undefined
    ? undefined
    : new Level<string, string>(folder, {
        createIfMissing: false,
        cacheSize: 32 * 1024 * 1024,
        maxFileSize: 16 * 1024 * 1024,
      });
await level?.open();
const prefix = '/v1/cases/'.length;
const nothing = JSON.stringify({ kind: 'nothing' });

const server = createServer((request, response) => {
  const number = request.url?.slice(prefix) ?? '';
  const text = level === undefined ? nothing : level.getSync(`r\u0000case\u0000${number}`);
  const body = text ?? '';
  response.writeHead(text === undefined ? 404 : 200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(body);
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
process.stdout.write(`http://127.0.0.1:${port}\n`);
process.once('SIGTERM', () => {
  server.close(() => {
    level?.close().catch(() => undefined);
  });
  server.closeAllConnections();
});
