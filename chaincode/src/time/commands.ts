import { z } from 'zod';
import { command } from '../kernel/operation';
import { beaconRecord } from './records';

const times = { plural: 'times', key: 'id' } as const;

export const commands = {
  'time.beacon': command({
    of: times,
    input: z.strictObject({}),
    output: beaconRecord,
    roles: ['gateway'],
    finishes: true,
    summary: {
      zh: '网关登记时间已进入新的时段，滞留的旧操作不能再生效',
      en: 'A gateway records that a new period has come, after which older acts that were held back cannot commit',
    },
  }),
} as const;
