import { canonicalDigest, type OneThingRecord } from '@yici/domain/model';
import { collected } from '../../api/ask.js';
import type { YiciClient } from '../../api/client.js';
import { ClientError } from '../../errors.js';
import { idIn, type Input, type Prepare } from './prepare.js';

/** The version under review and the duty version that it is compared with: those of the open review. */
export const withOpenReview: Prepare = async (input, _values, client) => {
  if (input['version'] !== undefined && input['dutyVersion'] !== undefined) return input;
  const taskCode = idIn(input, 'taskCode');
  for await (const review of client.list('matters.reviews', { taskCode })) {
    if (review.status !== 'open') continue;
    return { version: review.version, dutyVersion: review.dutyVersion, ...input };
  }
  throw new ClientError('USAGE', `没有待办复核 no review is open: ${taskCode}`);
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
  const { version } = await client.read('oneThings.get', { code: idIn(input, 'code') });
  return { version, ...input };
};

async function newest(client: YiciClient, input: Input): Promise<OneThingRecord> {
  const version = input['version'];
  const code = idIn(input, 'code');
  if (typeof version === 'number') return client.read('oneThings.version', { code, version });
  const last = (await collected(client.list('oneThings.versions', { code }))).at(-1);
  if (last !== undefined) return last;
  throw new ClientError('USAGE', `没有“一件事” there is no one thing ${code}.`);
}
