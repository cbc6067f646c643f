import {
  changeKindWords,
  type ChangeKind,
  type ChannelConfig,
  type ConfigGroup,
} from '@yici/ledger';
import type { Words } from '@yici/domain/model';
import type { z } from 'zod';
import { issuesIn } from '@yici/terminal/issues';
import type { Topology } from '../../topology/schema.js';
import { changeRefused } from '../refusals.js';

/** What a change is told on the command line: a text, several, a text file, or a department's file of certificates. */
export interface ChangeArgument {
  readonly name: string;
  readonly kind: 'text' | 'texts' | 'file' | 'certificates';
  readonly words: Words;
}

/** A kind of change of the channel's configuration. The command, its help and the documentation derive from it. */
interface ChangeDefinition<Given> {
  /** As it is typed, `add-department`. */
  readonly name: ChangeKind;
  readonly arguments: readonly ChangeArgument[];
  /** Its arguments in an example. */
  readonly example: string;
  /** Its arguments, by their names. */
  readonly given: z.ZodType<Given>;
  /** The config's tree with the change. @throws NetworkError CHANGE_REFUSED */
  readonly apply: (config: ChannelConfig, given: Given) => ConfigGroup;
  /** What a network's topology says after it. */
  readonly follow?: (topology: Topology, given: Given) => Topology;
  /** A department whose keys a folder must have before its topology takes it up. */
  readonly joins?: (given: Given) => string;
  /** What is left to do when it is in force. */
  readonly after?: Words;
}

/** A change with its arguments. */
export interface ReadyChange {
  readonly name: string;
  /** The arguments as they can be written as JSON. */
  readonly given: unknown;
  readonly apply: (config: ChannelConfig) => ConfigGroup;
  readonly follow: (topology: Topology) => Topology;
  /** Id of the department that it adds. */
  readonly joins: string | undefined;
  readonly after: Words | undefined;
}

/** A kind of change whose arguments are still to be given. */
export interface ChannelChange extends Pick<
  ChangeDefinition<unknown>,
  'name' | 'arguments' | 'example'
> {
  readonly words: Words;
  /** @throws NetworkError CHANGE_REFUSED with every offending path */
  readonly read: (given: unknown) => ReadyChange;
}

export function channelChange<Given>(definition: ChangeDefinition<Given>): ChannelChange {
  const { name, arguments: all, example, apply, follow, joins, after } = definition;
  return {
    ...{ name, words: changeKindWords[name], arguments: all, example },
    read: (raw) => {
      const parsed = definition.given.safeParse(raw);
      if (!parsed.success) {
        const refused = { zh: `${name} 的参数有误。`, en: `What ${name} is given is not valid.` };
        throw changeRefused(refused, issuesIn(parsed.error, raw));
      }
      const given = parsed.data;
      return {
        ...{ name, given: raw },
        apply: (config) => apply(config, given),
        follow: (topology) => follow?.(topology, given) ?? topology,
        joins: joins?.(given),
        after,
      };
    },
  };
}
