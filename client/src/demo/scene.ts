import { commandNames, commands } from '@yici/domain/model';
import { z } from 'zod';
import { ClientError } from '../errors.js';
import { object, resolved, textOf, wordsOf, type Memory } from './memory.js';
import { advance, specialActs, type Scene } from './special-acts.js';
import { attest, attestation, publishedVersion, type Stage } from './stage.js';

/** What is told, each reader in one language. */
const told = z.strictObject({ zh: z.string(), en: z.string() });

/** A command that one user sends; `refused` when the ledger must refuse it. */
const commandStep = z.strictObject({
  by: z.string(),
  command: z.enum(commandNames),
  input: object,
  text: told.exactOptional(),
  refused: z.strictObject({ rule: z.string(), code: z.string() }).exactOptional(),
  /** The name by which later steps refer to the result. */
  as: z.string().exactOptional(),
});

const specialAct = z.custom<keyof typeof specialActs>(
  (name) => typeof name === 'string' && name in specialActs,
);

const singleStep = z.union([
  commandStep,
  z.strictObject({ matter: z.string(), as: z.string() }),
  z.strictObject({ attest: attestation }),
  z.strictObject({ checked: told }),
  z.strictObject({ same: z.tuple([z.string(), z.string()]) }),
  z.strictObject({ advance: told }),
  z.strictObject({ do: specialAct }),
]);

/** Steps follow one another; each list of `together` runs concurrently with the others. */
type Step = z.output<typeof singleStep> | { readonly together: readonly (readonly Step[])[] };
const step: z.ZodType<Step> = z.lazy(() =>
  z.union([singleStep, z.strictObject({ together: z.array(z.array(step)) })]),
);

/** One act of the story, as `client/demo/story` has it. */
export const storyAct = z.strictObject({
  heading: told,
  /** The cases that it files, as references. */
  cases: z.array(z.string()),
  steps: z.array(step),
});

/**
 * Plays an act and returns the cases that it filed.
 * @throws ClientError CHECK_FAILED when the ledger does not behave as the act says.
 */
export async function playAct(
  stage: Stage,
  { heading, cases, steps }: z.output<typeof storyAct>,
): Promise<readonly string[]> {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  const memory: Memory = {
    today: day(Date.now()),
    in90Days: day(Date.now() + 90 * 24 * 60 * 60 * 1000),
  };
  const scene = { ...stage, memory };
  stage.narrator.heading(heading);
  await play(scene, steps);
  return cases.map((text) => textOf(text, memory));
}

async function play(scene: Scene, steps: readonly Step[]): Promise<void> {
  for (const next of steps) await playStep(scene, next);
}

async function playStep(scene: Scene, next: Step): Promise<void> {
  const { memory, narrator } = scene;
  if ('command' in next) await playCommand(scene, next);
  else if ('together' in next) {
    await Promise.all(next.together.map((steps) => play(scene, steps)));
  } else if ('matter' in next) {
    memory[next.as] = { version: await publishedVersion(scene, next.matter) };
  } else if ('attest' in next) {
    await attest(scene, { ...next.attest, caseNo: textOf(next.attest.caseNo, memory) });
  } else if ('checked' in next) narrator.checked(wordsOf(next.checked, memory));
  else if ('same' in next) requireSame(next.same, scene);
  else if ('advance' in next) await advance(scene, next.advance);
  else await specialActs[next.do](scene);
}

async function playCommand(
  { narrator, memory }: Scene,
  { by, command, input, text, refused, as }: z.output<typeof commandStep>,
): Promise<void> {
  const given = object.parse(resolved(input, memory));
  const said = text === undefined ? undefined : wordsOf(text, memory);
  if (refused !== undefined) {
    const attempt = { user: by, command, input: given };
    await narrator.attempt(refused.rule, attempt, refused.code, said ?? commands[command].summary);
    return;
  }
  const { result } = await narrator.act(by, command, given, said);
  if (as !== undefined) memory[as] = result;
}

function requireSame(references: readonly [string, string], { memory }: Scene): void {
  const [one, other] = references.map((text) => textOf(text, memory));
  if (one === other) return;
  const message = `${references.join(' and ')} should be the same, not ${String(one)} and ${String(other)}.`;
  throw new ClientError('CHECK_FAILED', message);
}
