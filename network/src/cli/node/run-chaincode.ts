import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openEmbeddedNetwork } from '../../embedded/assembly/open.js';
import { NetworkError } from '../../errors.js';
import { writeIdentity } from '../../identity/export.js';
import { dataFolder } from '../../supervisor/data-folder.js';
import { allUsers } from '../../topology/nodes.js';
import type { TopologyInput } from '../../topology/schema.js';
import type { CommandContext, CommonOptions } from '../context.js';
import { describe } from './describe.js';
import { stopSignal } from '../signals.js';

export interface ChaincodeRunOptions extends CommonOptions {
  readonly name: string;
  readonly version: string;
  readonly channel: string;
  readonly orgs: number;
  readonly collections?: string;
  readonly policy?: string;
  readonly initRequired?: boolean;
  readonly address?: string;
  readonly packageId?: string;
}

/** Runs an external chaincode on a temporary network in a temporary folder until a signal, then removes everything. */
export async function runChaincode(
  context: CommandContext,
  folder: string | undefined,
  options: ChaincodeRunOptions,
): Promise<void> {
  const topology = topologyFor(folder, options);
  const kept = options.dir !== undefined;
  const directory = kept ? context.folder.root : mkdtempSync(join(tmpdir(), 'yici-chaincode-'));
  const stopped = stopSignal();
  try {
    const network = await openEmbeddedNetwork({
      topology,
      directory,
      listen: true,
      progress: context.output.progress,
    });
    const data = dataFolder(directory);
    const users = allUsers(network.topology).map(({ user }) => user.name);
    for (const user of users)
      writeIdentity(network.topology, data.root, user, join(data.identities, user));
    context.output.result(
      { ...network.running, identities: data.identities, users, chaincode: options.name },
      [
        ...describe(network.running),
        {
          zh: `链码 ${options.name} ${options.version} 已提交`,
          en: `chaincode ${options.name} ${options.version} is committed`,
        },
        {
          zh: `身份目录在 ${data.identities}：${users.join('、')}`,
          en: `identities in ${data.identities}: ${users.join(', ')}`,
        },
      ],
    );
    await stopped;
    await network.close();
  } finally {
    if (!kept) rmSync(directory, { recursive: true, force: true });
  }
}

/** Org1MSP, Org2MSP, … as Fabric's samples name them, so that their policies and collections fit. */
function topologyFor(folder: string | undefined, options: ChaincodeRunOptions): TopologyInput {
  if (folder === undefined && options.address === undefined) {
    throw new NetworkError('TOPOLOGY_INVALID', {
      zh: '请指明链码包的目录，或者以 --address 指明运行中的链码服务。',
      en: 'Name the folder of a chaincode package, or --address of a running one.',
    });
  }
  return {
    version: 1,
    channel: options.channel,
    allowNoFaultTolerance: true,
    departments: Array.from({ length: options.orgs }, (_unused, index) => organization(index + 1)),
    chaincode: {
      name: options.name,
      version: options.version,
      label: `${options.name}_${options.version}`,
      port: 0,
      // The chaincode may ask for the department of its peer.
      perDepartment: true,
      initRequired: options.initRequired ?? false,
      path: folder === undefined ? undefined : resolve(folder),
      address: options.address,
      // The developer's own server on this machine has no TLS; the peer's log warns about it.
      tls: options.address === undefined,
      packageId: options.packageId,
      policy: options.policy,
      collections: options.collections === undefined ? undefined : resolve(options.collections),
    },
  };
}

function organization(number: number): TopologyInput['departments'][number] {
  const id = `org${number}`;
  return {
    id,
    mspId: `Org${number}MSP`,
    name: { zh: `第${number}组织`, en: `Organisation ${number}` },
    level: 'city',
    regionCode: '331100',
    orderer: number === 1,
    ports: { peer: 0, chaincode: 0, ...(number === 1 ? { orderer: 0 } : {}) },
    users: [
      { name: `${id}.user1`, role: 'service' },
      { name: `${id}.admin`, role: 'admin' },
    ],
  };
}
