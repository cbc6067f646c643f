import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { Gauge, type Registry } from 'prom-client';

/** What an operator has to look after before it runs out. */
export interface Resources {
  /** The gateway's own folder. */
  readonly directory: string;
  /** The peer's number of blocks. */
  readonly peerHeight: () => Promise<number>;
  /** Whether calls go to a peer under `fallback` at present. */
  readonly standingIn: () => boolean;
  /** Certificates that this gateway uses, with the end of their validity. */
  readonly certificates: () => readonly { readonly name: string; readonly ends: Date }[];
  /** Content of the documents that are kept. */
  readonly documentBytes: () => number;
}

/** Stores of the gateway's folder that grow. */
const stores = ['index', 'pending', 'audit', 'journal', 'documents/records'] as const;
/** How long a collection waits for the peer, in milliseconds: a peer that hangs must not hold up all other metrics. */
const within = 3_000;

export function addResources(registers: Registry[], resources: Resources): void {
  addLedger(registers, resources);
  addDisk(registers, resources);
  new Gauge({
    name: 'yici_certificate_end_seconds',
    help: 'End of a certificate that this gateway uses, in seconds since 1970.',
    labelNames: ['certificate'] as const,
    registers,
    collect() {
      this.reset();
      for (const { name, ends } of resources.certificates()) {
        this.set({ certificate: name }, ends.getTime() / 1_000);
      }
    },
  });
}

/** The height is missing while the peer does not tell it: an old figure would hide that. */
function addLedger(registers: Registry[], { peerHeight, standingIn }: Resources): void {
  new Gauge({
    name: 'yici_peer_height',
    help: "The peer's number of blocks; absent while it does not answer.",
    registers,
    async collect() {
      const height = await settled(peerHeight());
      if (height === undefined) this.remove();
      else this.set(height);
    },
  });
  new Gauge({
    name: 'yici_peer_fallback',
    help: '1 while a peer under `fallback` stands in for the own one.',
    registers,
    collect() {
      this.set(standingIn() ? 1 : 0);
    },
  });
}

function addDisk(registers: Registry[], { directory, documentBytes }: Resources): void {
  new Gauge({
    name: 'yici_store_bytes',
    help: 'Bytes of a store’s files on the disk.',
    labelNames: ['store'] as const,
    registers,
    async collect() {
      for (const store of stores) this.set({ store }, await bytesIn(join(directory, store)));
    },
  });
  new Gauge({
    name: 'yici_documents_bytes',
    help: 'Content of the documents that are kept, here or in the object store.',
    registers,
    collect() {
      this.set(documentBytes());
    },
  });
  new Gauge({
    name: 'yici_disk_bytes',
    help: 'The disk of the gateway’s folder: `size`, and `available` to its user.',
    labelNames: ['of'] as const,
    registers,
    async collect() {
      const { bavail, blocks, bsize } = await statfs(directory);
      this.set({ of: 'available' }, bavail * bsize);
      this.set({ of: 'size' }, blocks * bsize);
    },
  });
}

/** The outcome, or undefined when it failed or is late. */
async function settled<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, within, undefined).unref();
  });
  try {
    return await Promise.race([work.catch(() => undefined), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Level replaces its files while they are counted. */
async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const sizes = names.map((name) =>
    stat(join(folder, name)).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
