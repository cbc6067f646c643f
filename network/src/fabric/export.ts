import { parseBlock } from '@yici/ledger';
import { NetworkError } from '../errors.js';
import type { DataFolder } from '../supervisor/data-folder.js';
import { acceptsConnections } from '../supervisor/probe.js';
import { departmentNamed } from '../topology/nodes.js';
import type { Topology } from '../topology/schema.js';
import { channelHeight, deliveredBlocks } from './channel/blocks.js';
import { named } from './grpc/named.js';
import { openSession, type AdminSession } from './channel/department.js';

/** The blocks of a running network from `from` on, delivered by one department's peer to its administrator. */
export async function* peerBlocks(
  topology: Topology,
  folder: DataFolder,
  from: bigint,
  department?: string,
): AsyncGenerator<{ readonly number: bigint; readonly bytes: Uint8Array }> {
  const session = await reachableSession(topology, folder, department);
  try {
    const height = await named(
      { zh: `读取通道 ${topology.channel} `, en: `Reading ${topology.channel}` },
      () => channelHeight(session, topology.channel),
    );
    if (from >= height) return;
    for await (const bytes of deliveredBlocks(session, topology.channel, from, height - 1n)) {
      yield { number: parseBlock(bytes).number, bytes };
    }
  } finally {
    session.peer.close();
  }
}

/**
 * The administrator's access for the named department, otherwise for the first whose peer answers.
 * @throws NetworkError NOT_RUNNING, IDENTITY_UNKNOWN
 */
export async function reachableSession(
  topology: Topology,
  folder: DataFolder,
  department?: string,
): Promise<AdminSession> {
  const candidates =
    department === undefined ? topology.departments : [departmentNamed(topology, department)];
  for (const each of candidates) {
    if (await acceptsConnections(each.ports.peer, each.host)) {
      return openSession(topology, folder, each);
    }
  }
  const peers = candidates.map(({ host, ports }) => `${host}:${ports.peer}`);
  const words = {
    zh: `对等节点没有响应（${peers.join('、')}）。先启动节点：yici-network up，独立部署的主机为 node up。`,
    en: "No peer answers: start the nodes first, with yici-network up, or node up on a department's own host.",
  };
  throw new NetworkError('NOT_RUNNING', words, { details: { peers } });
}
