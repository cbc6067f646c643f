import { parentPort } from 'node:worker_threads';
import { verifySignature } from '@yici/ledger';
import { READY, unpackChecks, type CheckBatch } from './check-batch.js';

/** Thread of `CheckWorkers`: receives batches of signature checks, returns one byte per check. */
parentPort?.on('message', (batch: CheckBatch) => {
  const results = Uint8Array.from(unpackChecks(batch), ({ key, message, signature }) =>
    verifySignature(key, message, signature) ? 1 : 0,
  );
  parentPort?.postMessage(results);
});
parentPort?.postMessage(READY);
