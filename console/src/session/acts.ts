import { reads, type About, type ActView, type ReadName } from '@yici/api';
import type { YiciClient } from '@yici/client/web';
import { useQueries } from '@tanstack/react-query';
import { usePresent } from './session.js';

type ActsName = Extract<ReadName, `${string}.acts`>;

const isOfActs = (name: string): name is ActsName => name.endsWith('.acts');

/** Which acts on a record are open to the caller now, and why others are not; none of what no command acts on. */
async function actsOn(client: YiciClient, { collection, key }: About): Promise<readonly ActView[]> {
  const name = Object.keys(reads)
    .filter(isOfActs)
    .find((one) => reads[one].path.startsWith(`/v1/${collection}/`));
  if (name === undefined) return [];
  const params = Object.keys(reads[name].params.shape);
  const asked = Object.fromEntries(params.map((field, at) => [field, key[at] ?? '']));
  return (await client.read(name, asked)).acts;
}

/** The acts on each of several records; undefined while one of the answers is on its way. */
export function useActsOn(abouts: readonly About[]): readonly (readonly ActView[])[] | undefined {
  const { client, session } = usePresent();
  const answers = useQueries({
    queries: abouts.map((about) => ({
      queryKey: [session.user, 'acts', about],
      queryFn: () => actsOn(client, about),
    })),
  });
  const found = answers.flatMap(({ data }) => (data === undefined ? [] : [data]));
  return found.length === abouts.length ? found : undefined;
}
