import { present } from '../../present.js';
import type { Topology } from '../../topology/schema.js';

/** One sample of a metric: its labels and its value. */
interface MetricSample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Metrics by name, from Prometheus' text format. */
export type Metrics = ReadonlyMap<string, readonly MetricSample[]>;

const within = 3_000;

/** How a process is: `unwell` answers that it is not healthy, `hangs` takes connections and answers nothing. */
export type ProcessState = 'up' | 'unwell' | 'hangs' | 'down';

/** What a node's operations endpoint says of it, within three seconds. `path`: where it says whether it is healthy. */
export async function lookAtNode(
  address: string,
  path = '/healthz',
): Promise<{ readonly state: ProcessState; readonly metrics?: Metrics }> {
  const [health, metrics] = await Promise.all([get(address, path), get(address, '/metrics')]);
  if (health === 'silent' || metrics === 'silent') return { state: 'hangs' };
  if (health === 'gone' && metrics === 'gone') return { state: 'down' };
  const text = goodText(metrics);
  const isUp = text !== undefined && goodText(health) !== undefined;
  return {
    state: isUp ? 'up' : 'unwell',
    ...present({ metrics: text === undefined ? text : parseMetrics(text) }),
  };
}

/** Whether a node's operations endpoint reports that it is healthy. */
export async function isHealthy(address: string): Promise<boolean> {
  return goodText(await get(address, '/healthz')) !== undefined;
}

/** A node's metrics; undefined when it does not answer. */
export async function readMetrics(address: string): Promise<Metrics | undefined> {
  const text = goodText(await get(address, '/metrics'));
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

interface NodeAnswer {
  readonly ok: boolean;
  readonly text: string;
}

const goodText = (answer: NodeAnswer | 'silent' | 'gone'): string | undefined =>
  typeof answer === 'object' && answer.ok ? answer.text : undefined;

/** The complete response. A node may fall silent before it, or between the headers and the end of the body. */
async function get(address: string, path: string): Promise<NodeAnswer | 'silent' | 'gone'> {
  try {
    const response = await fetch(`http://${address}${path}`, {
      signal: AbortSignal.timeout(within),
    });
    return { ok: response.ok, text: await response.text() };
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? 'silent' : 'gone';
  }
}
