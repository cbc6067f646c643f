import * as api from '@yici/api';
import { vocabularyOf, type Vocabulary } from '@yici/domain/model';
import { Option } from 'commander';
import { z } from 'zod';

import { ChoiceOption } from '@yici/terminal';
const vocabulary = z.record(z.string(), z.looseObject({ zh: z.string(), en: z.string() }));

/** The closed lists of the API's own reads, the shortest first. */
const ofReads: readonly Vocabulary[] = Object.entries<unknown>({ ...api })
  .filter(([name]) => name.endsWith('Words'))
  .flatMap(([, value]) => {
    const parsed = vocabulary.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  })
  .sort((one, other) => Object.keys(one).length - Object.keys(other).length);

/** The words of a closed list, known by its members: the domain's, else those of a read; none where no list has them all. */
export const wordsOf = (choices: readonly string[]): Vocabulary =>
  vocabularyOf(choices) ??
  ofReads.find((words) => choices.every((choice) => choice in words)) ??
  {};

/** An option for a value, from a closed list where there are choices. */
export const choiceOption = (
  flags: string,
  note: string,
  choices: readonly string[] = [],
): Option =>
  choices.length === 0
    ? new Option(flags, note)
    : new ChoiceOption(flags, note, choices, wordsOf(choices));
