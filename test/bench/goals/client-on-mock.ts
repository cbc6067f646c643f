import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createOrganization } from '../../support/ledger/organization.js';
import { BareClient, type BareClientOptions } from '../support/bare-client.js';
import { alternate, ratioOf, spread } from '../support/measure.js';
import type { BenchOptions } from '../support/options.js';
import type { Report } from '../support/report.js';

const CLIENTS = 64;
const AMOUNT = 512;
const program = fileURLToPath(new URL('../support/instant-peer.js', import.meta.url));

/**
 * Goal 5 without a network: the gateway's way to a peer (its messages, signer and connection; no HTTP, no index) against
 * Fabric's own client as its documentation sets it up, both at a peer that answers at once.
 */
export async function measureClientOnMock(report: Report, { rounds }: BenchOptions): Promise<void> {
  const peer = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const clients: BareClient[] = [];
  try {
    const port = await createInterface({ input: peer.stdout })[Symbol.asyncIterator]().next();
    const given = await writer(`127.0.0.1:${String(port.value)}`);
    const open = (client: BareClientOptions['client']) => {
      const opened = new BareClient({ ...given, client });
      clients.push(opened);
      return opened;
    };
    const rate = (client: BareClient) => async () =>
      (AMOUNT * 1000) / (await client.send(CLIENTS, AMOUNT)).milliseconds;
    const sides = {
      ours: rate(open('yici')),
      stock: rate(open('stock')),
      node: rate(open('node')),
    };
    const rates = await alternate(sides, rounds);
    report.spread(`our client, instant peer, c=${CLIENTS}`, spread(rates.ours), 'tx/s');
    report.spread('  fabric-gateway as documented', spread(rates.stock), 'tx/s');
    report.spread('  fabric-gateway with node:crypto', spread(rates.node), 'tx/s');
    report.goal({
      goal: '5',
      what: 'gateway’s way to a peer / stock fabric-gateway client, instant peer',
      ratio: ratioOf(rates.ours, rates.stock),
      bound: { atLeast: 1.5 },
    });
  } finally {
    for (const each of clients) await each.close();
    const ended = once(peer, 'exit');
    peer.stdin.end();
    await ended;
  }
}

/** Somebody to write as. The peer asks for no proof, so that key and certificate need not belong together. */
async function writer(address: string): Promise<Omit<BareClientOptions, 'client'>> {
  const mspId = 'DataMSP';
  const { pem } = await (await createOrganization(mspId)).issue('data.clerk1', 'client');
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { address, mspId, certificatePem: pem, keyPem, channel: 'mock' };
}
