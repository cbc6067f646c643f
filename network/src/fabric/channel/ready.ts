import { setTimeout as delay } from 'node:timers/promises';
import { parseBlock } from '@yici/ledger';
import type { Text } from '@yici/terminal';
import { RpcError } from '../../embedded/services/rpc-error.js';
import { NetworkError } from '../../errors.js';
import type { ChaincodeDefinition } from '../../lifecycle/definition.js';
import { committedDefinition } from '../../lifecycle/deploy.js';
import type { DataFolder } from '../../supervisor/data-folder.js';
import { logTail } from '../../supervisor/supervised-process.js';
import type { Department, Topology } from '../../topology/schema.js';
import { asMember, channelHeight, newestBlockEnvelope } from './blocks.js';
import { configAt } from './definition.js';
import type { AdminSession } from './department.js';
import { rpcCode } from '../grpc/codes.js';
import { FabricOrderer, orderersOf } from '../grpc/orderer-client.js';
import { nodeFolder } from '../node/layout.js';
import { isLeader, metric, readMetrics } from '../node/operations.js';
import { notReady, retrying, until } from '../../retry.js';

/** Far more than an idle machine needs, which is seconds: each step waits for a disk, a timer or another node. */
const within = 120_000;

/** Waits until the consenters have a leader. @throws NetworkError CHANNEL_NOT_READY */
export async function untilLeaderElected(
  topology: Topology,
  operations: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  const isLed = async () => {
    const all = await Promise.all(operations.map(readMetrics));
    return all.some((metrics) => isLeader(metrics, topology));
  };
  const { channel } = topology;
  await until(
    isLed,
    { within, signal },
    {
      zh: `通道 ${channel} 没有主排序节点。检查排序节点之间能否按拓扑文件中的地址连通；原因见其日志。`,
      en: `No consenter leads ${channel}.`,
    },
  );
}

/** Waits until every peer knows the peers of every other department on the channel. @throws NetworkError CHANNEL_NOT_READY */
export async function untilPeersDiscovered(
  { channel, departments }: Topology,
  operations: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  const others = departments.length - 1;
  const known = 'gossip_membership_total_peers_known';
  const isMet = async () => {
    const all = await Promise.all(operations.map(readMetrics));
    return all.every((metrics) => (metric(metrics, known, { channel }) ?? 0) >= others);
  };
  await until(
    isMet,
    { within, signal },
    {
      zh: `通道 ${channel} 的对等节点之间尚未连通。检查能否按拓扑文件中的地址连通；原因见其日志。`,
      en: `The peers of ${channel} do not know of each other.`,
    },
  );
}

/** A transaction of every contract of fabric-contract-api; it reads no state. */
export const metadataTransaction = 'org.hyperledger.fabric:GetMetadata';

/** How long an orderer is waited for, and a peer that is behind, in milliseconds. */
const [answersWithin, catchesUpWithin] = [5_000, 60_000];

/**
 * Waits for a while until the own peer has the blocks that some orderer has, if one says: by older ones a peer that begins anew judges
 * an approval as if it were lacking, and what it endorses is committed as invalid.
 */
export async function untilLevel(
  session: AdminSession,
  channel: string,
  progress: (text: Text) => void,
): Promise<void> {
  const seek = await newestBlockEnvelope(asMember(session.admin), channel);
  const asked = orderersOf(await configAt(session, channel)).map((each) =>
    new FabricOrderer(each).block(seek, answersWithin),
  );
  const newest = await Promise.any(asked).catch(() => undefined);
  if (newest === undefined) return;
  const { number } = parseBlock(newest);
  const isBehind = async () => (await channelHeight(session, channel)) <= number;
  if (!(await isBehind())) return;
  progress({
    zh: `等待 ${session.department.id} 的节点取得其余区块`,
    en: `Waiting until the peer of ${session.department.id} has the other blocks`,
  });
  const deadline = performance.now() + catchesUpWithin;
  while ((await isBehind()) && performance.now() < deadline) await delay(200);
}

/**
 * Waits until every department's gateway service finds enough endorsers for the chaincode and they answer; after a
 * commit this takes until gossip has spread who runs it. @throws NetworkError CHANNEL_NOT_READY
 */
export async function untilUsable(
  definition: ChaincodeDefinition,
  sessions: readonly AdminSession[],
  folder: DataFolder,
): Promise<void> {
  // At every peer before the first call at any: a call may be endorsed by all of them.
  await Promise.all(sessions.map((session) => untilDefinedAt(definition, session)));
  await Promise.all(sessions.map((session) => untilUsableAt(definition.name, session, folder)));
}

/**
 * Waits until the department's own peer has written the definition's block. A peer that is called before that starts the
 * package of the definition before it, at an address where the new one answers: it writes no block until it gives that
 * up (`chaincode.startuptimeout`).
 */
export async function untilDefinedAt(
  { name, sequence }: ChaincodeDefinition,
  { client, mspId }: AdminSession,
): Promise<void> {
  const isDefined = async () => {
    const found = await committedDefinition(client, name, mspId).catch(() => undefined);
    return found !== undefined && found.sequence >= sequence;
  };
  const words = {
    zh: `${mspId} 的对等节点尚未得到 ${name} 的序号 ${sequence}；原因见其日志。`,
    en: `The peer of ${mspId} does not have sequence ${sequence} of ${name}.`,
  };
  await until(isDefined, { within, signal: undefined }, words);
}

async function untilUsableAt(
  chaincode: string,
  { client, mspId, department }: AdminSession,
  folder: DataFolder,
): Promise<void> {
  const call = { chaincode, args: [Buffer.from(metadataTransaction)] };
  try {
    await retrying(
      () => client.simulate(call),
      (error) => !answered(error) && !(error instanceof NetworkError),
      within,
    );
  } catch (error) {
    if (answered(error)) return;
    const words = {
      zh: `${mspId} 的对等节点不能调用链码 ${chaincode}（以批准的版本重启链码）`,
      en: `${chaincode} cannot be used at the peer of ${mspId} (start the chaincode again, as the release that was approved)`,
    };
    throw notReady(words, error, logsOf(folder, department));
  }
}

/** What the department's own processes wrote last: the peer knows why it did not answer, its caller does not. */
function logsOf(folder: DataFolder, department: Department): Readonly<Record<string, string>> {
  const logs = (['peer', 'chaincode'] as const).map((kind) => {
    const { logFile } = nodeFolder(folder, department, kind);
    return [logFile, logTail(logFile)];
  });
  return Object.fromEntries(logs) as Readonly<Record<string, string>>;
}

/** A refusal by the chaincode itself (internal/pkg/gateway/apiutils.go: UNKNOWN) also counts as an answer. */
export function answered(error: unknown): boolean {
  return error instanceof RpcError && error.code === rpcCode.unknown;
}
