import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmdirSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const page = 4_096;

/** A file system of its own in memory, that can be made full and be given space again while it is used. */
export class SmallDisk {
  readonly folder: string;
  readonly #bytes: number;

  private constructor(folder: string, bytes: number) {
    this.folder = folder;
    this.#bytes = bytes;
  }

  /** Whether this process may mount one: only root may, and not everywhere. */
  static available(): boolean {
    const folder = mkdtempSync(join(tmpdir(), 'yici-disk-'));
    const mounted = mount(['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
    if (mounted) umount(folder);
    rmdirSync(folder);
    return mounted;
  }

  /** Mounts one of so many bytes over a folder, which is made when it is not there. */
  static mount(folder: string, bytes: number): SmallDisk {
    mkdirSync(folder, { recursive: true });
    if (!mount(['-t', 'tmpfs', '-o', `size=${bytes},mode=0700`, 'tmpfs', folder])) {
      throw new RangeError(`no file system could be mounted over ${folder}`);
    }
    return new SmallDisk(folder, bytes);
  }

  /** Takes away all space but so many bytes, in pages. What is written meanwhile may take some of it. */
  leave(bytes: number): void {
    for (let extra = 0; extra < 256; extra += 1) {
      const size = this.#used() + Math.floor(bytes / page) * page + extra * page;
      if (mount(['-o', `remount,size=${size}`, this.folder])) return;
    }
    throw new RangeError(`${this.folder} could not be made small`);
  }

  /** Gives all its space back. */
  release(): void {
    if (!mount(['-o', `remount,size=${this.#bytes}`, this.folder])) {
      throw new RangeError(`${this.folder} could not be made large again`);
    }
  }

  unmount(): void {
    umount(this.folder);
  }

  #used(): number {
    const { blocks, bfree, bsize } = statfsSync(this.folder);
    return (blocks - bfree) * bsize;
  }
}

function mount(args: readonly string[]): boolean {
  return spawnSync('mount', args, { stdio: 'ignore' }).status === 0;
}

function umount(folder: string): void {
  // Lazily: what still has a file open there does not keep it.
  spawnSync('umount', ['-l', folder], { stdio: 'ignore' });
}
