import pino from 'pino';
import { CodedError } from '@yici/ledger';
import { openEmbeddedNetwork } from '../embedded/open.js';
import type { CommandContext, UpOptions } from './context.js';
import type { DaemonMessage } from './daemon.js';
import { describe } from './describe.js';
import { stopSignal } from './signals.js';

/** Runs the network in this process until SIGINT or SIGTERM. */
export async function runForeground(context: CommandContext, options: UpOptions): Promise<void> {
  const { folder, output } = context;
  const stopped = stopSignal();
  try {
    const network = await openEmbeddedNetwork({
      topologyFile: options.topology,
      directory: folder.root,
      listen: true,
      logger: pino({ base: null }, pino.destination(2)),
      progress: (text) => {
        tell({ kind: 'progress', text });
        output.progress(text);
      },
    });
    tell({ kind: 'ready' });
    output.progress(describe(network.running));
    await stopped;
    await network.close();
  } catch (error) {
    if (error instanceof CodedError) {
      tell({
        kind: 'failed',
        code: String(error.code),
        message: error.message,
        details: plain(error.details),
      });
    }
    throw error;
  }
}

/** Tells the command that started this process, while it listens. */
function tell(message: DaemonMessage): void {
  if (process.connected) process.send?.(message);
}

/** Only what survives JSON. */
function plain(details: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(details).map(([key, value]) => [
      key,
      typeof value === 'bigint' ? Number(value) : value,
    ]),
  );
}
