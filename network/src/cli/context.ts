import type { Command } from 'commander';
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
  readonly json: boolean;
  readonly environment: CliEnvironment;
}

const defaultFolder = '.yici';

/** Adds `--dir`, `--json` and an example to a command. */
export function withCommon(command: Command, example: string): Command {
  return command
    .option('--dir <folder>', `data folder (default: $YICI_DIR or ${defaultFolder})`)
    .option('--json', 'print the result, and errors, as JSON')
    .addHelpText('after', `\nExample:\n  $ yici-network ${example}`);
}

export function contextOf(options: CommonOptions, environment: CliEnvironment): CommandContext {
  const json = options.json === true;
  const directory = options.dir ?? environment.env['YICI_DIR'] ?? defaultFolder;
  return {
    folder: dataFolder(directory),
    output: createOutput({ json, stdout: environment.stdout, stderr: environment.stderr }),
    json,
    environment,
  };
}
