import type { ChannelConfig } from '@yici/ledger';
import type { Text } from '@yici/terminal';
import { settingsOf } from '../channel/settings.js';
import { RpcError } from '../embedded/services/rpc-error.js';
import { NetworkError } from '../errors.js';
import { configAt, definitionAt } from '../fabric/channel/definition.js';
import {
  approvalsEverywhere,
  approveAt,
  approvedPackageAt,
  isOther,
  sequenceOnChannel,
} from '../fabric/channel/deploy.js';
import { hasApproved } from '../fabric/channel/agreements.js';
import { installPackage } from '../fabric/channel/install.js';
import { untilDefinedAt, untilLevel, untilUsable } from '../fabric/channel/ready.js';
import type { AdminSession } from '../fabric/channel/department.js';
import { isTransient } from '../fabric/grpc/status-details.js';
import { retrying } from '../retry.js';
import { packageOf } from '../lifecycle/chaincode-code.js';
import type { ChaincodeDefinition } from '../lifecycle/definition.js';
import { submitCommit } from '../lifecycle/deploy.js';
import { dataFolder } from '../supervisor/data-folder.js';
import { readDepartmentFolder } from './department-file.js';
import { withSession } from './host.js';

/** The first approval waits for a quorum of the other departments' orderers, which their operators start independently. */
const quorumWithin = 120_000;

/** What a department approved, or what the channel has. */
export interface Agreement {
  readonly department: string;
  readonly chaincode: Pick<ChaincodeDefinition, 'name' | 'version' | 'sequence'>;
  readonly packageId: string;
  /** False when nothing had to be done. */
  readonly changed: boolean;
  /** Whether the chaincode must start again: what runs is the package of the definition before. */
  readonly restart?: boolean;
}

/**
 * Installs the chaincode's package at the department's own peer and approves the definition of the folder's topology
 * with the department's own key. Also needed after the channel has committed it: a department that joined later must
 * approve before its own peer can run the chaincode. Idempotent.
 * @throws NetworkError PACKAGE_DIFFERS, APPROVAL_REFUSED, PEER_REFUSED, ACCESS_DENIED
 */
export async function approveAsDepartment(
  directory: string,
  progress: (text: Text) => void,
): Promise<Agreement> {
  const host = readDepartmentFolder(dataFolder(directory));
  const made = packageOf(host.topology.chaincode);
  return await withSession(host, async (session) => {
    await untilLevel(session, host.topology.channel, progress);
    const definition = await definitionAt(session, host.topology);
    progress({
      zh: `正在 ${host.department.id} 的节点安装 ${made.packageId}`,
      en: `Installing ${made.packageId} at the peer of ${host.department.id}`,
    });
    await retrying(() => installPackage(session, made), isTransient, quorumWithin);
    const approved = await approvedPackageAt(session, host.topology.channel, definition);
    refuseOther(session, approved, made.packageId);
    // A peer that was set up anew does not know any more which package its department approved; Fabric refuses that twice.
    const forgotten = approved === undefined && (await hasApproved(session, definition));
    const changed = approved !== made.packageId && !forgotten;
    if (changed) {
      progress({
        zh: `${host.department.id} 批准 ${definition.name} ${definition.version}`,
        en: `${host.department.id} approves ${definition.name} ${definition.version}`,
      });
      const approve = () => approveAt(session, { definition, package: made }, approved);
      await retrying(approve, isTransient, quorumWithin);
    }
    return agreement(host.department.id, definition, made.packageId, changed);
  });
}

function refuseOther(session: AdminSession, approved: string | undefined, packageId: string): void {
  if (!isOther(approved, packageId)) return;
  const message = {
    zh: `${session.mspId} 对该序号批准的是 ${approved}，本机的代码为 ${packageId}。`,
    en: `${session.mspId} approved ${approved} for this sequence; the code here makes ${packageId}.`,
  };
  throw new NetworkError('PACKAGE_DIFFERS', message, {
    details: { packageId, different: [{ mspId: session.mspId, packageId: approved }] },
  });
}

/**
 * Commits the definition when enough departments have approved it, endorsed by their peers and signed by this
 * department's administrator; then waits until it can be used from here, unless that takes another chaincode than the one that
 * runs. Idempotent.
 * @throws NetworkError APPROVALS_MISSING with the departments that approved and those that did not, CHANNEL_NOT_READY;
 * otherwise the gateway's error
 */
export async function commitAsDepartment(
  directory: string,
  progress: (text: Text) => void,
): Promise<Agreement> {
  const host = readDepartmentFolder(dataFolder(directory));
  const { topology, department, folder } = host;
  return await withSession(host, async (session) => {
    const definition = await definitionAt(session, topology);
    const committed = await sequenceOnChannel(session, definition.name);
    const changed = committed < definition.sequence;
    const { packageId } = packageOf(topology.chaincode);
    const before = { name: definition.name, sequence: committed };
    const served = await approvedPackageAt(session, topology.channel, before);
    if (changed) {
      progress({
        zh: `正在提交 ${definition.name} ${definition.version}`,
        en: `Committing ${definition.name} ${definition.version}`,
      });
      const config = await configAt(session, topology.channel);
      const commit = () => commitApproved(config, session, definition);
      await retrying(commit, isTransient, quorumWithin);
    }
    if (changed && isOther(served, packageId)) {
      await untilDefinedAt(definition, session);
      return { ...agreement(department.id, definition, packageId, changed), restart: true };
    }
    progress({
      zh: `等待 ${department.id} 的节点可使用 ${definition.name}`,
      en: `Waiting until ${definition.name} can be used at the peer of ${department.id}`,
    });
    await untilUsable(definition, [session], folder);
    return agreement(department.id, definition, packageId, changed);
  });
}

async function commitApproved(
  config: ChannelConfig,
  session: AdminSession,
  definition: ChaincodeDefinition,
): Promise<void> {
  const found = await approvalsEverywhere(session.client, definition);
  const of = (state: boolean) => [...found].filter(([, each]) => each === state).map(([id]) => id);
  const [approved, missing] = [of(true), of(false)];
  const needed = approvalsNeeded(config, found.size);
  if (approved.length < needed) throw tooFew({ approved, missing, needed });
  try {
    await commitWith(session, definition, approved);
  } catch (error) {
    // A department that approved may be unreachable during the commit; the others may be enough.
    const reachable = approved.filter((mspId) => !named(error).includes(mspId));
    if (reachable.length === approved.length || reachable.length < needed) throw error;
    await commitWith(session, definition, reachable);
  }
}

/** The administrator of this department signs; the peers of all given departments endorse. */
function commitWith(
  { client }: AdminSession,
  definition: ChaincodeDefinition,
  mspIds: readonly string[],
): Promise<void> {
  return submitCommit(
    mspIds.map((mspId) => ({ mspId, client })),
    definition,
  );
}

function named(error: unknown): string[] {
  return error instanceof RpcError ? error.details.map(({ mspId }) => mspId) : [];
}

/**
 * How many of the channel's departments an implicit meta policy wants, by the channel itself: a host's topology may be behind. A
 * signature policy is left to the channel to judge.
 */
function approvalsNeeded(config: ChannelConfig, departments: number): number {
  const [rule] = settingsOf(config).policies.lifecycleEndorsement.split(' ');
  if (rule === 'ALL') return departments;
  return rule === 'MAJORITY' ? Math.floor(departments / 2) + 1 : 1;
}

function tooFew(details: {
  readonly approved: readonly string[];
  readonly missing: readonly string[];
  readonly needed: number;
}): NetworkError {
  const { approved, missing, needed } = details;
  return new NetworkError(
    'APPROVALS_MISSING',
    {
      zh: `须 ${needed} 个部门批准，已批准 ${approved.length} 个；尚未批准：${missing.join('、')}。由其执行 yici-network node approve，之后再次提交。`,
      en: `${approved.length} of ${needed} departments have approved; not yet: ${missing.join(', ')}. They run yici-network node approve; then commit again.`,
    },
    { details },
  );
}

function agreement(
  department: string,
  { name, version, sequence }: ChaincodeDefinition,
  packageId: string,
  changed: boolean,
): Agreement {
  return { department, chaincode: { name, version, sequence }, packageId, changed };
}
