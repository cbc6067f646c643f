import type { CardRecord } from '@yici/domain/model';
import { z } from 'zod';
import type { DueRow } from '../index-store/model.js';
import type { IndexReader } from '../index-store/reader.js';
import type { DueProposal } from './proposal.js';
import { successions } from './successions.js';

/** Maximum number of matters marked in one command for a change of a duty; the rest follow in the next. */
const maxMarked = 200;

/** The proposals for a due entry on a day (`YYYY-MM-DD`, Asia/Shanghai); the contract decides whether they are due. */
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
    case 'case.succeed':
      return successions(input, today, index);
    default:
      return [{ command, input }];
  }
}

const dutyKey = z.object({ department: z.string(), code: z.string(), version: z.number() });

/** The matters that depend on a duty and are not marked for its newest version yet. */
async function markings(
  { department, code, version }: z.infer<typeof dutyKey>,
  index: IndexReader,
): Promise<readonly DueProposal[]> {
  const request = { limit: maxMarked };
  const { items } = await index.records('matterOfDuty', [department, code], request, (link) => {
    const known = link.review ?? link.dutyVersion;
    return link.endedAt === undefined && known < version;
  });
  return items.map(({ taskCode }) => ({ command: 'matter.markForReview', input: { taskCode } }));
}
