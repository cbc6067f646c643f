import { ClientError } from '../errors.js';
import { Cast, type CastOptions } from './cast.js';
import { playEstablishmentUse } from './establishment-use.js';
import { Narrator, type StoryStep } from './narrator.js';
import { playOfficeLease } from './office-lease.js';
import { verifyChain, type Stage } from './stage.js';

export type { StoryStep } from './narrator.js';

/** The rules of which the story shows one refused attempt each. */
export const shownRules = ['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R9', 'R10', 'R13', 'R14'] as const;

export interface RunStoryOptions extends CastOptions {
  readonly onStep?: (step: StoryStep) => void;
}

export interface Story {
  readonly steps: readonly StoryStep[];
  readonly cases: readonly string[];
}

/**
 * Plays the demo's story through the REST API, each act signed with its own department's key: two matters filed and
 * answered by six departments, one refused attempt of every rule, and both cases' chains recomputed at the end. The demo
 * data must be loaded. Every run files new cases.
 * @throws ClientError CHECK_FAILED when the ledger does not behave as the rules say.
 */
export async function runStory(options: RunStoryOptions): Promise<Story> {
  const cast = new Cast(options);
  const narrator = new Narrator(cast, options.onStep ?? (() => undefined));
  const stage: Stage = { cast, narrator };
  try {
    const cases = [await playEstablishmentUse(stage), await playOfficeLease(stage)];
    narrator.heading('核验 Verification');
    for (const caseNo of cases) await verifyChain(stage, caseNo);
    requireEveryRule(narrator.steps);
    return { steps: narrator.steps, cases };
  } finally {
    await cast.close();
  }
}

function requireEveryRule(steps: readonly StoryStep[]): void {
  const shown = new Set(steps.flatMap((step) => (step.kind === 'refused' ? step.rule : [])));
  const missing = shownRules.filter((rule) => !shown.has(rule));
  if (missing.length > 0) {
    throw new ClientError('CHECK_FAILED', `No refused attempt was shown of ${missing.join(', ')}.`);
  }
}
