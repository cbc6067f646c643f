import { z } from 'zod';
import { capability } from '../../genesis/groups.js';
import { editGroup, withValue } from '../edit.js';
import { channelChange } from './model.js';

const groups = { channel: [], orderer: ['Orderer'], application: ['Application'] } as const;

export const capabilities = channelChange({
  name: 'capabilities',
  arguments: [
    {
      name: 'of',
      kind: 'text',
      words: { zh: 'channel、orderer 或者 application', en: 'channel, orderer or application' },
    },
    { name: 'level', kind: 'text', words: { zh: '级别', en: 'the capability' } },
  ],
  example: 'application V2_5',
  given: z.strictObject({
    of: z.enum(['channel', 'orderer', 'application']),
    level: z.string().regex(/^V[0-9]+(_[0-9]+)*$/, 'a capability, as V2_5'),
  }),
  apply: (config, { of, level }) =>
    editGroup(config.tree, groups[of], (group) =>
      withValue(group, 'Capabilities', capability(level)),
    ),
});
