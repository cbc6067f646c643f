/**
 * A client on a department's host: `client.js <rendered folder> <department> put <key> <value>`, `get <key> <value>` (waits
 * for that value). Reaches its department's own peer and nothing else.
 */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  departmentPaths,
  FabricPeer,
  hostname,
  peerAddress,
  readTopology,
  readUser,
  TransactionClient,
} from '@yici/network';
import { readFileSync } from 'node:fs';

const [folder = '', id = '', verb = '', key = '', value = ''] = process.argv.slice(2);
const topology = readTopology(join(folder, 'topology.yaml'));
const department = topology.departments.find((each) => each.id === id)!;
const peer = new FabricPeer({
  address: peerAddress(department),
  tlsHostname: hostname(topology, department, 'peer0'),
  tlsRoot: readFileSync(departmentPaths(folder, id).tlsca.certificate, 'utf8'),
});
const client = new TransactionClient({
  channel: topology.channel,
  gateway: peer,
  identity: readUser(topology, folder, `${id}.service1`),
  now: () => new Date(),
});
const call = (...args: string[]) => ({
  chaincode: topology.chaincode.name,
  args: args.map((text) => Buffer.from(text)),
});
const deadline = performance.now() + 60_000;

if (verb === 'put') {
  const started = performance.now();
  await client.submit(call('put', key, value));
  process.stdout.write(`${Math.round(performance.now() - started)}\n`);
} else {
  let found = await get();
  while (found !== value && performance.now() < deadline) {
    await delay(100);
    found = await get();
  }
  process.stdout.write(`${found}\n`);
}
peer.close();

/** A peer that is just catching up may not answer yet. */
async function get(): Promise<string> {
  try {
    return Buffer.from(await client.evaluate(call('get', key))).toString();
  } catch (error) {
    return `failed: ${String(error)}`;
  }
}
