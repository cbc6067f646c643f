/**
 * A client on a department's host: `client.js <rendered folder> <department> put <key> <value>` (tries again while too few
 * peers agree, as one that is just cut off is still asked, and while a peer that is just back knows too few others), `get <key> <value>` (waits for that value). Reaches its
 * department's own peer and nothing else.
 */
import { status } from '@grpc/grpc-js';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  departmentPaths,
  FabricPeer,
  hostname,
  peerAddress,
  readTls,
  readTopology,
  readUser,
  RpcError,
  TransactionClient,
} from '@yici/network/testing';
import { readFileSync } from 'node:fs';

const [folder = '', id = '', verb = '', key = '', value = ''] = process.argv.slice(2);
const topology = readTopology(join(folder, 'topology.yaml'));
const department = topology.departments.find((each) => each.id === id)!;
const paths = departmentPaths(folder, id);
const peer = new FabricPeer({
  address: peerAddress(department),
  tlsHostname: hostname(topology, department, 'peer0'),
  tlsRoot: readFileSync(paths.tlsca.certificate, 'utf8'),
  tlsClient: readTls(paths.user(`${id}.service1`).tls),
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
/**
 * gRPC's own numbers (google.rpc.Code), as RpcError.code is a number. Fabric's gateway answers ABORTED when too few endorsed,
 * and FAILED_PRECONDITION when discovery knows too few peers for the policy, as it does until gossip has heard of them again.
 */
const tooFewYet: readonly number[] = [status.ABORTED, status.FAILED_PRECONDITION];
const deadline = performance.now() + 60_000;

if (verb === 'put') {
  const started = performance.now();
  await put();
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

/** Nothing was sent when too few endorsed, so that it may be tried again; standard error tells who said what. */
async function put(): Promise<void> {
  for (;;) {
    try {
      await client.submit(call('put', key, value));
      return;
    } catch (error) {
      const isTransient = error instanceof RpcError && tooFewYet.includes(error.code);
      if (!isTransient || performance.now() > deadline) throw error;
      process.stderr.write(`${error.message}: ${JSON.stringify(error.details)}\n`);
      await delay(500);
    }
  }
}

/** A peer that is just catching up may not answer yet. */
async function get(): Promise<string> {
  try {
    return Buffer.from(await client.evaluate(call('get', key))).toString();
  } catch (error) {
    return `failed: ${String(error)}`;
  }
}
