import { ClientError } from '../errors.js';
import { Cast, type CastOptions } from './cast.js';
import { readFolder } from './data.js';
import { reportFigures } from './figures.js';
import { Narrator, type StoryStep } from './narrator.js';
import { Programme } from './programme.js';
import { playAct, storyAct } from './scene.js';
import { verifyChain } from './stage.js';

/** The rules of which the story shows a refused attempt each, by their names in docs/rules.md. */
export const shownRules = [
  ...['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R9', 'R10', 'R13', 'R14'],
  'one-thing-filed',
  ...[
    'sharing-14',
    'sharing-20',
    'sharing-20-reply',
    'sharing-21-refusal',
    'sharing-27',
    'sharing-28',
  ],
  ...['returned-step', 'duty-ruling'],
  ...['card', 'card-appeal'],
  ...['own-application', 'R2-contested', 'R3-present', 'R3-consent', 'R7'],
] as const;

interface RunStoryOptions extends CastOptions {
  readonly onStep?: (step: StoryStep) => void;
}

export interface Story {
  readonly steps: readonly StoryStep[];
  readonly cases: readonly string[];
}

/**
 * Runs the demo's story through the REST API; each act is signed with its own department's key. The acts are
 * independent and run concurrently, but are reported one after the other. At the end the chain of every case is
 * recomputed and some figures are shown. Requires the demo data. Every run files new cases.
 * @throws ClientError CHECK_FAILED when the ledger does not behave as the rules say.
 */
export async function runStory(options: RunStoryOptions): Promise<Story> {
  const cast = new Cast(options);
  const acts = await readFolder('story', storyAct);
  const programme = new Programme(options.onStep ?? (() => undefined));
  try {
    const cases = await programme.play(
      acts.map((act) => (onStep) => playAct({ cast, narrator: new Narrator(cast, onStep) }, act)),
    );
    const narrator = new Narrator(cast, programme.tell);
    narrator.heading({ zh: '核验', en: 'Verification' });
    for (const caseNo of cases.flat()) await verifyChain({ cast, narrator }, caseNo);
    await reportFigures({ cast, narrator });
    requireEveryRule(programme.steps);
    return { steps: programme.steps, cases: cases.flat() };
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
