import { declaredOf, withCalendars } from '../calendar/load';
import type { CalendarLookup } from '../calendar/working-days';
import type { Rule } from '../kernel/caller';
import type { CommandInput, CommandName } from '../kernel/commands';
import { applied, type CommandHandler } from '../kernel/handler';
import type { RecordStore } from '../kernel/store';
import type { ShareAndGrant } from './chain';
import { loadShare } from './load';

type ShareCommand = Exclude<Extract<CommandName, `sharing.${string}`>, 'sharing.request'>;

/** Loads what a rule looks at beside the share and its grant. */
type Also<N extends ShareCommand, S> = (
  store: RecordStore,
  loaded: ShareAndGrant,
  input: CommandInput<N>,
) => Promise<S>;

/** Nothing is looked at beside the share and its grant. */
type NoMore = Readonly<Record<string, unknown>>;

/** A rule that looks at a share, its grant and perhaps more. */
export function onShare<N extends ShareCommand, S extends object = NoMore>(
  rule: Rule<N, ShareAndGrant & S>,
  also?: Also<N, S>,
): CommandHandler<N> {
  return applied(rule, (store, command) => loaded(store, command, also));
}

/** As {@link onShare}, for a rule that counts working days. */
export function timedOnShare<N extends ShareCommand, S extends object = NoMore>(
  rule: Rule<N, ShareAndGrant & S & { readonly calendar: CalendarLookup }>,
  also?: Also<N, S>,
): CommandHandler<N> {
  return {
    run: async (command, member, store) => {
      const state = await loaded(store, command, also);
      return withCalendars(
        store,
        member,
        (calendar) => rule({ ...state, calendar }, command, member),
        { pinned: declaredOf(state.share?.calendars) },
      );
    },
  };
}

async function loaded<N extends ShareCommand, S extends object>(
  store: RecordStore,
  command: CommandInput<N>,
  also: Also<N, S> | undefined,
): Promise<ShareAndGrant & S> {
  const found = await loadShare(store, command);
  // Without `also` a rule asks for nothing beyond the share and its grant: S is then empty.
  const extra = also === undefined ? ({} as S) : await also(store, found, command);
  return { ...found, ...extra };
}
