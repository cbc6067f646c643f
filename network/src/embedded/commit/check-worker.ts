import { parentPort } from 'node:worker_threads';
import { verifySignature } from '@yici/ledger';
import { READY, unpackChecks, type CheckBatch } from './check-batch.js';

/** The thread's side of `CheckWorkers`: batches of signature checks in, one byte a check out. */
parentPort?.on('message', (batch: CheckBatch) => {
  const results = Uint8Array.from(unpackChecks(batch), ({ key, message, signature }) =>
    verifySignature(key, message, signature) ? 1 : 0,
  );
  parentPort?.postMessage(results);
});
parentPort?.postMessage(READY);
