import {
  cardColourWords,
  caseRecord,
  commands,
  type CommandName,
  type CommandSpec,
} from '@yici/domain/model';
import { z } from 'zod';
import { renderFields, type Say } from '@yici/terminal';
import type { Committed } from '../api/execute.js';
import type { Session } from '@yici/api';
import { dueOf, labels, stateText, versionText } from './words.js';

/** What an act makes beside or inside the record that it is about. */
const madeInside = ['challengeId', 'disputeId', 'useId'] as const;

const numbered = z.record(z.string(), z.unknown());

/** The lines printed after every write: act and number, state, due date, signer, block. */
export function presentCommitted(
  name: CommandName,
  { committed, session }: { readonly committed: Committed; readonly session: Session },
  say: Say,
): string[] {
  const record = caseRecord.safeParse(committed.result);
  const due = record.success ? dueOf(record.data) : undefined;
  // A case that is over has no day left, whatever days are in its record.
  const otherDue = record.success ? undefined : dueIn(committed.result);
  const dueText = due === undefined ? otherDue : say.aside(due.on, due.what);
  return [
    `✓ ${[doneText(name, committed.result, say), ...numberOf(name, committed.result, say)].join(say({ zh: '，', en: ', ' }))}`,
    ...renderFields(
      [
        [labels.state, record.success && stateText(record.data.state, say)],
        [labels.due, dueText],
        [labels.signer, sessionText(session, say)],
        [labels.block, committed.block],
        [labels.transaction, committed.txId],
        [
          { zh: '核验', en: 'verified' },
          committed.verified && {
            zh: '区块签名与位置已核验',
            en: 'its block, by the orderers’ signatures',
          },
        ],
      ],
      say,
    ),
  ];
}

/** The due day that a record of another kind has. */
function dueIn(result: unknown): string | undefined {
  const dueOn = numbered.safeParse(result).data?.['dueOn'];
  return typeof dueOn === 'string' ? dueOn : undefined;
}

export function sessionText({ user, department, mspId, custodial }: Session, say: Say): string {
  const where = department === null ? mspId : say(department.name);
  const kept = custodial ? { zh: '托管', en: 'custodial' } : undefined;
  return say.aside(user, say.facts([where, kept]));
}

/** What was done: what the command says of it, of a card its colour. */
function doneText(name: CommandName, result: unknown, say: Say): string {
  const { colour } = numbered.safeParse(result).data ?? {};
  const { done, summary, leadsTo }: CommandSpec = commands[name];
  if (leadsTo === 'explainCard' && typeof colour === 'string') {
    const card = say.member(cardColourWords, colour);
    return say({ zh: `已亮${card}`, en: `Raised a ${card}` });
  }
  // What a summary adds in brackets is for whoever chooses the act.
  const [head = ''] = say(done ?? summary).split(/[（(;]/u);
  return head.trim();
}

/** The number of what was made or is about, with its version if it has one. */
function numberOf(name: CommandName, result: unknown, say: Say): string[] {
  const { success, data } = numbered.safeParse(result);
  if (!success) return [];
  const key = [...madeInside, commands[name].of.key].find((one) => data[one] !== undefined);
  const id = key === undefined ? undefined : data[key];
  if (typeof id !== 'string' && typeof id !== 'number') return [];
  const { version } = data;
  const text = typeof version === 'number' ? versionText(String(id), version, say) : String(id);
  return [say({ zh: `编号 ${text}`, en: `number ${text}` })];
}
