import type { Topology } from '../topology/schema.js';

/** Whether a network is the demo's: its departments, their keys' names and their users, on whatever ports. */
export function isDemo(topology: Topology, demo: Topology): boolean {
  return signature(topology) === signature(demo);
}

const signature = ({ channel, departments }: Topology): string =>
  JSON.stringify([
    channel,
    departments.map(({ id, mspId, name, users }) => [id, mspId, name, users]),
  ]);
