import { z } from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const size = z.int().nonnegative();

/** The last member of a backup: what it is of, how far that had come, and the digest of every other member. */
export const manifestSchema = z.strictObject({
  v: z.literal(1),
  /** A gateway's own data; the embedded engine's ledger; a Fabric peer's; a folder's keys and what goes with them. */
  kind: z.enum(['gateway', 'embedded', 'peer', 'keys']),
  takenAt: z.iso.datetime(),
  channel: z.string(),
  /** SHA-256 of the genesis block's header, hex. */
  genesisHash: sha256,
  /** Number of blocks; absent where only a running peer would know. */
  height: size.optional(),
  /** Whose peer it is. */
  department: z.string().optional(),
  /** The newest line of the gateway's audit journal; `seq` -1: there is none. */
  journal: z.strictObject({ seq: z.int().min(-1), head: sha256 }).optional(),
  /** By which a gateway recognises the key that opens what is sealed in it. */
  sealing: z.unknown().optional(),
  /** What stays in an object store and was read there when the backup was taken; each is called by its digest. */
  objects: z.array(z.strictObject({ size, sha256 })).optional(),
  members: z.array(z.strictObject({ name: z.string(), size, sha256 })),
});
export type Manifest = z.output<typeof manifestSchema>;

/** What a manifest says besides the members. */
export type BackupFacts = Omit<Manifest, 'v' | 'takenAt' | 'members'>;

export const manifestName = 'manifest.json';
