import type { z } from 'zod';
import { channelSettings, type Topology } from './schema.js';

/** What of the channel a topology names by the same keys. */
export type ChannelSettings = Pick<Topology, 'batch' | 'bft' | 'policies'>;

/** Every setting by its path in the topology, as `batch.timeout`, with what it may be. */
export const settingFields: ReadonlyMap<string, z.ZodType> = new Map(
  Object.entries(channelSettings).flatMap(([section, schema]) =>
    Object.entries(schema.shape).map(([name, field]) => [`${section}.${name}`, field] as const),
  ),
);

/** Every setting by its path, as it is written. */
export const flatSettings = ({ batch, bft, policies }: ChannelSettings): Map<string, string> =>
  new Map(
    Object.entries({ batch, bft, policies }).flatMap(([section, fields]) =>
      Object.entries(fields).map(([name, value]) => [`${section}.${name}`, String(value)] as const),
    ),
  );
