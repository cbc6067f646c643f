import { exampleOf, type Say, type SpokenCommand } from '@yici/terminal';
import type { Command } from 'commander';
import type { Words } from '@yici/domain/model';
import { exitCodes } from './exit.js';
import { createOutput, type Output, type Sink } from './output.js';
import { dataFolder, type DataFolder } from '../supervisor/data-folder.js';

/** The environment of a command; the real process is used only in `bin/`. */
export interface CliEnvironment {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The script to run again as the daemon. */
  readonly script: string;
  readonly nodeOptions: readonly string[];
}

/** Options of every command. */
export interface CommonOptions {
  readonly dir?: string;
  readonly json?: boolean;
}

/** The topology to use instead of the folder's own. */
export interface TopologyOption {
  readonly topology?: string;
}

export interface UpOptions extends TopologyOption {
  /** Overrides the engine named in the topology file. */
  readonly engine?: 'embedded' | 'fabric';
  /** Folder of Fabric's binaries (fabric engine). */
  readonly binDir?: string;
  readonly foreground?: boolean;
}

export interface CommandContext {
  readonly folder: DataFolder;
  readonly output: Output;
  readonly environment: CliEnvironment;
  readonly say: Say;
}

const defaultFolder = '.yici';

/** What the commands need of the program that they are part of. */
export interface Program {
  readonly environment: CliEnvironment;
  readonly say: Say;
  exitCode: number;
}

/**
 * Adds a command with `--dir`, `--json` and its example. The example is a whole command line; the command's name is the
 * word after the name of the parent.
 */
export function addCommand(
  parent: SpokenCommand,
  example: string,
  description: Words,
): SpokenCommand {
  const words = example.split(' ');
  const command = parent
    .command(words[words.indexOf(parent.name()) + 1] ?? '')
    .description(description)
    .option('--dir <folder>', folderWords)
    .option('--json', {
      zh: '以 JSON 输出结果和错误',
      en: 'print the result, and errors, as JSON',
    });
  return exampleOf(command, `yici-network ${example}`);
}

const folderWords = {
  zh: `数据目录（缺省为 YICI_DIR 或者 ${defaultFolder}）`,
  en: `data folder (default: $YICI_DIR or ${defaultFolder})`,
};

/** What a command does with its arguments and, after them, its options; false when what it checked is not in order. */
type Act<Given extends readonly unknown[]> = (context: CommandContext, ...given: Given) => unknown;

/** The action of a command, whose code is loaded when it runs. */
export function run<Given extends readonly unknown[]>(
  program: Program,
  load: () => Act<Given> | Promise<Act<Given>>,
) {
  return async function (this: Command, ...given: Given): Promise<void> {
    const act = await load();
    const inOrder = await act(contextOf(this.opts(), program), ...given);
    if (inOrder === false) program.exitCode = exitCodes.checkFailed;
  };
}

function contextOf(options: CommonOptions, { environment, say }: Program): CommandContext {
  const { env, stdout, stderr } = environment;
  const folder = dataFolder(options.dir ?? env['YICI_DIR'] ?? defaultFolder);
  const output = createOutput({ json: options.json === true, say, stdout, stderr });
  return { folder, output, environment, say };
}
