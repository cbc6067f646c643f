import { mergedFields, type FormField } from '@yici/domain/model';
import type { YiciClient } from './client.js';

/** A version of what a form is filed against. */
export type Filed =
  | { readonly taskCode: string; readonly version: number }
  | { readonly code: string; readonly version: number };

/** The form of a filing: that of its matter, of a one thing the one form of all its parts. */
export async function formToFill(
  client: Pick<YiciClient, 'read'>,
  filed: Filed,
): Promise<readonly FormField[]> {
  if ('taskCode' in filed) {
    return (await client.read('matters.version', filed)).content.formFields ?? [];
  }
  const { content } = await client.read('oneThings.version', filed);
  const parts = content.nodes.map(async ({ id, taskCode, matterVersion: version }) => {
    const matter = await client.read('matters.version', { taskCode, version });
    return [id, matter.content.formFields ?? []] as const;
  });
  return mergedFields(new Map(await Promise.all(parts)));
}
