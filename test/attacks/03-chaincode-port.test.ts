import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { credentials, ServerCredentials } from '@grpc/grpc-js';
import { expect } from 'chai';
import { openEmbeddedNetwork, type EmbeddedNetwork } from '@yici/network';
import {
  departmentPaths,
  NetworkError,
  packageOf,
  TransactionClient,
  type TopologyInput,
} from '@yici/network/testing';
import { writeForeignContract } from '../integration/topology/contracts.js';
import { rejection } from '../support/peer/rejection.js';
import {
  ImpostorChaincode,
  messageOf,
  messageType,
  playPeer,
  registration,
  type ChaincodeMessage,
} from '../support/peer/impostor.js';
import { smallTopology } from '../unit/topology/topologies.js';

/**
 * The attacker is a local user of the host without any key and without a right to the data folder. The chaincode's port is
 * anybody's: between two starts of its process, and for whoever connects to it.
 */
describe('attack: the chaincode’s port', function () {
  this.timeout(180_000);
  let directory: string;
  let topology: TopologyInput;
  let network: EmbeddedNetwork;
  let port: number;
  let packageId: string;

  const state = () => join(directory, 'state');
  const call = (...args: string[]) => ({
    chaincode: 'foreign',
    args: args.map((text) => Buffer.from(text)),
  });
  const client = async () =>
    new TransactionClient({
      channel: 'small',
      gateway: network.peer('AlphaMSP'),
      identity: await network.identity('alpha.clerk1'),
      now: () => new Date(),
    });
  const open = () => openEmbeddedNetwork({ topology, directory: state(), listen: false });

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'yici-port-'));
    const path = writeForeignContract(join(directory, 'contract'));
    topology = smallTopology({ chaincode: { name: 'foreign', path, port: 0 } });
    network = await open();
    ({ port } = network.topology.chaincode);
    ({ packageId } = packageOf(network.topology.chaincode));
    await (await client()).submit(call('put', 'colour', 'red'));
  });

  after(async () => {
    await network.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const answers = () =>
    eventually(async () => {
      await (await client()).evaluate(call('get', 'colour'));
    });

  /** Ends the chaincode's process and takes its port before the supervisor has started it again. */
  const usurp = async (server?: ServerCredentials): Promise<ImpostorChaincode> => {
    await answers();
    const { pid } = network.chaincode() ?? {};
    if (pid === undefined) expect.fail('the chaincode does not run');
    process.kill(pid, 'SIGKILL');
    return ImpostorChaincode.bind({ port, packageId, ...(server && { credentials: server }) });
  };

  /** A server certificate for the same names as the chaincode's, of an authority of the attacker's own. */
  const ownCertificate = (): ServerCredentials => {
    const [key, certificate] = ['own-key.pem', 'own.pem'].map((name) => join(directory, name));
    const subject = ['-subj', '/O=AlphaMSP/CN=chaincode.alpha', '-days', '9'];
    const names = ['-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    execFileSync('openssl', [
      ...['req', '-x509', ...kind, ...subject, ...names],
      ...['-keyout', key ?? '', '-out', certificate ?? ''],
    ]);
    return ServerCredentials.createSsl(null, [
      { private_key: readFileSync(key ?? ''), cert_chain: readFileSync(certificate ?? '') },
    ]);
  };

  const cases: readonly (readonly [string, () => ServerCredentials | undefined])[] = [
    ['without TLS', () => undefined],
    ['with a certificate of its own', ownCertificate],
  ];
  for (const [how, server] of cases) {
    it(`does not make whoever binds it between two starts, ${how}, the chaincode of anybody`, async () => {
      const height = network.height();
      const impostor = await usurp(server());
      try {
        await rejection((await client()).submit(call('put', 'colour', 'blue')), Error);
        expect(impostor.received).to.deep.equal([]);
        expect(network.height()).to.equal(height);
      } finally {
        impostor.close();
      }
      await eventually(async () => {
        await (await client()).submit(call('put', 'colour', 'green'));
      });
      const left = await (await client()).evaluate(call('get', 'impostor'));
      expect(Buffer.from(left).toString()).to.equal('');
    });
  }

  it('does not let anybody without the peer’s certificate talk to the chaincode, nor end it', async () => {
    await answers();
    const { pid } = network.chaincode() ?? {};
    const { chaincode, user } = departmentPaths(state(), 'alpha');
    const root = readFileSync(chaincode.root);
    const clerk = user('alpha.clerk1').tls;
    const strangers = [
      credentials.createInsecure(),
      credentials.createSsl(root),
      credentials.createSsl(root, readFileSync(clerk.key), readFileSync(clerk.certificate)),
    ];
    for (const stranger of strangers) {
      // fabric-shim ends its process at the first of these.
      const keepAlive = messageOf(messageType.KEEPALIVE, new Uint8Array(0));
      const { received, refusal } = await playPeer(port, stranger, keepAlive);
      expect(received).to.deep.equal([]);
      expect(refusal).to.be.a('string');
    }
    expect(network.chaincode()?.pid).to.equal(pid);
  });

  it('keeps the chaincode’s keys, and its peer’s, from everybody else on the host', () => {
    const { chaincode } = departmentPaths(state(), 'alpha');
    for (const file of [chaincode.key, chaincode.client.key]) {
      const mode = execFileSync('stat', ['-c', '%a', file]).toString().trim();
      expect(mode, file).to.equal('600');
    }
  });

  it('is not used when somebody holds it at the start: the start is refused', async () => {
    await network.close();
    const squatter = createServer((socket) => socket.destroy()).listen(port, '127.0.0.1');
    await once(squatter, 'listening');
    try {
      const refused = await rejection(open(), NetworkError);
      expect(refused.code).to.equal('PORT_IN_USE');
    } finally {
      squatter.close();
      await once(squatter, 'close');
      network = await open();
    }
  });
});

/** The attacker is whoever wrote a chaincode that a department approved: its process says anything. */
describe('attack: a chaincode that says what no chaincode says', function () {
  this.timeout(180_000);
  const packageId = 'wild_1.0:1';
  let directory: string;
  let impostor: ImpostorChaincode;
  let network: EmbeddedNetwork;
  let say: (message: ChaincodeMessage, send: (message: ChaincodeMessage) => void) => void;

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'yici-wild-'));
    const [port] = await freePort();
    const answer = (message: ChaincodeMessage, send: (message: ChaincodeMessage) => void) => {
      say(message, send);
    };
    impostor = await ImpostorChaincode.bind({ port, packageId, answer });
    say = () => undefined;
    network = await openEmbeddedNetwork({
      topology: smallTopology({
        chaincode: { name: 'wild', packageId, address: `127.0.0.1:${String(port)}`, tls: false },
      }),
      directory,
      listen: false,
    });
  });

  after(async () => {
    await network.close();
    impostor.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const garbage = Uint8Array.of(0xff, 0xff, 0xff, 0xff);
  const sayings: Readonly<Record<string, (about: ChaincodeMessage) => ChaincodeMessage>> = {
    'a registration that cannot be read': () => messageOf(messageType.REGISTER, garbage),
    'a second registration': () => registration(packageId),
    'a registration as another chaincode': () => registration('other:1'),
    'a message of no type': (about) => messageOf(99, garbage, about),
    'a message that only peers send': (about) => messageOf(messageType.READY, garbage, about),
    'a write that cannot be read': (about) => messageOf(messageType.PUT_STATE, garbage, about),
    'a range that cannot be read': (about) =>
      messageOf(messageType.GET_STATE_BY_RANGE, garbage, about),
    'a call of another chaincode that cannot be read': (about) =>
      messageOf(messageType.INVOKE_CHAINCODE, garbage, about),
    'an answer that cannot be read': (about) => messageOf(messageType.COMPLETED, garbage, about),
    'an answer to nothing': () => messageOf(messageType.COMPLETED, garbage),
  };
  for (const [what, made] of Object.entries(sayings)) {
    it(`ends its own call at most: ${what}`, async () => {
      say = (message, send) => {
        if (message.getType() !== messageType.TRANSACTION) return;
        send(made(message));
        // Where it is heard after that, the call ends as a chaincode ends it.
        send(messageOf(messageType.ERROR, Buffer.from('wild'), message));
      };
      const client = new TransactionClient({
        channel: 'small',
        gateway: network.peer('AlphaMSP'),
        identity: await network.identity('alpha.clerk1'),
        now: () => new Date(),
      });
      await rejection(client.evaluate({ chaincode: 'wild', args: [Buffer.from('do')] }), Error);
      // The process is there, and so is the ledger.
      expect(network.height()).to.equal(4n);
    });
  }
});

async function freePort(): Promise<readonly [number]> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return [typeof address === 'object' && address !== null ? address.port : 0];
}

async function eventually(work: () => Promise<void>): Promise<void> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    try {
      await work();
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await delay(100);
    }
  }
}
