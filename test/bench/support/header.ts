import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ratePerSecond } from './measure.js';
import type { Report } from './report.js';

/** What the machine can do, measured in this run, because absolute figures move on shared machines. */
export interface Machine {
  readonly fdatasyncPerSecond: number;
  readonly verifyPerSecond: number;
  readonly signPerSecond: number;
  /** How much two workers verify compared with one. */
  readonly twoWorkerFactor: number;
}

const message = createHash('sha256').update('yici bench').digest();

export async function measureMachine(): Promise<Machine> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const signature = sign('sha256', message, privateKey);
  const verifyPerSecond = await ratePerSecond(4000, () => {
    verify('sha256', message, publicKey, signature);
  });
  const signPerSecond = await ratePerSecond(4000, () => {
    sign('sha256', message, privateKey);
  });
  const [one, two] = [await verifyInWorkers(1), await verifyInWorkers(2)];
  return {
    fdatasyncPerSecond: await fdatasyncRate(),
    verifyPerSecond,
    signPerSecond,
    twoWorkerFactor: two / one,
  };
}

/** The common header of every benchmark. */
export function printMachine(machine: Machine, report: Report): void {
  report.line(
    `${process.version} on ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}`,
  );
  report.figure('append 100 KiB + fdatasync', machine.fdatasyncPerSecond, '/s');
  report.figure('ECDSA P-256 verify', machine.verifyPerSecond, '/s');
  report.figure('ECDSA P-256 sign', machine.signPerSecond, '/s');
  report.figure('two workers against one', machine.twoWorkerFactor, 'x');
}

async function fdatasyncRate(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'yici-bench-'));
  const file = openSync(join(folder, 'append'), 'a');
  const chunk = Buffer.alloc(100 * 1024, 7);
  try {
    return await ratePerSecond(200, () => {
      writeSync(file, chunk);
      fdatasyncSync(file);
    });
  } finally {
    closeSync(file);
    rmSync(folder, { recursive: true });
  }
}

const workerSource = `
const { parentPort } = require('node:worker_threads');
const { generateKeyPairSync, sign, verify } = require('node:crypto');
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const message = Buffer.alloc(32, 1);
const signature = sign('sha256', message, privateKey);
parentPort.once('message', (times) => {
  for (let i = 0; i < times; i++) verify('sha256', message, publicKey, signature);
  parentPort.postMessage('done');
});
parentPort.postMessage('ready');
`;

async function verifyInWorkers(count: number): Promise<number> {
  const each = 4000;
  const workers = Array.from({ length: count }, () => new Worker(workerSource, { eval: true }));
  await Promise.all(workers.map(nextMessage));
  const start = performance.now();
  await Promise.all(
    workers.map((worker) => {
      const done = nextMessage(worker);
      worker.postMessage(each);
      return done;
    }),
  );
  const rate = (count * each * 1000) / (performance.now() - start);
  await Promise.all(workers.map((worker) => worker.terminate()));
  return rate;
}

function nextMessage(worker: Worker): Promise<unknown> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}
