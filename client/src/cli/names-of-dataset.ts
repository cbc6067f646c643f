import type { ShareRecord } from '@yici/domain/model';
import type { Names } from '@yici/terminal';
import { collected } from '../api/ask.js';
import type { YiciClient } from '../api/client.js';

/** What the version of the entry that a share or an attestation is of calls its fields and its conditions. */
export async function namesOfVersion(
  client: YiciClient,
  { datasetId, datasetVersion }: Pick<ShareRecord, 'datasetId' | 'datasetVersion'>,
): Promise<Names> {
  const versions = await collected(client.list('datasets.versions', { datasetId, limit: 200 }));
  const { content } = versions.find(({ version }) => version === datasetVersion) ?? {};
  const { fields = [], conditions } = content ?? {};
  return {
    field: new Map(fields.map(({ code, name }) => [code, name])),
    condition: new Map(conditions?.terms.map(({ code, text }) => [code, { zh: text, en: text }])),
  };
}
