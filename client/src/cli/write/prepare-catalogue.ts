import {
  canonicalDigest,
  oneThingRecord,
  reviewRecord,
  type OneThingRecord,
} from '@yici/chaincode/model';
import type { YiciClient } from '../../api/client.js';
import { ClientError } from '../../errors.js';
import { pathPart, type Input, type Prepare } from './prepare.js';

/** The version under review and the duty version that it is compared with: those of the open review. */
export const withOpenReview: Prepare = async (input, _values, client) => {
  if (input['version'] !== undefined && input['dutyVersion'] !== undefined) return input;
  const path = `/v1/matters/${pathPart(input, 'taskCode')}/reviews`;
  for await (const item of client.list(path)) {
    const review = reviewRecord.parse(item);
    if (review.status !== 'open') continue;
    return { version: review.version, dutyVersion: review.dutyVersion, ...input };
  }
  throw new ClientError('USAGE', `没有待办复核 no review is open: ${pathPart(input, 'taskCode')}`);
};

/** The newest version, and its content digest recomputed here: a head signs what was read, not what the gateway says. */
export const withOneThingDigest: Prepare = async (input, _values, client) => {
  const oneThing = await newest(client, input);
  return { version: oneThing.version, contentDigest: canonicalDigest(oneThing.content), ...input };
};

export const withNewestOneThing: Prepare = async (input, _values, client) => {
  if (input['version'] !== undefined) return input;
  return { version: (await newest(client, input)).version, ...input };
};

export const withPublishedOneThing: Prepare = async (input, _values, client) => {
  if (input['version'] !== undefined) return input;
  const path = `/v1/one-things/${pathPart(input, 'code')}`;
  return { version: (await client.get(oneThingRecord, path)).version, ...input };
};

async function newest(client: YiciClient, input: Input): Promise<OneThingRecord> {
  const version = input['version'];
  const path = `/v1/one-things/${pathPart(input, 'code')}/versions`;
  if (typeof version === 'number') return client.get(oneThingRecord, `${path}/${version}`);
  let last: OneThingRecord | undefined;
  for await (const item of client.list(path)) last = oneThingRecord.parse(item);
  if (last !== undefined) return last;
  throw new ClientError('USAGE', `没有“一件事” there is no one thing ${pathPart(input, 'code')}.`);
}
