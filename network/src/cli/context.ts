import type { Command } from 'commander';
import { createOutput, type Output, type Sink } from './output.js';
import { dataFolder, type DataFolder } from '../supervisor/data-folder.js';

/** What a command gets from outside; the process itself only in `bin/`. */
export interface CliEnvironment {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The script to start again as the daemon. */
  readonly script: string;
  readonly nodeOptions: readonly string[];
}

/** Options every command has. */
export interface CommonOptions {
  readonly dir?: string;
  readonly json?: boolean;
}

/** Which topology, when not the folder's own. */
export interface TopologyOption {
  readonly topology?: string;
}

export interface UpOptions extends TopologyOption {
  /** Runs the topology on this engine, whatever its file says. */
  readonly engine?: 'embedded' | 'fabric';
  /** Folder of Fabric's binaries, for the fabric engine. */
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

/** Adds `--dir` and `--json` and an example to a command. */
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
