import type { CalendarLookup } from '../calendar/working-days';
import type { CommandInput, CommandName } from '../kernel/commands';
import type { YiciContext } from '../context';
import type { Member, Outcome } from '../kernel/caller';
import type { RecordStore } from '../kernel/store';
import type { ShareAndGrant } from '../sharing/chain';
import { withCalendars } from './load';
import { loadShare } from './load-share';
import { runCommand } from './run';

type ShareCommand = Exclude<Extract<CommandName, `sharing.${string}`>, 'sharing.request'>;

/** Loads what a rule looks at beside the share and its grant. */
interface More<N extends ShareCommand, S> {
  readonly also: (store: RecordStore, loaded: ShareAndGrant, input: CommandInput<N>) => Promise<S>;
}

/** Nothing is looked at beside the share and its grant. */
type NoMore = Readonly<Record<string, unknown>>;

/** A rule that looks at a share, its grant and perhaps more. */
export function runOnShare<N extends ShareCommand, S extends object = NoMore>(
  context: YiciContext,
  name: N,
  text: string,
  rule: (state: ShareAndGrant & S, input: CommandInput<N>, member: Member) => Outcome,
  more?: More<N, S>,
): Promise<string> {
  return runCommand(context, name, text, async (command, member, store) =>
    rule(await loaded(store, command, more), command, member),
  );
}

/** As {@link runOnShare}, for a rule that counts working days. */
export function runTimedOnShare<N extends ShareCommand, S extends object = NoMore>(
  context: YiciContext,
  name: N,
  text: string,
  rule: (
    state: ShareAndGrant & S & { readonly calendar: CalendarLookup },
    input: CommandInput<N>,
    member: Member,
  ) => Outcome,
  more?: More<N, S>,
): Promise<string> {
  return runCommand(context, name, text, async (command, member, store) => {
    const state = await loaded(store, command, more);
    return withCalendars(store, state.share?.calendars ?? [], (calendar) =>
      rule({ ...state, calendar }, command, member),
    );
  });
}

async function loaded<N extends ShareCommand, S extends object>(
  store: RecordStore,
  command: CommandInput<N>,
  more: More<N, S> | undefined,
): Promise<ShareAndGrant & S> {
  const found = await loadShare(store, command);
  // Without `more` a rule asks for nothing beyond the share and its grant: S is then empty.
  const extra = more === undefined ? ({} as S) : await more.also(store, found, command);
  return { ...found, ...extra };
}
