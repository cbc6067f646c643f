import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { credentials, ServerCredentials } from '@grpc/grpc-js';
import { expect } from 'chai';
import { departmentPaths, packageOf } from '@yici/network/testing';
import { LiveChannel } from '../conformance/audit/support/live-channel.js';
import { temporaryFolder } from '../support/fabric-network.js';
import { needsFabric } from '../support/fabric.js';
import { ImpostorChaincode, messageOf, messageType, playPeer } from '../support/peer/impostor.js';
import { rejection } from '../support/peer/rejection.js';

const department = 'finance';

/** As on the embedded engine: a local user without any key, on the host of one department's real peer. */
describe('attack on real Fabric: the chaincode’s port', function () {
  this.timeout(400_000);
  let directory: string;
  let live: LiveChannel;
  let port: number;
  let packageId: string;

  before(async function () {
    needsFabric(this, 'peer', 'orderer');
    directory = temporaryFolder();
    live = await LiveChannel.open(directory);
    ({ packageId } = packageOf(live.network.topology.chaincode));
    const own = live.network.topology.departments.find(({ id }) => id === department);
    port = own?.ports.chaincode ?? 0;
  });

  after(async () => {
    await (live as LiveChannel | undefined)?.close();
    if (directory) rmSync(directory, { recursive: true, force: true });
  });

  const put = () =>
    live.endorse({
      user: `${department}.clerk1`,
      name: 'put',
      args: ['colour', 'blue'],
      endorsers: [department],
    });

  const node = () => live.network.nodes().find(({ name }) => name === `chaincode.${department}`);

  const eventually = async (): Promise<void> => {
    const deadline = performance.now() + 120_000;
    for (;;) {
      try {
        await put();
        return;
      } catch (error) {
        if (performance.now() > deadline) throw error;
        await delay(200);
      }
    }
  };

  /** The chaincode's own names, by nobody whom the peer knows: a clerk's certificate and key of the very department. */
  const clerks = (): ServerCredentials => {
    const { certificate, key } = departmentPaths(directory, department).user(
      `${department}.clerk1`,
    ).tls;
    const pair = { private_key: readFileSync(key), cert_chain: readFileSync(certificate) };
    return ServerCredentials.createSsl(null, [pair]);
  };

  const cases: readonly (readonly [string, () => ServerCredentials])[] = [
    ['without TLS', () => ServerCredentials.createInsecure()],
    ['with a clerk’s certificate', clerks],
  ];
  for (const [how, server] of cases) {
    it(`does not make whoever binds it between two starts, ${how}, the department’s chaincode`, async () => {
      await eventually();
      const pid = node()?.pid;
      if (pid === undefined) expect.fail('the chaincode does not run');
      process.kill(pid, 'SIGKILL');
      const impostor = await ImpostorChaincode.bind({ port, packageId, credentials: server() });
      try {
        await rejection(put(), Error);
        expect(impostor.received).to.deep.equal([]);
      } finally {
        impostor.close();
      }
      await eventually();
    });
  }

  it('does not let anybody without the peer’s certificate talk to the chaincode, nor end it', async () => {
    await eventually();
    const { pid } = node() ?? {};
    const { chaincode, user } = departmentPaths(directory, department);
    const root = readFileSync(chaincode.root);
    const clerk = user(`${department}.clerk1`).tls;
    const strangers = [
      credentials.createInsecure(),
      credentials.createSsl(root),
      credentials.createSsl(root, readFileSync(clerk.key), readFileSync(clerk.certificate)),
    ];
    for (const stranger of strangers) {
      const keepAlive = messageOf(messageType.KEEPALIVE, new Uint8Array(0));
      const { received, refusal } = await playPeer(port, stranger, keepAlive);
      expect(received).to.deep.equal([]);
      expect(refusal).to.be.a('string');
    }
    expect(node()?.pid).to.equal(pid);
    await eventually();
  });

  it('has no key in what departments give each other to install', () => {
    const { bytes } = packageOf(live.network.topology.chaincode);
    const { chaincode } = departmentPaths(directory, department);
    const key = readFileSync(chaincode.client.key, 'utf8').split('\n')[1] ?? '';
    expect(Buffer.from(bytes).includes(key)).to.equal(false);
    const other = departmentPaths(directory, 'hrss').chaincode;
    expect(readFileSync(other.client.key, 'utf8')).to.not.include(key);
  });
});
