import { signoffChain, type SignoffChain } from '@yici/api';
import { withoutHidden, type CommandName } from '@yici/domain/model';
import { z } from 'zod';
import { isDelegable, commandRoute } from '../commands/route-table.js';
import { everyAct } from './chain-book.js';

/** Decisions, which two persons have to make (R15): no department's chain lets one do both. */
const twoPersons: readonly CommandName[] = ['case.decide', 'case.coDecide'];
export const mayBeOnePerson = (command: string): boolean =>
  !twoPersons.some((name) => name === command);

export const chainsBody = withoutHidden(
  z.strictObject({
    version: z.int().min(0).describe('The version that was read; 0 for the first.'),
    chains: z
      .array(
        signoffChain.superRefine((chain, context) => {
          for (const { field: path, message } of problemsOf(chain)) {
            context.addIssue({ code: 'custom', path: [path], message });
          }
        }),
      )
      .max(300)
      .refine(
        (chains) => new Set(chains.map(({ command }) => command)).size === chains.length,
        'no two are for the same act',
      ),
  }),
);

interface Problem {
  readonly field: keyof SignoffChain;
  readonly message: string;
}

function problemsOf({ command, levels, onePerson }: SignoffChain): Problem[] {
  if (command === everyAct) return [];
  const route = commandRoute(command);
  if (route === undefined || !route.roles.some(isDelegable)) {
    return [{ field: 'command', message: 'no act of officials' }];
  }
  const found: Problem[] = [];
  const signer = levels.at(-1)?.role;
  if (signer !== undefined && !route.roles.includes(signer)) {
    const message = `the last level signs, and ${command} is for ${route.roles.join(', ')}`;
    found.push({ field: 'levels', message });
  }
  if (onePerson === true && !mayBeOnePerson(command)) {
    found.push({ field: 'onePerson', message: 'two persons make a decision' });
  }
  return found;
}
