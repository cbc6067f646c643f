import type { Target } from '../peer/port.js';
import { Drafts, type DraftDependencies } from './drafts.js';
import { Idempotency } from './idempotency.js';
import { Outcomes, type OutcomeDependencies } from './outcomes.js';
import { PeerSteps, type PeerStepDependencies } from './peer-steps.js';
import type { PendingStore } from './pending-store.js';

/** The parts shared by writes with a caller's own key and writes with a custodial key. */
export interface WriteParts {
  readonly target: Target;
  readonly pending: PendingStore;
  readonly idempotency: Idempotency;
  readonly drafts: Drafts;
  readonly peer: PeerSteps;
  readonly outcomes: Outcomes;
}

export type WriteDependencies = DraftDependencies &
  Omit<PeerStepDependencies & OutcomeDependencies, 'drafts'> & { readonly pending: PendingStore };

export function writeParts(target: Target, dependencies: WriteDependencies): WriteParts {
  const { pending } = dependencies;
  const drafts = new Drafts(target, dependencies);
  return {
    ...{ target, pending, drafts },
    idempotency: new Idempotency(pending),
    peer: new PeerSteps(target, { ...dependencies, drafts }),
    outcomes: new Outcomes({ ...dependencies, drafts }),
  };
}
