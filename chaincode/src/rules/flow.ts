import type { FlowStep } from '../model';
import { ContractError } from '../model';

/**
 * A flow is a graph without cycles over its own steps; a sequential step follows at least one other; the longest way
 * through fits the promised limit, so that a link cannot promise what the whole cannot keep.
 * @throws ContractError FLOW_INVALID, with the problem and the step
 */
export function checkFlow(flow: readonly FlowStep[], promisedDays: number): void {
  const steps = new Map(flow.map((step) => [step.id, step]));
  for (const step of flow) {
    if (step.mode === 'sequential' && step.after.length === 0)
      refuse('sequentialWithoutPrior', step.id);
    for (const prior of step.after) if (!steps.has(prior)) refuse('unknownPrior', step.id);
  }
  const longest = Math.max(0, ...longestWays(flow).values());
  if (longest > promisedDays) {
    throw new ContractError('FLOW_INVALID', {
      problem: 'longerThanPromised',
      longest,
      promisedDays,
    });
  }
}

/** Working days from acceptance to the end of each step, walking the graph in an order in which priors come first. */
function longestWays(flow: readonly FlowStep[]): ReadonlyMap<string, number> {
  const ends = new Map<string, number>();
  let waiting = flow;
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
