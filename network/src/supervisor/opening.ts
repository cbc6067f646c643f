import type { Text } from '@yici/terminal';
import { NetworkError } from '../errors.js';
import type { IdentityFiles } from '../pki/read.js';
import type { Topology } from '../topology/schema.js';
import { CloseStack } from './close-stack.js';
import {
  clearRunning,
  lockPrivate,
  writeRunning,
  type DataFolder,
  type RunningNetwork,
} from './data-folder.js';
import { noteRelease } from './release.js';

/** What a network that runs in this process is, whatever its engine. */
export interface OpenNetwork {
  /** The topology in force: an upgrade changes its chaincode section. */
  readonly topology: Topology;
  readonly channel: string;
  /** SHA-256 of the genesis block's header, hex; auditors pin it. */
  readonly genesisHash: string;
  /** Process and addresses. */
  readonly running: RunningNetwork;
  /** A user's certificate and key. Rejects with NetworkError IDENTITY_UNKNOWN. */
  identity(user: string): Promise<IdentityFiles>;
  /** Stops everything that runs and releases the folder. */
  close(): Promise<void>;
}

interface Listening {
  /** Receives a sentence for each step of the start. */
  readonly progress?: ((text: Text) => void) | undefined;
  /** Aborts the start; what was opened is closed. */
  readonly signal?: AbortSignal | undefined;
}

/** What a start closes at its end, and how it reports a step; reporting ends a start that was aborted. */
interface Start {
  readonly closers: CloseStack;
  readonly progress: (text: Text) => void;
}

/**
 * Starts something under the lock of its folder. When that fails or is aborted, everything opened so far is closed.
 * @throws NetworkError DATA_FOLDER_LOCKED, DATA_FOLDER_UNUSABLE, CLOSED (aborted), and what `open` throws
 */
export async function opening<Opened>(
  folder: DataFolder,
  { progress, signal }: Listening,
  open: (start: Start) => Promise<Opened>,
): Promise<Opened> {
  const closers = new CloseStack();
  const giveUp = () => void closers.close().catch(() => undefined);
  const report = (text: Text) => {
    if (signal?.aborted === true) {
      throw new NetworkError('CLOSED', {
        zh: '启动已中止；没有留下运行中的进程。',
        en: 'The start was given up; nothing is left running.',
      });
    }
    progress?.(text);
  };
  signal?.addEventListener('abort', giveUp);
  try {
    const lock = await lockPrivate(folder);
    closers.add(() => lock.release());
    noteRelease(folder);
    return await open({ closers, progress: report });
  } catch (error) {
    await closers.close();
    throw error;
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
}

/** Records in the data folder, until it is closed, that a network runs; for commands in other processes. */
export function announce(
  folder: DataFolder,
  closers: CloseStack,
  { engine, ...facts }: Omit<RunningNetwork, 'pid' | 'startedAt'>,
): RunningNetwork {
  const startedAt = new Date().toISOString();
  const running: RunningNetwork = { pid: process.pid, engine, startedAt, ...facts };
  writeRunning(folder, running);
  closers.add(() => clearRunning(folder));
  return running;
}
