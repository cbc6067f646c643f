import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ClientError } from '../errors.js';
import type { Sealed } from './digest.js';

const keptSaltSchema = z.strictObject({
  v: z.literal(1),
  digestAlg: z.literal('sha256'),
  digest: z.string(),
  sm3: z.string().optional(),
  salt: z.base64(),
  label: z.string(),
});

type KeptSalt = z.infer<typeof keptSaltSchema>;

/**
 * Stores a salt in `<folder>/<digest>.json`, readable by this user only.
 * @throws ClientError USAGE when the folder cannot be written.
 */
export async function keepSalt(
  folder: string,
  { sealed, salt }: Sealed,
  label: string,
): Promise<void> {
  const kept: KeptSalt = { v: 1, ...sealed, salt: Buffer.from(salt).toString('base64'), label };
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(saltFile(folder, sealed.digest), `${JSON.stringify(kept)}\n`, { mode: 0o600 });
  } catch (cause) {
    throw new ClientError(
      'USAGE',
      { zh: `盐值无法保存到 ${folder}。`, en: `The salt cannot be kept in ${folder}.` },
      { cause },
    );
  }
}

/** The salt of a digest, or undefined when this user has none. @throws ClientError CHECK_FAILED when its file is malformed. */
export async function readSalt(folder: string, digest: string): Promise<Uint8Array | undefined> {
  let content: string;
  try {
    content = await readFile(saltFile(folder, digest), 'utf8');
  } catch {
    return undefined;
  }
  try {
    return Buffer.from(keptSaltSchema.parse(JSON.parse(content)).salt, 'base64');
  } catch (cause) {
    throw new ClientError(
      'CHECK_FAILED',
      { zh: `${saltFile(folder, digest)} 已损坏。`, en: `${saltFile(folder, digest)} is damaged.` },
      { cause },
    );
  }
}

function saltFile(folder: string, digest: string): string {
  return join(folder, `${digest}.json`);
}
