import pino from 'pino';
import { CodedError } from '@yici/ledger';
import type { StartOptions } from '../../fabric/start-options.js';
import { resolveTopology } from '../../genesis/prepare.js';
import { failureOf, type SupervisorMessage } from '../../supervisor/control.js';
import type { OpenNetwork } from '../../supervisor/opening.js';
import type { CommandContext, UpOptions } from '../context.js';
import { describe } from './describe.js';
import { stopSignal } from '../signals.js';

/** Runs the network in this process until SIGINT or SIGTERM. */
export async function runForeground(context: CommandContext, options: UpOptions): Promise<void> {
  const { output } = context;
  const stop = new AbortController();
  const stopped = stopSignal().then(() => stop.abort());
  try {
    const network = await openNetwork(context, options, {
      signal: stop.signal,
      logger: pino({ base: null }, pino.destination(2)),
      progress: (text) => {
        tell({ kind: 'progress', text });
        output.progress(text);
      },
    });
    tell({ kind: 'ready' });
    for (const line of describe(network.running)) output.progress(line);
    await stopped;
    await network.close();
  } catch (error) {
    if (error instanceof CodedError) tell(failureOf(error));
    throw error;
  }
}

/** Opens the topology's engine; the other engine is not loaded. */
async function openNetwork(
  { folder }: CommandContext,
  options: UpOptions,
  listening: Required<Pick<StartOptions, 'signal' | 'logger' | 'progress'>>,
): Promise<OpenNetwork> {
  const source = { topologyFile: options.topology, directory: folder.root };
  const { engine } = await resolveTopology({ ...source, engine: options.engine }, folder);
  if (engine === 'fabric') {
    const { openFabricNetwork } = await import('../../fabric/open.js');
    return openFabricNetwork({ ...source, ...listening, binDir: options.binDir });
  }
  const { openEmbeddedNetwork } = await import('../../embedded/assembly/open.js');
  return openEmbeddedNetwork({ ...source, ...listening, engine, listen: true });
}

/** Sends a message to the command that started this process, if it still listens. */
function tell(message: SupervisorMessage): void {
  if (process.connected) process.send?.(message);
}
