import { setTimeout as delay } from 'node:timers/promises';
import { peer } from '@hyperledger/fabric-protos';
import type { Text } from '@yici/terminal';
import { issueAt } from '@yici/terminal/issues';
import { RpcError } from '../../embedded/services/rpc-error.js';
import { NetworkError } from '../../errors.js';
import { labelOf, supersedes, type ChaincodePackage } from '../../lifecycle/chaincode-package.js';
import type { ChaincodeDefinition } from '../../lifecycle/definition.js';
import {
  approvals,
  submitApproval,
  submitCommit,
  committedDefinition,
} from '../../lifecycle/deploy.js';
import type { TransactionClient } from '../../lifecycle/client.js';
import type { AdminSession } from './department.js';
import { isTransient } from '../grpc/status-details.js';
import { named, nodeMessage } from '../grpc/named.js';
import { callSystemChaincode } from '../grpc/system-call.js';
import { retrying } from '../../retry.js';
import { topologyInvalid } from '../../topology/load.js';
import { installPackage } from './install.js';

const { lifecycle } = peer;

export interface Deployment {
  readonly channel: string;
  readonly sessions: readonly AdminSession[];
  readonly definition: ChaincodeDefinition;
  readonly package: ChaincodePackage;
  readonly progress: (text: Text) => void;
}

/** Gossip takes some seconds until every peer knows every other. */
const gossipWithin = 60_000;
/** A peer that lags has the newest approvals once it has written their blocks. */
const catchUpWithin = 30_000;

/**
 * Has every department install the package at its own peer and approve the definition with its own key, and verifies
 * that all approved the same package. Of a sequence that is committed, code that took the place of what was approved is
 * approved anew: here one operator has all keys. Completed steps are skipped, so that it can be repeated after a crash. Returns
 * whether the definition must be committed; false when the channel already has that sequence.
 * @throws NetworkError TOPOLOGY_INVALID (neither the channel's sequence nor the next), APPROVAL_REFUSED,
 * PACKAGE_DIFFERS, PEER_REFUSED, ACCESS_DENIED
 */
export async function approveOnChannel(deployment: Deployment): Promise<boolean> {
  const { sessions, definition, progress } = deployment;
  const [first] = sessions;
  if (first === undefined) return false;
  await Promise.all(sessions.map((session) => installPackage(session, deployment.package)));
  const committed = await sequenceOnChannel(first, definition.name);
  refuseSequence(definition, committed);
  if (committed === definition.sequence) {
    await approveLate(deployment, isOtherChaincode);
    return false;
  }
  progress({
    zh: `${sessions.length} 个部门批准链码 ${definition.name} ${definition.version}`,
    en: `${sessions.length} departments approve chaincode ${definition.name} ${definition.version}`,
  });
  await retrying(() => approveMissing(deployment, first), isTransient, gossipWithin);
  await approveLate(deployment, isOther);
  return true;
}

/**
 * Commits the approved definition, endorsed by the departments that approved it.
 * @throws NetworkError PEER_REFUSED when they are too few for the channel's policy, PEER_UNAVAILABLE
 */
export async function commitOnChannel({
  sessions,
  definition,
  progress,
}: Deployment): Promise<void> {
  const [first] = sessions;
  if (first === undefined) return;
  const { name, version, sequence } = definition;
  progress({
    zh: `正在提交 ${name} ${version}，序号 ${sequence}`,
    en: `Committing ${name} ${version}, sequence ${sequence}`,
  });
  const what = {
    zh: `提交 ${name} ${version}（序号 ${sequence}）`,
    en: `Committing ${name} ${version}, sequence ${sequence},`,
  };
  await named(what, async () => {
    const approved = await retrying(
      () => approvalsEverywhere(first.client, definition),
      isTransient,
      gossipWithin,
    );
    const endorsers = sessions.filter(({ mspId }) => approved.get(mspId) === true);
    await retrying(() => submitCommit(endorsers, definition), isTransient, gossipWithin);
  });
}

/**
 * Which departments have approved, once all their peers know it: peers read the approvals when they endorse the commit,
 * and one that lags by a block would produce other reads, which the gateway refuses. Peers that do not answer are not
 * waited for, nor those that lag for long: the commit then reports the error.
 */
export async function approvalsEverywhere(
  client: TransactionClient,
  definition: ChaincodeDefinition,
): Promise<ReadonlyMap<string, boolean>> {
  const deadline = performance.now() + catchUpWithin;
  for (;;) {
    const own = await approvals(client, definition);
    const approvers = [...own].flatMap(([mspId, approved]) => (approved ? [mspId] : []));
    const seen = await Promise.all(
      approvers.map((at) => approvals(client, definition, at).catch(() => own)),
    );
    const same = seen.every((each) => [...each].every(([id, state]) => own.get(id) === state));
    if (same || performance.now() > deadline) return own;
    await delay(100);
  }
}

/** The sequence committed on the channel, 0 when the chaincode is not defined. */
export async function sequenceOnChannel(session: AdminSession, name: string): Promise<number> {
  return (await definitionOnChannel(session, name))?.sequence ?? 0;
}

function definitionOnChannel({ client }: AdminSession, name: string) {
  return retrying(() => committedDefinition(client, name), isTransient, gossipWithin);
}

/** Fabric allows only the next sequence, and processes for an older definition would not be called. */
function refuseSequence({ name, sequence }: ChaincodeDefinition, committed: number): void {
  if (sequence === committed || sequence === committed + 1) return;
  throw topologyInvalid([
    issueAt('chaincode.sequence', {
      zh: `为 ${sequence}，而通道上 ${name} 的序号为 ${committed}；请使用各部门商定的拓扑文件`,
      en: `is ${sequence}; the channel has ${name} with sequence ${committed}. Use the topology that was agreed on`,
    }),
  ]);
}

/** A department may approve a committed definition, and must do so with its package before its own peer can run it. */
async function approveLate(deployment: Deployment, refused: typeof isOther): Promise<void> {
  const { definition, progress } = deployment;
  const missing = await refuseDifferentPackages(deployment, refused);
  for (const { session, packageId } of missing) {
    progress({
      zh: `${session.department.id} 批准链码 ${definition.name} ${definition.version}，链码包 ${deployment.package.packageId}`,
      en: `${session.department.id} approves chaincode ${definition.name} ${definition.version}, package ${deployment.package.packageId}`,
    });
    await approveAt(session, deployment, packageId);
  }
}

/**
 * Concurrently, since each writes to its own collection. All are awaited even when one fails, because a repeated call
 * queries what is missing.
 */
async function approveMissing(deployment: Deployment, first: AdminSession): Promise<void> {
  const approved = await approvals(first.client, deployment.definition);
  const missing = deployment.sessions.filter(({ mspId }) => approved.get(mspId) !== true);
  const outcomes = await Promise.allSettled(
    missing.map((session) => approveAt(session, deployment)),
  );
  const failed = outcomes.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

/**
 * One department's approval at its own peer.
 * @param approved an earlier form of the package, which it approved for this sequence
 * @throws NetworkError APPROVAL_REFUSED when the peer refuses it: another department's key, or not an administrator's
 */
export async function approveAt(
  session: AdminSession,
  { definition: asked, package: { packageId } }: Pick<Deployment, 'definition' | 'package'>,
  approved?: string,
): Promise<void> {
  // To change the approved package, approve the same definition again with the new package.
  const definition = approved === undefined ? asked : await standing(session, asked);
  try {
    await submitApproval(session, definition, packageId);
  } catch (error) {
    if (!(error instanceof RpcError) || isTransient(error)) throw error;
    const said = nodeMessage(error);
    throw new NetworkError(
      'APPROVAL_REFUSED',
      {
        zh: `${session.mspId} 的对等节点不接受 ${session.admin.mspId} 签名的批准：${said}`,
        en: `The peer of ${session.mspId} refuses the approval signed by ${session.admin.mspId}: ${said}`,
      },
      {
        details: { mspId: session.mspId, signedBy: session.admin.mspId, message: said },
        cause: error,
      },
    );
  }
}

/**
 * Each department asks its own peer which package it approved; no other peer knows. Returns those that approved none.
 * @throws NetworkError PACKAGE_DIFFERS
 */
async function refuseDifferentPackages(
  { channel, sessions, definition, package: { packageId } }: Deployment,
  refused: typeof isOther,
): Promise<readonly { readonly session: AdminSession; readonly packageId: string | undefined }[]> {
  const found = await Promise.all(
    sessions.map(async (session) => ({
      session,
      packageId: await approvedPackageAt(session, channel, definition),
    })),
  );
  const different = found.flatMap(({ session: { mspId }, packageId: approved }) =>
    refused(approved, packageId) ? [{ mspId, packageId: approved }] : [],
  );
  const list = (by: string) => different.map(({ mspId }) => mspId).join(by);
  if (different.length > 0) {
    throw new NetworkError(
      'PACKAGE_DIFFERS',
      {
        zh: `${list('、')} 批准的链码包与本机的 ${packageId} 不同。各部门统一代码和 chaincode.label；更换代码的，把 chaincode.sequence 加一后重新批准。`,
        en: `${list(', ')} approved another package than ${packageId}.`,
      },
      { details: { packageId, different } },
    );
  }
  return found.filter(({ packageId: approved }) => approved !== packageId);
}

/** The definition in force if it has this sequence; otherwise the requested one, which is not committed yet. */
async function standing(
  session: AdminSession,
  definition: ChaincodeDefinition,
): Promise<ChaincodeDefinition> {
  const committed = await definitionOnChannel(session, definition.name);
  return committed?.sequence === definition.sequence ? committed : definition;
}

/** Whether a department approved another package than this one or an earlier release's form of it. */
export function isOther(approved: string | undefined, packageId: string): approved is string {
  if (approved === undefined || approved === packageId) return false;
  return !supersedes(packageId, approved);
}

/** Whether a department approved a package of another label, which no change of the code makes. */
function isOtherChaincode(approved: string | undefined, packageId: string): approved is string {
  return approved !== undefined && labelOf(approved) !== labelOf(packageId);
}

/** The package that the department approved for this sequence, which only its own peer knows; undefined when none. */
export async function approvedPackageAt(
  session: AdminSession,
  channel: string,
  { name, sequence }: Pick<ChaincodeDefinition, 'name' | 'sequence'>,
): Promise<string | undefined> {
  const args = new lifecycle.QueryApprovedChaincodeDefinitionArgs();
  args.setName(name);
  args.setSequence(sequence);
  try {
    const payload = await callSystemChaincode(session, {
      chaincode: '_lifecycle',
      channel,
      args: ['QueryApprovedChaincodeDefinition', args.serializeBinary()],
    });
    const result = lifecycle.QueryApprovedChaincodeDefinitionResult.deserializeBinary(payload);
    return result.getSource()?.getLocalPackage()?.getPackageId();
  } catch (error) {
    // "could not fetch approved chaincode definition": Fabric has no code for it; any other cause shows again when approving.
    if (error instanceof NetworkError && error.code === 'PEER_REFUSED') return undefined;
    throw error;
  }
}
