import { setTimeout as delay } from 'node:timers/promises';
import { peer } from '@hyperledger/fabric-protos';
import { RpcError } from '../../embedded/services/rpc-error.js';
import { NetworkError } from '../../errors.js';
import { supersedes, type ChaincodePackage } from '../../lifecycle/chaincode-package.js';
import type { ChaincodeDefinition } from '../../lifecycle/definition.js';
import {
  approvals,
  submitApproval,
  submitCommit,
  queryCommittedDefinition,
  committedSequence,
} from '../../lifecycle/deploy.js';
import type { TransactionClient } from '../../lifecycle/client.js';
import type { DepartmentDesk } from './department.js';
import { mayPass } from '../grpc/status-details.js';
import { named, saidBy } from '../grpc/named.js';
import { callSystemChaincode } from '../grpc/system-call.js';
import { retrying } from '../../retry.js';
import { installPackage } from './install.js';

const { lifecycle } = peer;

export interface Deployment {
  readonly channel: string;
  readonly desks: readonly DepartmentDesk[];
  readonly definition: ChaincodeDefinition;
  readonly package: ChaincodePackage;
  readonly progress: (text: string) => void;
}

/** A network needs some seconds until every peer knows of every other. */
const gossipWithin = 60_000;
/** A peer that is behind has the last approvals as soon as it has written their blocks. */
const catchUpWithin = 30_000;

/**
 * Has every department install the package at its own peer and approve the definition with its own key, and makes sure that
 * all approved the same package. What is done already is left as it is, so that it can be repeated after a crash. Answers
 * whether the definition is to be committed, which it is not when the channel has that sequence already.
 * @throws NetworkError TOPOLOGY_INVALID (neither the channel's sequence nor the next), APPROVAL_REFUSED, PACKAGE_DIFFERS, PEER_REFUSED, ACCESS_DENIED
 */
export async function approveOnChannel(deployment: Deployment): Promise<boolean> {
  const { desks, definition, progress } = deployment;
  const [first] = desks;
  if (first === undefined) return false;
  await Promise.all(desks.map((desk) => installPackage(desk.peer, desk.admin, deployment.package)));
  const committed = await sequenceOnChannel(first, definition.name);
  refuseSequence(definition, committed);
  if (committed === definition.sequence) {
    await approveLate(deployment);
    return false;
  }
  progress(
    `${desks.length} departments approve chaincode ${definition.name} ${definition.version}`,
  );
  await retrying(() => approveMissing(deployment, first), mayPass, gossipWithin);
  await approveLate(deployment);
  return true;
}

/**
 * Commits what the departments have approved, endorsed by those that have.
 * @throws NetworkError PEER_REFUSED when they are too few for the channel's policy, PEER_UNAVAILABLE
 */
export async function commitOnChannel({ desks, definition, progress }: Deployment): Promise<void> {
  const [first] = desks;
  if (first === undefined) return;
  const { name, version, sequence } = definition;
  progress(`Committing ${name} ${version}, sequence ${sequence}`);
  await named(`Committing ${name} ${version}, sequence ${sequence},`, async () => {
    const approved = await retrying(
      () => approvalsEverywhere(first.client, definition),
      mayPass,
      gossipWithin,
    );
    const endorsers = desks.filter(({ mspId }) => approved.get(mspId) === true);
    await retrying(() => submitCommit(endorsers, definition), mayPass, gossipWithin);
  });
}

/**
 * Which departments have approved, once the peers of all of them know it: they read the approvals when they endorse the
 * commit, and one that is a block behind would endorse other reads than the rest, which its gateway refuses. Peers that do not
 * answer are not waited for, nor is one that stays behind for long: the commit itself says so then.
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

/** The sequence that is committed on the channel, 0 when the chaincode is not. */
export function sequenceOnChannel({ client }: DepartmentDesk, name: string): Promise<number> {
  return retrying(() => committedSequence(client, name), mayPass, gossipWithin);
}

/** Processes that run for an older definition would answer to nobody, and Fabric leaves no sequence out. */
function refuseSequence({ name, sequence }: ChaincodeDefinition, committed: number): void {
  if (sequence === committed || sequence === committed + 1) return;
  const message = `is ${sequence}; the channel has ${name} with sequence ${committed}`;
  throw new NetworkError(
    'TOPOLOGY_INVALID',
    `The topology does not fit the channel: chaincode.sequence ${message}. Use the topology that was agreed on.`,
    { details: { issues: [{ path: 'chaincode.sequence', message }] } },
  );
}

/** A department can approve what is committed, and must with its package before its own peer runs it. */
async function approveLate(deployment: Deployment): Promise<void> {
  const { definition, progress } = deployment;
  const missing = await refuseDifferentPackages(deployment);
  for (const { desk, packageId } of missing) {
    progress(`${desk.department.id} approves chaincode ${definition.name} ${definition.version}`);
    await approveAt(desk, deployment, packageId);
  }
}

/** All at once: each writes in its own collection. None is left under way when one fails, for a repeat asks what is missing. */
async function approveMissing(deployment: Deployment, first: DepartmentDesk): Promise<void> {
  const approved = await approvals(first.client, deployment.definition);
  const missing = deployment.desks.filter(({ mspId }) => approved.get(mspId) !== true);
  const outcomes = await Promise.allSettled(missing.map((desk) => approveAt(desk, deployment)));
  const failed = outcomes.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

/**
 * One department's approval at its own peer.
 * @param approved an earlier form of the package, which it approved for this sequence
 * @throws NetworkError APPROVAL_REFUSED when the peer does not take it: another department's key, or not an administrator's
 */
export async function approveAt(
  desk: DepartmentDesk,
  { definition: asked, package: { packageId } }: Pick<Deployment, 'definition' | 'package'>,
  approved?: string,
): Promise<void> {
  // For another package of what it approved before, and of nothing more.
  const definition = approved === undefined ? asked : await standing(desk, asked);
  try {
    await submitApproval(desk, definition, packageId);
  } catch (error) {
    if (!(error instanceof RpcError) || mayPass(error)) throw error;
    const said = saidBy(error);
    throw new NetworkError(
      'APPROVAL_REFUSED',
      `The peer of ${desk.mspId} refuses the approval signed by ${desk.admin.mspId}: ${said}`,
      { details: { mspId: desk.mspId, signedBy: desk.admin.mspId, message: said }, cause: error },
    );
  }
}

/**
 * Each department asks its own peer which package it approved; nobody else may know. Answers those that approved none.
 * @throws NetworkError PACKAGE_DIFFERS
 */
async function refuseDifferentPackages({
  channel,
  desks,
  definition,
  package: { packageId },
}: Deployment): Promise<
  readonly { readonly desk: DepartmentDesk; readonly packageId: string | undefined }[]
> {
  const found = await Promise.all(
    desks.map(async (desk) => ({
      desk,
      packageId: await approvedPackageAt(desk, channel, definition),
    })),
  );
  const different = found.flatMap(({ desk: { mspId }, packageId: approved }) =>
    isOther(approved, packageId) ? [{ mspId, packageId: approved }] : [],
  );
  if (different.length > 0) {
    throw new NetworkError(
      'PACKAGE_DIFFERS',
      `${different.map(({ mspId }) => mspId).join(', ')} approved another package than ${packageId}.`,
      { details: { packageId, different } },
    );
  }
  return found.filter(({ packageId: approved }) => approved !== packageId);
}

/** The definition of this sequence that is in force; the one asked for when it is not committed yet. */
async function standing(
  desk: DepartmentDesk,
  definition: ChaincodeDefinition,
): Promise<ChaincodeDefinition> {
  const committed = await sequenceOnChannel(desk, definition.name);
  return committed === definition.sequence
    ? queryCommittedDefinition(desk.client, definition.name)
    : definition;
}

/** Whether a department approved something else than this package, or than an earlier release's form of it. */
export function isOther(approved: string | undefined, packageId: string): approved is string {
  if (approved === undefined || approved === packageId) return false;
  return !supersedes(packageId, approved);
}

/** The package that the department approved for this sequence, which only its own peer knows; undefined when none. */
export async function approvedPackageAt(
  desk: DepartmentDesk,
  channel: string,
  { name, sequence }: ChaincodeDefinition,
): Promise<string | undefined> {
  const args = new lifecycle.QueryApprovedChaincodeDefinitionArgs();
  args.setName(name);
  args.setSequence(sequence);
  try {
    const payload = await callSystemChaincode(desk.peer, desk.admin, {
      chaincode: '_lifecycle',
      channel,
      args: ['QueryApprovedChaincodeDefinition', args.serializeBinary()],
    });
    const result = lifecycle.QueryApprovedChaincodeDefinitionResult.deserializeBinary(payload);
    return result.getSource()?.getLocalPackage()?.getPackageId();
  } catch (error) {
    // "could not fetch approved chaincode definition": Fabric has no code for it, and whatever else it was, approving says.
    if (error instanceof NetworkError && error.code === 'PEER_REFUSED') return undefined;
    throw error;
  }
}
