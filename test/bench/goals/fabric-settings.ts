import { BareClient } from '../support/bare-client.js';
import { FabricStand, hasFabric } from '../support/fabric-stand.js';
import { quantile } from '../support/load.js';
import { alternate, ratioOf, spread } from '../support/measure.js';
import type { BenchOptions } from '../support/options.js';
import type { Report } from '../support/report.js';

const CLIENTS = 64;
const MANY = 512;
const FEW = 20;
const what = 'a network with our settings against one with those of Fabric’s release';

/**
 * Goal fabric: four departments on real Fabric as we set them up, against the same four with the settings of Fabric's
 * release on nodes and channel and with chaincode that logs at info. Fabric's own client puts the load on both, in turn;
 * the network whose turn it is not stands idle beside.
 */
export async function measureFabricSettings(report: Report, options: BenchOptions): Promise<void> {
  if (!hasFabric(report, what)) return;
  const opened: { close(): Promise<void> }[] = [];
  const client = async (settings: 'tuned' | 'sample'): Promise<BareClient> => {
    const stand = await FabricStand.open(settings);
    opened.push(stand);
    const made = new BareClient(await stand.clientOptions());
    opened.push(made);
    return made;
  };
  try {
    await measureBoth(report, options, await client('tuned'), await client('sample'));
  } finally {
    for (const each of opened.reverse()) await each.close();
  }
}

async function measureBoth(
  report: Report,
  { rounds }: BenchOptions,
  tuned: BareClient,
  sample: BareClient,
): Promise<void> {
  const rate = async (client: BareClient) =>
    (MANY * 1000) / (await client.send(CLIENTS, MANY)).milliseconds;
  const idle = async (client: BareClient) => quantile((await client.send(1, FEW)).times, 0.5);
  const rates = await alternate({ ours: () => rate(tuned), theirs: () => rate(sample) }, rounds);
  report.spread(`dataset.register, ${CLIENTS} clients, our settings`, spread(rates.ours), 'tx/s');
  report.spread('  the release’s settings', spread(rates.theirs), 'tx/s');
  report.goal({
    goal: 'fabric',
    what: `throughput at ${CLIENTS} clients / the release’s settings`,
    ratio: ratioOf(rates.ours, rates.theirs),
    bound: { atLeast: 1.5 },
  });
  const waits = await alternate({ ours: () => idle(tuned), theirs: () => idle(sample) }, rounds);
  report.spread('one client, p50, our settings', spread(waits.ours), 'ms');
  report.spread('  the release’s settings', spread(waits.theirs), 'ms');
  report.goal({
    goal: 'fabric',
    what: 'p50 of one client / the release’s settings',
    ratio: ratioOf(waits.ours, waits.theirs),
    bound: { atMost: 0.5 },
  });
}
