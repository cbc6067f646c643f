import { BareClient } from '../support/bare-client.js';
import { FabricStand, hasFabric } from '../support/fabric-stand.js';
import { GatewayDoor } from '../support/gateway-door.js';
import { quantile, type LoadResult } from '../support/load.js';
import { alternate, ratioOf, spread } from '../support/measure.js';
import type { BenchOptions } from '../support/options.js';
import type { Report } from '../support/report.js';

/** As many as keep two cores busy, and as few as leave them room; the goal is held to the first. */
const MANY_CLIENTS = { clients: 64, amount: 512 };
const FEW_CLIENTS = { clients: 8, amount: 160 };

/**
 * Goal 5: the same write through our gateway over HTTP, under a key that it keeps, and through Fabric's own client set up
 * as well as it can be, both in processes of their own, at one peer of a real network of four departments.
 */
export async function measureGatewayOnFabric(report: Report, options: BenchOptions): Promise<void> {
  if (!hasFabric(report, 'the gateway against a bare client on real Fabric')) return;
  const stand = await FabricStand.open('tuned');
  const opened: { close(): Promise<void> }[] = [stand];
  try {
    const client = new BareClient(await stand.clientOptions());
    opened.push(client);
    const door = await GatewayDoor.open(stand.directory, stand.writerFiles());
    opened.push(door);
    await measure(report, options, { door, client, ...MANY_CLIENTS });
    await measure(report, options, { door, client, ...FEW_CLIENTS });
  } finally {
    for (const each of opened.reverse()) await each.close();
  }
}

interface Submits {
  send(connections: number, amount: number): Promise<LoadResult>;
}

interface Sides {
  readonly door: Submits;
  readonly client: Submits;
  readonly clients: number;
  readonly amount: number;
}

async function measure(
  report: Report,
  { rounds }: BenchOptions,
  { door, client, clients, amount }: Sides,
): Promise<void> {
  const waits = { gateway: [] as number[], client: [] as number[] };
  const rate = (submits: Submits, medians: number[]) => async () => {
    const { milliseconds, times } = await submits.send(clients, amount);
    medians.push(quantile(times, 0.5));
    return (amount * 1000) / milliseconds;
  };
  const rates = await alternate(
    { gateway: rate(door, waits.gateway), client: rate(client, waits.client) },
    rounds,
  );
  report.spread(`over HTTP on real Fabric, c=${clients}`, spread(rates.gateway), 'tx/s');
  report.spread(`  p50, c=${clients}`, spread(waits.gateway), 'ms');
  report.spread(`  by a bare fabric-gateway client, c=${clients}`, spread(rates.client), 'tx/s');
  report.spread(`  its p50, c=${clients}`, spread(waits.client), 'ms');
  report.goal({
    goal: '5',
    what: `gateway on real Fabric at c=${clients} / bare tuned client`,
    ratio: ratioOf(rates.gateway, rates.client),
    bound: { atLeast: 0.98 },
  });
}
