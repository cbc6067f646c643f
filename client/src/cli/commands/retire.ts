import type { PendingChange, Retirement } from '@yici/api';
import { exampleOf, type SpokenCommand as Command } from '@yici/terminal';
import { z } from 'zod';
import { inLanes } from '../../api/lanes.js';
import { refusalCode } from '../../contract-refusal.js';
import { ClientError } from '../../errors.js';
import { presentRetirement, type Passed, type Stage } from '../../present/retirement.js';
import type { Terminal } from '../../terminal/terminal.js';
import type { Caller } from '../caller.js';
import { names, reads, type Shown } from '../read/read.js';

/** Acts in progress. */
const width = 4;

/**
 * `yici department retire`: takes a department that ends as far as it goes now, and says what is next and whose. It keeps nothing
 * of its own: where it stands is read from the ledger and the channel each time.
 */
export function addRetire(group: Command, terminal: Terminal): void {
  const command = names(group.command('retire'), 'departments.retirement')
    .description({
      zh: '部门撤销：办理承继，列明未结事项和下一步（账本、通道）',
      en: 'end a department: passes on what its successor gets, and says what is still open and what comes next, on the ledger and on the channel',
    })
    .option('--only-show', {
      zh: '只看进度，不办理承继',
      en: 'only say where it stands',
    });
  reads(command, terminal, (caller, [id = ''], { onlyShow }) =>
    retire({ caller, terminal, id, acts: onlyShow !== true }),
  );
  exampleOf(command, 'yici department retire hrss', 'yici department retire hrss --only-show');
}

interface Retiring {
  readonly caller: Caller;
  readonly terminal: Terminal;
  readonly id: string;
  readonly acts: boolean;
}

async function retire({ caller, terminal, id, acts }: Retiring): Promise<Shown> {
  const { client, say } = caller;
  const seen = () => client.read('departments.retirement', { id });
  let left = await seen();
  const passed: Passed[] = [];
  while (acts && left.due.length > 0) {
    const round = await passOn(caller, terminal, left.due);
    passed.push(...round);
    left = await seen();
    // What all others refuse is refused again.
    if (round.every(({ code }) => code !== undefined)) break;
  }
  terminal.progress(undefined);
  const channel = await onChannel(caller, left.mspId);
  const stage = stageOf(left, channel.member);
  const whole = { ...left, stage, passed, channel };
  const failed = { zh: '撤销尚未办完，见下一步。', en: 'It has not ended yet: see what is next.' };
  return {
    json: whole,
    lines: presentRetirement(whole, client.gateway, say),
    ...(stage !== 'ended' && { failed }),
  };
}

/** Each act its own transaction; those about one thing one after the other. */
async function passOn(
  { client }: Caller,
  terminal: Terminal,
  due: Retirement['due'],
): Promise<Passed[]> {
  const passed: Passed[] = [];
  const laneOf = ({ input }: Retirement['due'][number]) => Object.values(input)[0] ?? '';
  await inLanes(due, laneOf, width, async ({ command, input }) => {
    const code = await client.execute(command, input, { now: terminal.now }).then(
      () => undefined,
      (error: unknown) => {
        if (error instanceof ClientError) return refusalCode(error) ?? error.code;
        throw error;
      },
    );
    passed.push({ command, input, ...(code !== undefined && { code }) });
    terminal.progress(`${passed.length}/${due.length}`);
  });
  return passed;
}

/** The department in the channel, as the chain proves it, and the change that takes it out, if one gathers signatures here. */
async function onChannel(
  { client }: Caller,
  mspId: string,
): Promise<{ readonly member: boolean | null; readonly pending: PendingChange | null }> {
  const [config, changes] = await Promise.all([client.channelConfig(), client.channelChanges()]);
  const pending = changes.find(
    ({ change: { change } }) =>
      change.name === 'remove-department' && given.safeParse(change.given).data?.mspId === mspId,
  );
  const members = config?.application?.organizations.map((one) => one.mspId);
  return { member: members?.includes(mspId) ?? null, pending: pending ?? null };
}

const given = z.object({ mspId: z.string() });

function stageOf({ decision, due, open, functions }: Retirement, member: boolean | null): Stage {
  if (member === false) return 'ended';
  if (decision === null) return 'undecided';
  if (decision.inForceFrom === null) return 'unconfirmed';
  if (due.length > 0) return 'passing';
  return open.length > 0 || functions.length > 0 ? 'open' : 'channel';
}
