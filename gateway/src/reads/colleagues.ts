import type { Caller } from '../callers/caller.js';
import type { Person } from '../index-store/inbox-list.js';
import type { IndexReader } from '../index-store/reader.js';

const roles = ['clerk', 'head', 'service', 'supervisor'] as const;

/** The caller, and who else is of its section: of those who have signed, or are logged in here. */
export async function colleaguesOf(
  index: IndexReader,
  loggedIn: readonly Caller[],
  { mspId, role, user, section }: Caller,
): Promise<readonly Person[]> {
  const own = { role, user };
  if (section === null) return [own];
  const here = loggedIn.filter((one) => one.section === section);
  const signed = await Promise.all(
    roles.map(async (held) => {
      const signers = [...(await index.signers(mspId, held))];
      const ofSection = signers.filter(([, signer]) => signer.section === section);
      return ofSection.map(([name]): Person => ({ role: held, user: name }));
    }),
  );
  return [own, ...here, ...signed.flat()];
}
