import type { Prepare } from './prepare.js';

/** A flag that sets a field to a fixed word, as `--agree` sets `answer`. */
export interface WordFlag {
  readonly flag: string;
  readonly field: string;
  readonly word: string;
  readonly note: string;
}

/** The command line form of a registry command. Its options are derived from its schema. */
export interface WriteSpec {
  readonly group: string;
  readonly verb: string;
  /** Field given as the argument after the verb. */
  readonly argument?: string;
  /** Too large for options: only accepted in `--file`. */
  readonly fileOnly?: true;
  /** Option names that differ from the field's: field -> flag. */
  readonly flags?: Readonly<Record<string, string>>;
  readonly words?: readonly WordFlag[];
  /** Additional options for `prepare`: flag and description. */
  readonly extra?: readonly (readonly [flag: string, note: string])[];
  readonly prepare?: Prepare;
  /** Fields that `prepare` fills in when not given. */
  readonly filled?: readonly string[];
  /** Fields that the gateway fills in. */
  readonly later?: readonly string[];
  readonly example: string;
}

/** A case number for examples. */
export const example = 'YC33110000000007-20260302-0001';

/** A verb of `yici case` whose argument is the case number. */
export function onCase(verb: string, example: string, more: Partial<WriteSpec> = {}): WriteSpec {
  return { group: 'case', verb, argument: 'caseNo', example, ...more };
}
