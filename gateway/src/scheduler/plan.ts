import type { CardRecord } from '@yici/chaincode/model';
import { z } from 'zod';
import type { DueCommand, DueRow } from '../index-store/due-row.js';
import type { IndexReader } from '../index-store/reader.js';

/** What a scheduler proposes: what time makes due, and the beacon that shows it. */
export type ScheduledCommand = DueCommand | 'time.beacon';

/** A command that is due, ready to be proposed. */
export interface DueProposal {
  readonly command: ScheduledCommand;
  readonly input: Record<string, unknown>;
}

/** Matters marked for one change of a duty in one go; the rest comes with the next. */
const mostMarked = 200;

/** What a due entry asks for on a day (`YYYY-MM-DD`, Asia/Shanghai); whether it is due, the contract decides. */
export async function proposalsOf(
  { command, input, redFrom }: DueRow,
  today: string,
  index: IndexReader,
): Promise<readonly DueProposal[]> {
  switch (command) {
    case 'card.raise':
    case 'card.raiseOther': {
      const colour: CardRecord['colour'] = redFrom !== null && today >= redFrom ? 'red' : 'yellow';
      return [{ command, input: { ...input, colour } }];
    }
    case 'matter.markForReview':
      return markings(dutyKey.parse(input), index);
    default:
      return [{ command, input }];
  }
}

const dutyKey = z.object({ department: z.string(), code: z.string(), version: z.number() });

/** The matters that rest on a duty and do not know its newest version yet. */
async function markings(
  { department, code, version }: z.infer<typeof dutyKey>,
  index: IndexReader,
): Promise<readonly DueProposal[]> {
  const request = { limit: mostMarked };
  const { items } = await index.records('matterOfDuty', [department, code], request, (link) => {
    const known = link.review ?? link.dutyVersion;
    return link.endedAt === undefined && known < version;
  });
  return items.map(({ taskCode }) => ({ command: 'matter.markForReview', input: { taskCode } }));
}
