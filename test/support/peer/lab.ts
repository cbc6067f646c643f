import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createPrivateKey } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, credentials, type ChannelCredentials } from '@grpc/grpc-js';
import {
  connect,
  signers,
  type Contract,
  type Gateway,
  type Network,
} from '@hyperledger/fabric-gateway';
import { createSigner, encodeIdentity, tlsCertHash } from '@yici/ledger';
import { dataFolder } from '@yici/network';
import {
  ChaincodeProcess,
  departmentPaths,
  freePorts,
  openChannelLedger,
  openEmbeddedPeer,
  packageOf,
  prepareFolder,
  readTls,
  readUser,
  resolveTopology,
  type ChannelLedger,
  type DepartmentPaths,
  type EmbeddedPeer,
  type IdentityFiles,
  type PreparedNetwork,
} from '@yici/network/testing';
import { approveArgs, commitArgs, type TestDefinition } from './definition.js';
import { labDepartments, labTopology, mspOf, type LabDepartment } from './lab-topology.js';

const quiet = { info: () => undefined, warn: () => undefined };
const host = '127.0.0.1';

const labFolder = fileURLToPath(new URL('../../../fixtures/chaincode/peer-lab', import.meta.url));
const packageLabelled = (label: string) => packageOf({ label, tls: true, path: labFolder });
const { packageId, bytes } = packageLabelled('peer-lab_1.0');
export const labPackage = packageId;
export const labPackageBytes = bytes;
/** The same code in a process of its own, there when a suite asks for it. */
export const secondPackage = packageLabelled('peer-lab_2.0').packageId;
export const labChannel = 'lab';

export interface LabOptions {
  readonly clock?: () => Date;
  readonly executeTimeoutMs?: number;
  readonly dialTimeoutMs?: number;
  /** Runs the second process too. */
  readonly second?: boolean;
}

/** A Fabric client of one user at one department's peer, over gRPC and TLS. */
export interface LabClient {
  readonly gateway: Gateway;
  readonly network: Network;
  contract(chaincode: string): Contract;
}

/**
 * Three departments' peers and the orderer in this process, listening, with the lab chaincode in a process of its own;
 * clients are unmodified `@hyperledger/fabric-gateway`. Definitions are for each suite to deploy.
 */
export class Lab {
  readonly prepared: PreparedNetwork;
  readonly directory: string;
  readonly chaincode: ChaincodeProcess;
  readonly chaincodeAddress: string;
  /** How a peer reaches the first chaincode process. */
  readonly service: Service;
  readonly #services: readonly Service[];
  #ledger: ChannelLedger;
  #peer: EmbeddedPeer;
  readonly #options: LabOptions;
  readonly #clients: { close(): void }[] = [];

  private constructor(
    parts: Pick<Lab, 'prepared' | 'directory' | 'ledger' | 'peer'>,
    services: readonly Service[],
    first: Service,
    options: LabOptions,
  ) {
    this.prepared = parts.prepared;
    this.directory = parts.directory;
    this.chaincode = first.process;
    this.chaincodeAddress = first.address;
    this.service = first;
    this.#ledger = parts.ledger;
    this.#peer = parts.peer;
    this.#services = services;
    this.#options = options;
  }

  static async open(options: LabOptions = {}): Promise<Lab> {
    const directory = await mkdtemp(join(tmpdir(), 'yici-peer-'));
    const folder = dataFolder(directory);
    const topology = await resolveTopology({ topology: labTopology }, folder);
    const prepared = prepareFolder(topology, folder, new Date());
    const first = await startService(directory, labPackage);
    const services = options.second
      ? [first, await startService(directory, secondPackage)]
      : [first];
    const ledger = await openLedger(prepared, options);
    const peer = await openPeer(prepared, ledger, services, options);
    return new Lab({ prepared, directory, ledger, peer }, services, first, options);
  }

  get ledger(): ChannelLedger {
    return this.#ledger;
  }

  get peer(): EmbeddedPeer {
    return this.#peer;
  }

  user(name: string): IdentityFiles {
    return readUser(this.prepared.topology, this.directory, name);
  }

  /** The address of a department's peer that clients use. */
  addressOf(department: LabDepartment): string {
    return this.#peer.addresses.peers.get(mspOf[department]) ?? '';
  }

  /** A client for `user` (its department's clerk unless named) at that department's peer. */
  client(
    department: LabDepartment = 'archive',
    user = `${department}.clerk1`,
    address = this.addressOf(department),
  ): LabClient {
    const channel = this.channel(department, address);
    const { mspId, certificatePem, keyPem } = this.user(user);
    const gateway = connect({
      client: channel,
      identity: { mspId, credentials: Buffer.from(certificatePem) },
      signer: signers.newPrivateKeySigner(createPrivateKey(keyPem)),
      tlsClientCertificateHash: tlsCertHash(readTls(this.tlsOf(department)).certificatePem),
    });
    this.#clients.push(gateway);
    const network = gateway.getNetwork(labChannel);
    return { gateway, network, contract: (chaincode) => network.getContract(chaincode) };
  }

  /** A gRPC channel with mutual TLS to a department's peer. */
  channel(department: LabDepartment, address = this.addressOf(department)): Client {
    const client = new Client(address, this.credentials(department));
    this.#clients.push(client);
    return client;
  }

  /** How a department's clerk reaches its peer. */
  credentials(department: LabDepartment): ChannelCredentials {
    const { rootPem, keyPem, certificatePem } = readTls(this.tlsOf(department));
    const [root, key, certificate] = [rootPem, keyPem, certificatePem].map((pem) =>
      Buffer.from(pem),
    );
    return credentials.createSsl(root ?? null, key, certificate);
  }

  /** Files of the certificate that connections to a department's peer show, its clerk's. */
  tlsOf(department: LabDepartment): DepartmentPaths['peer']['tls'] {
    return departmentPaths(this.directory, department).user(`${department}.clerk1`).tls;
  }

  /** Approves a definition as every department and commits it, through `_lifecycle` transactions. */
  async deploy(
    definition: TestDefinition,
    packageId = labPackage,
    approving: readonly LabDepartment[] = labDepartments,
  ): Promise<void> {
    for (const department of approving) {
      await this.lifecycle(department).submit('ApproveChaincodeDefinitionForMyOrg', {
        arguments: [approveArgs(definition, packageId)],
        endorsingOrganizations: [mspOf[department]],
      });
    }
    await this.lifecycle('archive').submit('CommitChaincodeDefinition', {
      arguments: [commitArgs(definition)],
      endorsingOrganizations: approving.map((department) => mspOf[department]),
    });
  }

  /** The lifecycle chaincode as a department's administrator sees it. */
  lifecycle(department: LabDepartment): Contract {
    return this.client(department, `${department}.admin`).contract('_lifecycle');
  }

  /** Closes peer and ledger and opens them again on the same folder. */
  async restart(): Promise<void> {
    this.#closeClients();
    await this.#peer.close();
    await this.#ledger.close();
    this.#ledger = await openLedger(this.prepared, this.#options);
    this.#peer = await openPeer(this.prepared, this.#ledger, this.#services, this.#options);
  }

  async close(): Promise<void> {
    this.#closeClients();
    await this.#peer.close();
    await this.#ledger.close();
    await Promise.all(this.#services.map((service) => service.process.close()));
    await rm(this.directory, { recursive: true, force: true });
  }

  #closeClients(): void {
    for (const client of this.#clients.splice(0)) {
      client.close();
    }
  }
}

export interface Service {
  readonly packageId: string;
  readonly address: string;
  readonly process: ChaincodeProcess;
  readonly tls: {
    readonly rootCert: string;
    readonly clientCert: string;
    readonly clientKey: string;
    readonly serverName: string;
  };
}

async function startService(directory: string, packageId: string): Promise<Service> {
  const [port = 0] = await freePorts(1);
  const logFile = join(directory, `${packageId.replace(':', '-')}.log`);
  const tls = departmentPaths(directory, 'archive').chaincode;
  const process = new ChaincodeProcess({ folder: labFolder, port, packageId, logFile, tls }, quiet);
  await process.start();
  const { rootPem, certificatePem, keyPem } = readTls({ ...tls, ...tls.client });
  return {
    packageId,
    address: `${host}:${port}`,
    process,
    tls: {
      rootCert: rootPem,
      clientCert: certificatePem,
      clientKey: keyPem,
      serverName: 'localhost',
    },
  };
}

function openLedger(prepared: PreparedNetwork, options: LabOptions): Promise<ChannelLedger> {
  const msp = departmentPaths(prepared.folder.root, 'archive').orderer.msp;
  return openChannelLedger(
    {
      directory: prepared.folder.embedded,
      channel: labChannel,
      genesisBlock: prepared.genesisBlock,
      orderer: {
        identity: encodeIdentity(mspOf.archive, readFileSync(msp.certificate)),
        sign: createSigner(readFileSync(msp.key, 'utf8')),
      },
    },
    options.clock ? { clock: options.clock } : {},
  );
}

function openPeer(
  prepared: PreparedNetwork,
  ledger: ChannelLedger,
  services: readonly Service[],
  options: LabOptions,
): Promise<EmbeddedPeer> {
  const listen = { host, port: 0 };
  const { root } = prepared.folder;
  const orderer = departmentPaths(root, 'archive').orderer.tls;
  return openEmbeddedPeer({
    ledger,
    peers: new Map(
      labDepartments.map((department) => {
        const { msp, tls } = departmentPaths(root, department).peer;
        const node = {
          identity: encodeIdentity(mspOf[department], readFileSync(msp.certificate)),
          sign: createSigner(readFileSync(msp.key, 'utf8')),
          tls: tlsOf(tls),
          listen,
        };
        return [mspOf[department], node];
      }),
    ),
    orderer: { listen, tls: tlsOf(orderer) },
    chaincodes: services.map(({ packageId, address, tls }) => ({ packageId, address, tls })),
    packagesDirectory: join(root, 'packages'),
    ...options,
  });
}

function tlsOf(paths: { certificate: string; key: string }): { cert: string; key: string } {
  return { cert: readFileSync(paths.certificate, 'utf8'), key: readFileSync(paths.key, 'utf8') };
}
