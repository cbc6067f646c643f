import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import {
  acceptsConnections,
  departmentPaths,
  freePorts,
  type Department,
  type PreparedNetwork,
} from '@yici/network/testing';
import { expect } from 'chai';
import { fabricTool } from '../../conformance/genesis/fabric.js';
import type { Service } from './lab.js';

const run = promisify(execFile);
const host = '127.0.0.1';
/** Loopback only: what a machine has for proxies is none of these processes' business. */
const { PATH = '', HOME = '' } = process.env;

export interface NativeOptions {
  readonly prepared: PreparedNetwork;
  readonly packageBytes: Uint8Array;
  readonly chaincode: Pick<Service, 'address' | 'tls'>;
}

/**
 * Fabric's own peers and orderer as processes, on the keys and the genesis block of a prepared folder: what the
 * embedded peer is compared with.
 */
export class NativeNetwork {
  readonly #options: NativeOptions;
  readonly #directory: string;
  readonly #children: ChildProcess[] = [];

  constructor(options: NativeOptions) {
    this.#options = options;
    this.#directory = join(options.prepared.folder.root, 'native');
  }

  async start(): Promise<void> {
    const { prepared } = this.#options;
    mkdirSync(this.#directory, { recursive: true });
    const packageFile = join(this.#directory, 'chaincode.tgz');
    writeFileSync(packageFile, this.#options.packageBytes);
    await this.#startOrderer();
    for (const department of prepared.topology.departments) {
      await this.#startPeer(department);
      await this.cli(department, ['channel', 'join', '-b', prepared.folder.genesis]);
      await this.cli(department, ['lifecycle', 'chaincode', 'install', packageFile]);
    }
  }

  addressOf(mspId: string): string {
    const found = this.#options.prepared.topology.departments.find((one) => one.mspId === mspId);
    return `${host}:${found?.ports.peer ?? 0}`;
  }

  /** Runs Fabric's `peer` command as the department's administrator; gives what it printed. */
  async cli(department: Department, args: readonly string[]): Promise<string> {
    const { tls } = departmentPaths(this.#options.prepared.folder.root, department.id).peer;
    const { msp } = departmentPaths(this.#options.prepared.folder.root, department.id).user(
      `${department.id}.admin`,
    );
    const { stdout, stderr } = await run(fabricTool('peer'), [...args], {
      env: {
        PATH,
        HOME,
        FABRIC_CFG_PATH: configFolder(),
        FABRIC_LOGGING_SPEC: 'error',
        CORE_PEER_TLS_ENABLED: 'true',
        CORE_PEER_TLS_ROOTCERT_FILE: tls.root,
        CORE_PEER_ADDRESS: `${host}:${department.ports.peer}`,
        CORE_PEER_LOCALMSPID: department.mspId,
        CORE_PEER_MSPCONFIGPATH: msp.folder,
      },
    });
    return stdout + stderr;
  }

  async close(): Promise<void> {
    await Promise.all(
      this.#children.map(async (child) => {
        if (child.exitCode === null && child.signalCode === null) {
          const ended = once(child, 'exit');
          child.kill('SIGKILL');
          await ended;
        }
      }),
    );
  }

  async #startOrderer(): Promise<void> {
    const { prepared } = this.#options;
    const [first] = prepared.topology.departments;
    const [admin = 0, operations = 0] = await freePorts(2);
    const port = first?.ports.orderer ?? 0;
    const { msp, tls } = departmentPaths(prepared.folder.root, first?.id ?? '').orderer;
    const data = join(this.#directory, 'orderer');
    this.#spawn('orderer', [], {
      ORDERER_GENERAL_LISTENADDRESS: host,
      ORDERER_GENERAL_LISTENPORT: String(port),
      ORDERER_GENERAL_LOCALMSPID: first?.mspId ?? '',
      ORDERER_GENERAL_LOCALMSPDIR: msp.folder,
      ORDERER_GENERAL_TLS_ENABLED: 'true',
      ORDERER_GENERAL_TLS_PRIVATEKEY: tls.key,
      ORDERER_GENERAL_TLS_CERTIFICATE: tls.certificate,
      ORDERER_GENERAL_TLS_ROOTCAS: `[${tls.root}]`,
      ORDERER_GENERAL_CLUSTER_CLIENTCERTIFICATE: tls.certificate,
      ORDERER_GENERAL_CLUSTER_CLIENTPRIVATEKEY: tls.key,
      ORDERER_GENERAL_CLUSTER_ROOTCAS: `[${tls.root}]`,
      ORDERER_GENERAL_BOOTSTRAPMETHOD: 'none',
      ORDERER_CHANNELPARTICIPATION_ENABLED: 'true',
      ORDERER_FILELEDGER_LOCATION: data,
      ORDERER_CONSENSUS_WALDIR: join(data, 'wal'),
      ORDERER_CONSENSUS_SNAPDIR: join(data, 'snap'),
      ORDERER_OPERATIONS_LISTENADDRESS: `${host}:${operations}`,
      ORDERER_ADMIN_LISTENADDRESS: `${host}:${admin}`,
    });
    await listening(admin);
    await this.#joinOrderer(admin);
    await listening(port);
  }

  async #joinOrderer(admin: number): Promise<void> {
    const form = new FormData();
    const block = new Blob([new Uint8Array(this.#options.prepared.genesisBlock)]);
    form.set('config-block', block, 'genesis.block');
    const url = `http://${host}:${admin}/participation/v1/channels`;
    const answer = await fetch(url, { method: 'POST', body: form });
    expect(answer.status, await answer.text()).to.equal(201);
  }

  async #startPeer(department: Department): Promise<void> {
    const { id, mspId, ports } = department;
    const [chaincode = 0, operations = 0] = await freePorts(2);
    const { msp, tls } = departmentPaths(this.#options.prepared.folder.root, id).peer;
    const address = `${host}:${ports.peer}`;
    const data = join(this.#directory, id);
    const builder = join(dirname(configFolder()), 'builders', 'ccaas');
    this.#spawn('peer', ['node', 'start'], {
      CORE_PEER_TLS_ENABLED: 'true',
      CORE_PEER_TLS_CERT_FILE: tls.certificate,
      CORE_PEER_TLS_KEY_FILE: tls.key,
      CORE_PEER_TLS_ROOTCERT_FILE: tls.root,
      CORE_PEER_ID: `peer0.${id}`,
      CORE_PEER_ADDRESS: address,
      CORE_PEER_LISTENADDRESS: address,
      CORE_PEER_CHAINCODEADDRESS: `${host}:${chaincode}`,
      CORE_PEER_CHAINCODELISTENADDRESS: `${host}:${chaincode}`,
      CORE_PEER_GOSSIP_EXTERNALENDPOINT: address,
      CORE_PEER_GOSSIP_BOOTSTRAP: address,
      CORE_PEER_LOCALMSPID: mspId,
      CORE_PEER_MSPCONFIGPATH: msp.folder,
      CORE_OPERATIONS_LISTENADDRESS: `${host}:${operations}`,
      CORE_PEER_FILESYSTEMPATH: data,
      CORE_LEDGER_SNAPSHOTS_ROOTDIR: join(data, 'snapshots'),
      CORE_VM_ENDPOINT: '',
      CORE_CHAINCODE_EXTERNALBUILDERS: `[{name: ccaas, path: ${builder}, propagateEnvironment: [CHAINCODE_AS_A_SERVICE_BUILDER_CONFIG]}]`,
      CHAINCODE_AS_A_SERVICE_BUILDER_CONFIG: JSON.stringify({
        address: this.#options.chaincode.address,
        root_cert: this.#options.chaincode.tls.rootCert,
        client_cert: this.#options.chaincode.tls.clientCert,
        client_key: this.#options.chaincode.tls.clientKey,
      }),
    });
    await listening(ports.peer);
  }

  #spawn(tool: 'peer' | 'orderer', args: readonly string[], env: Record<string, string>): void {
    const name = env['CORE_PEER_ID'] ?? tool;
    const log = openSync(join(this.#directory, `${name}.log`), 'a');
    const child = spawn(fabricTool(tool), [...args], {
      cwd: this.#directory,
      stdio: ['ignore', log, log],
      env: { PATH, HOME, FABRIC_CFG_PATH: configFolder(), FABRIC_LOGGING_SPEC: 'info', ...env },
    });
    closeSync(log);
    this.#children.push(child);
  }
}

async function eventually(what: string, check: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!(await check())) {
    if (performance.now() > deadline) {
      expect.fail(`not in time: ${what}`);
    }
    await delay(50);
  }
}

function listening(port: number): Promise<void> {
  return eventually(`something listens on ${port}`, () => acceptsConnections(port));
}

function configFolder(): string {
  return join(dirname(dirname(fabricTool('peer'))), 'config');
}
