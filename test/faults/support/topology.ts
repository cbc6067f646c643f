import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { demoTopologyFile } from '@yici/network/testing';

/** Below the range that systems take for outgoing connections: the load's own sockets must not take a port while it is free. */
const lowest = 20_000;
const highest = 31_000;

/** Different loopback ports that are free now and that nothing takes by chance. */
export async function quietPorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  let candidate = lowest + Math.floor(Math.random() * (highest - lowest));
  while (ports.length < count) {
    candidate = candidate >= highest ? lowest : candidate + 1;
    if (await isFree(candidate)) ports.push(candidate);
  }
  return ports;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => {
      resolve(false);
    });
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      probe.close(() => {
        resolve(true);
      });
    });
  });
}

export interface PortedTopology {
  /** The demo topology, YAML, every port its own. */
  readonly text: string;
  readonly chaincodePort: number;
  readonly gatewayPort: number;
}

/** The demo's departments on ports of their own. */
export async function portedTopology(): Promise<PortedTopology> {
  const demo = await readFile(demoTopologyFile, 'utf8');
  const wanted = /\b(peer|orderer|port): \d+/g;
  const ports = await quietPorts((demo.match(wanted) ?? []).length + 1);
  const gatewayPort = ports.pop() ?? 0;
  let chaincodePort = 0;
  const text = demo.replace(wanted, (_line, name: string) => {
    const port = ports.shift() ?? 0;
    if (name === 'port') chaincodePort = port;
    return `${name}: ${port}`;
  });
  return { text, chaincodePort, gatewayPort };
}
