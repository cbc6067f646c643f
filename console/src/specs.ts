import { commands, type CommandSpec } from '@yici/domain/model';

const specs: Readonly<Record<string, CommandSpec | undefined>> = commands;

/** What an act is by its definition; undefined where this program has none of that name. */
export const specOf = (command: string): CommandSpec | undefined => specs[command];

/** Whether a command takes the values behind its digests beside it. */
export const takesValues = (command: string): boolean => specOf(command)?.private !== undefined;
