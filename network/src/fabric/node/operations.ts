import type { Topology } from '../../topology/schema.js';

/** One sample of a metric: its labels and its value. */
interface MetricSample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Metrics by name, from Prometheus' text format. */
export type Metrics = ReadonlyMap<string, readonly MetricSample[]>;

const within = 3_000;

/** Whether a node's operations endpoint reports that it is healthy. */
export async function isHealthy(address: string): Promise<boolean> {
  return (await get(address, '/healthz')) !== undefined;
}

/** A node's metrics; undefined when it does not answer. */
export async function readMetrics(address: string): Promise<Metrics | undefined> {
  const text = await get(address, '/metrics');
  return text === undefined ? undefined : parseMetrics(text);
}

/** The value of a metric whose labels include the given ones. */
export function metric(
  metrics: Metrics | undefined,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const samples = metrics?.get(name) ?? [];
  return samples.find((sample) =>
    Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
  )?.value;
}

/** Whether an orderer's metrics say that it leads the channel's consenters. */
export function isLeader(
  metrics: Metrics | undefined,
  { channel, ordering }: Pick<Topology, 'channel' | 'ordering'>,
): boolean {
  const consensus = ordering === 'bft' ? 'BFT' : 'etcdraft';
  return metric(metrics, `consensus_${consensus}_is_leader`, { channel }) === 1;
}

/** Prometheus' text exposition format 0.0.4, as far as Fabric's gauges and counters use it. */
export function parseMetrics(text: string): Metrics {
  const metrics = new Map<string, MetricSample[]>();
  for (const line of text.split('\n')) {
    const match = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/.exec(line);
    if (match === null) continue;
    const [, name = '', labels = '', value = ''] = match;
    metrics.set(name, [
      ...(metrics.get(name) ?? []),
      { labels: parseLabels(labels), value: Number(value) },
    ]);
  }
  return metrics;
}

function parseLabels(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"/g)].map(
      ([, label = '', value = '']) => [label, value],
    ),
  );
}

/** The complete response, or undefined: a node may stop answering between the headers and the end of the body. */
async function get(address: string, path: string): Promise<string | undefined> {
  try {
    const response = await fetch(`http://${address}${path}`, {
      signal: AbortSignal.timeout(within),
    });
    const text = await response.text();
    return response.ok ? text : undefined;
  } catch {
    return undefined;
  }
}
