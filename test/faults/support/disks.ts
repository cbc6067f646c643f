import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { SmallDisk } from '../../support/small-disk.js';

/** Below the data folder: each has a disk of its own, so that each can be full alone. */
const folders = {
  'ledger state': 'embedded/level',
  'block files': 'embedded/blocks',
  pending: 'gateway/pending',
  index: 'gateway/index',
  documents: 'gateway/documents',
  audit: 'gateway/audit',
  journal: 'gateway/journal',
} as const;

export type StoreName = keyof typeof folders;
export const storeNames = Object.keys(folders) as readonly StoreName[];

/** More than any run writes; what is not used takes no memory. */
const size = 1024 * 1024 * 1024;

/** How disks are made full, and given space again. */
export interface Disks {
  readonly kind: 'tmpfs' | 'prlimit';
  /** Leaves a store so many bytes. */
  leave(store: StoreName, bytes: number, pid: number | undefined): void;
  release(store: StoreName, pid: number | undefined): void;
  unmount(): void;
}

/** Small file systems where they may be mounted; else a limit on the length of the process's files, which fails in the same calls. */
export function disksBelow(state: string): Disks {
  return SmallDisk.available() ? mounted(state) : limited;
}

function mounted(state: string): Disks {
  const disks = new Map(
    storeNames.map((name) => [name, SmallDisk.mount(join(state, folders[name]), size)]),
  );
  return {
    kind: 'tmpfs',
    leave: (store, bytes) => disks.get(store)?.leave(bytes),
    release: (store) => disks.get(store)?.release(),
    unmount: () => {
      for (const disk of disks.values()) disk.unmount();
    },
  };
}

/** RLIMIT_FSIZE of util-linux: any write behind that length of any file fails (EFBIG), as it would on a full disk. */
const limited: Disks = {
  kind: 'prlimit',
  leave: (_store, bytes, pid) => {
    if (pid !== undefined) limitFiles(pid, String(bytes + 1));
  },
  release: (_store, pid) => {
    if (pid !== undefined) limitFiles(pid, 'unlimited');
  },
  unmount: () => undefined,
};

function limitFiles(pid: number, soft: string): void {
  spawnSync('prlimit', ['--pid', String(pid), `--fsize=${soft}:`], { stdio: 'ignore' });
}
