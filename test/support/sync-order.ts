import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** What would survive a power cut, in the order it was done: a sync of a file or folder, a rename. */
export type SyncStep =
  | { readonly kind: 'sync'; readonly path: string }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string };

/** Runs something and gives its synchronous syncs and renames; needs /proc to name what a descriptor is. */
export function orderOfSyncs(run: () => void): readonly SyncStep[] {
  const steps: SyncStep[] = [];
  const { fsyncSync, renameSync } = fs;
  fs.fsyncSync = (descriptor) => {
    steps.push({ kind: 'sync', path: fs.readlinkSync(`/proc/self/fd/${String(descriptor)}`) });
    fsyncSync(descriptor);
  };
  fs.renameSync = (from, to) => {
    steps.push({ kind: 'rename', from: String(from), to: String(to) });
    renameSync(from, to);
  };
  syncBuiltinESMExports();
  try {
    run();
  } finally {
    Object.assign(fs, { fsyncSync, renameSync });
    syncBuiltinESMExports();
  }
  return steps;
}
