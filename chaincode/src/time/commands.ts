import { z } from 'zod';
import { operation } from '../kernel/operation';
import { beaconRecord } from './records';

export const timeCommands = {
  'time.beacon': operation({
    contract: 'time',
    transaction: 'beacon',
    input: z.strictObject({}),
    output: beaconRecord,
    roles: ['gateway'],
    summary: {
      zh: '网关登记时间已进入新的时段，滞留的旧操作不能再生效',
      en: 'A gateway records that a new period has come, after which older acts that were held back cannot commit',
    },
  }),
} as const;

type TimeCommands = typeof timeCommands;
declare module '../kernel/commands' {
  interface Commands extends TimeCommands {}
}
