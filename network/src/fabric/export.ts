import { parseBlock } from '@yici/ledger';
import { NetworkError } from '../errors.js';
import type { DataFolder } from '../supervisor/data-folder.js';
import { acceptsConnections } from '../supervisor/probe.js';
import type { Topology } from '../topology/schema.js';
import { channelHeight, deliveredBlocks } from './channel/blocks.js';
import { named } from './grpc/named.js';
import { openDesk, type DepartmentDesk } from './channel/department.js';

/** The blocks of a running network from `from` on, as one department's own peer delivers them to its administrator. */
export async function* peerBlocks(
  topology: Topology,
  folder: DataFolder,
  from: bigint,
  department?: string,
): AsyncGenerator<{ readonly number: bigint; readonly bytes: Uint8Array }> {
  const desk = await reachableDesk(topology, folder, department);
  try {
    const height = await named(`Reading ${topology.channel}`, () =>
      channelHeight(desk.peer, desk.admin, topology.channel),
    );
    if (from >= height) return;
    const range = { channel: topology.channel, from, last: height - 1n };
    for await (const bytes of deliveredBlocks(desk.peer, desk.admin, range)) {
      yield { number: parseBlock(bytes).number, bytes };
    }
  } finally {
    desk.peer.close();
  }
}

/**
 * The desk of the department named, else of the first whose peer answers.
 * @throws NetworkError NOT_RUNNING, IDENTITY_UNKNOWN
 */
export async function reachableDesk(
  topology: Topology,
  folder: DataFolder,
  department?: string,
): Promise<DepartmentDesk> {
  const candidates = topology.departments.filter(({ id }) => id === (department ?? id));
  if (candidates.length === 0) {
    throw new NetworkError('IDENTITY_UNKNOWN', `The topology has no department ${department}.`);
  }
  for (const each of candidates) {
    if (await acceptsConnections(each.ports.peer, each.host)) {
      return openDesk(topology, folder, each);
    }
  }
  throw new NetworkError('NOT_RUNNING', 'No peer answers: run yici-network up first.', {
    details: { peers: candidates.map(({ host, ports }) => `${host}:${ports.peer}`) },
  });
}
