import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { firstEnd, type HeldCertificate } from '../pki/held.js';
import { present } from '../present.js';
import type { DataFolder } from '../supervisor/data-folder.js';
import { genesisHashOf } from '../genesis/prepare.js';
import { findDepartment } from '../topology/nodes.js';
import type { Topology } from '../topology/schema.js';
import { gatewayUser } from './gateway-config.js';
import type { Looked } from './node-facts.js';
import { lookAtNode, metric } from './node/operations.js';

/** What of a gateway's configuration says where it listens and whose it is; its own defaults. */
const settings = z.object({
  host: z.string().default('127.0.0.1'),
  port: z.coerce.number().default(8080),
  engine: z.object({ mspId: z.string() }),
});

const facts = z.object({ genesisHash: z.string() });

/** The genesis hash that whoever listens there says; undefined when it is no gateway, or does not answer. */
async function genesisAt(address: string): Promise<string | undefined> {
  try {
    const signal = AbortSignal.timeout(2_000);
    const response = await fetch(`http://${address}/v1/network`, { signal });
    return facts.safeParse(await response.json()).data?.genesisHash;
  } catch {
    return undefined;
  }
}

/**
 * The gateway of the folder's `gateway.yaml`; undefined where there is none or it does not run, which is the operator's choice:
 * no command of this package starts it.
 */
export async function lookAtGateway(
  topology: Topology,
  folder: DataFolder,
  held: readonly HeldCertificate[],
): Promise<Looked | undefined> {
  const file = join(folder.root, 'gateway.yaml');
  const read = existsSync(file)
    ? settings.safeParse(parse(readFileSync(file, 'utf8')) as unknown).data
    : undefined;
  if (read === undefined) return undefined;
  const { host, port, engine } = read;
  const address = `${host}:${port}`;
  // Something else may listen there, even a gateway of another network.
  if ((await genesisAt(address)) !== genesisHashOf(readFileSync(folder.genesis))) return undefined;
  const { state, metrics } = await lookAtNode(address, '/readyz');
  const department = findDepartment(topology, engine.mspId);
  return {
    ...{ name: `gateway.${department.id}`, kind: 'gateway', department, address, state },
    ...present({ ends: firstEnd(held, gatewayUser(department).name) }),
    standIn: metric(metrics, 'yici_peer_fallback') === 1,
  };
}
