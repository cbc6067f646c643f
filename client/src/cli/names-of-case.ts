import type { CaseRecord } from '@yici/domain/model';
import type { Names } from '@yici/terminal';
import type { YiciClient } from '../api/client.js';
import { namesInMatter } from '../present/names-in-matter.js';

/** What the version of the matter by which a case is handled calls its parts. */
export async function namesOf(
  client: YiciClient,
  { taskCode, matterVersion: version }: Pick<CaseRecord, 'taskCode' | 'matterVersion'>,
): Promise<Names> {
  return namesInMatter((await client.read('matters.version', { taskCode, version })).content);
}

export const namesOfCase = async (client: YiciClient, caseNo: string): Promise<Names> =>
  namesOf(client, await client.read('cases.get', { caseNo }));
