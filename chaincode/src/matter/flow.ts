import { ContractError } from '../kernel/errors';
import type { Limit } from '../kernel/scalars';
import type { FlowStep } from './records';

/**
 * A flow is a graph without cycles over its own steps; a sequential step follows at least one other; the longest way
 * through fits the promised limit, so that a link cannot promise what the whole cannot keep.
 * @throws ContractError FLOW_INVALID, with the problem and the step
 */
export function checkFlow(flow: readonly FlowStep[], promisedDays: number): void {
  for (const { id, mode, after } of flow) {
    if (mode === 'sequential' && after.length === 0) refuse('sequentialWithoutPrior', id);
  }
  checkGraph(flow, promisedDays);
}

/** One node of a graph: a step of a matter, or a part of a one thing. */
export interface GraphNode {
  readonly id: string;
  readonly after: readonly string[];
  readonly limit: Limit;
}

/**
 * A graph without cycles over its own nodes whose longest way fits the promised limit.
 * @throws ContractError FLOW_INVALID
 */
export function checkGraph(nodes: readonly GraphNode[], promisedDays: number): void {
  const known = new Set(nodes.map(({ id }) => id));
  for (const { id, after } of nodes) {
    if (!after.every((prior) => known.has(prior))) refuse('unknownPrior', id);
  }
  const longest = Math.max(0, ...longestWays(nodes).values());
  if (longest > promisedDays) {
    throw new ContractError('FLOW_INVALID', {
      problem: 'longerThanPromised',
      longest,
      promisedDays,
    });
  }
}

/** Working days from the start to the end of each node, walking the graph in an order in which priors come first. */
function longestWays(nodes: readonly GraphNode[]): ReadonlyMap<string, number> {
  const ends = new Map<string, number>();
  let waiting = nodes;
  while (waiting.length > 0) {
    const ready = waiting.filter((step) => step.after.every((prior) => ends.has(prior)));
    const first = waiting[0];
    if (ready.length === 0 && first !== undefined) refuse('cycle', first.id);
    for (const step of ready) {
      const start = Math.max(0, ...step.after.map((prior) => ends.get(prior) ?? 0));
      ends.set(step.id, start + step.limit.value);
    }
    waiting = waiting.filter((step) => !ends.has(step.id));
  }
  return ends;
}

function refuse(problem: string, step: string): never {
  throw new ContractError('FLOW_INVALID', { problem, step });
}
