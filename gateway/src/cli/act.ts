import type { SpokenCommand, Text } from '@yici/terminal';

/** Result of a command: for `--json`, and for people. */
export interface Result {
  readonly facts: object;
  readonly text: Text;
}

export type Report = (error: unknown, json: boolean) => void;

/** Which gateway is meant; options of the program, as of each of its commands. */
export const placeOptions = [
  ['--config <file>', { zh: '配置文件（YAML）', en: 'configuration file (YAML)' }],
  ['--state <folder>', { zh: '数据目录（缺省 .yici）', en: 'data folder (default .yici)' }],
] as const;
const jsonWords = { zh: '以 JSON 输出结果和错误', en: 'print the result, and errors, as JSON' };

/** Lets a command do something, and print what came of it in the form that was asked for. */
export function addAct(
  command: SpokenCommand,
  report: Report,
  act: () => Result | Promise<Result>,
): void {
  // The program reads them wherever they stand; here they are for the command's own help.
  for (const [flags, words] of placeOptions) command.option(flags, words);
  command.option('--json', jsonWords);
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
