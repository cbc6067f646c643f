import type { SpokenCommand, Text } from '@yici/terminal';

/** Result of a command: for `--json`, and for people. */
export interface Result {
  readonly facts: object;
  readonly text: Text;
}

export type Report = (error: unknown, json: boolean) => void;

/** Lets a command do something, and print what came of it in the form that was asked for. */
export function addAct(
  command: SpokenCommand,
  report: Report,
  act: () => Result | Promise<Result>,
): void {
  command.action(async () => {
    const json = command.optsWithGlobals<{ readonly json?: boolean }>().json === true;
    try {
      const { facts, text } = await act();
      process.stdout.write(json ? `${JSON.stringify(facts)}\n` : `${command.say(text)}\n`);
    } catch (error) {
      report(error, json);
    }
  });
}
