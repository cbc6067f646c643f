import { createHash } from 'node:crypto';
import assert from 'node:assert/strict';
import { matterRecord } from '@yici/domain/model';
import { readIdentityFolder, YiciClient } from '@yici/client';
import { loadDemo, readDemoData } from '@yici/client/testing';
import type { Stack } from './stack.js';

/** Case numbers of one matter and day are four digits. */
export const casesPerMatter = 9_000;

const digestOf = (text: string) => ({
  digestAlg: 'sha256' as const,
  digest: createHash('sha256').update(text).digest('hex'),
});

/** What a case is filed with; the gateway gives it its number. */
export const filingFor = (taskCode: string) => ({
  taskCode,
  matterVersion: 1,
  form: digestOf('form'),
  materials: [
    { code: 'application', document: digestOf('application') },
    { code: 'rentalQuote', document: digestOf('rental quote') },
  ],
});

/**
 * Loads the demo data and publishes copies of its office-space lease, each with room for {@link casesPerMatter} cases
 * a day; gives their task codes.
 */
export async function seed(stack: Stack, matters: number): Promise<readonly string[]> {
  const identities = (user: string) => readIdentityFolder(stack.identityFolder(user));
  await loadDemo({ baseUrl: stack.url, identities });
  const clients = new Map<string, YiciClient>();
  for (const user of ['offices.clerk1', 'offices.head1', 'establishment.head1']) {
    const client = new YiciClient({ baseUrl: stack.url, identity: await identities(user) });
    await client.login();
    clients.set(user, client);
  }
  const run = async (user: string, command: string, input: Readonly<Record<string, unknown>>) => {
    const client = clients.get(user);
    assert.ok(client !== undefined);
    return client.execute(command, input);
  };
  const demo = await readDemoData();
  const lease = demo.matters.find(({ input }) => input.catalogCode === 'YC3311000007');
  assert.ok(lease !== undefined);
  const taskCodes = Array.from({ length: matters }, (_, index) => `BENCH${String(index + 1)}`);
  for (const taskCode of taskCodes) {
    const drafted = await run('offices.clerk1', 'matter.draft', { ...lease.input, taskCode });
    const { version, contentDigest } = matterRecord.parse(drafted.result);
    const cosigned = { taskCode, version, contentDigest };
    await run('offices.head1', 'matter.cosign', cosigned);
    await run('establishment.head1', 'matter.cosign', cosigned);
    await run('offices.clerk1', 'matter.publish', { taskCode, version });
  }
  return taskCodes;
}
