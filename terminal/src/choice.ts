import { InvalidArgumentError, Option } from 'commander';
import type { Vocabulary, Words } from '@yici/domain/model';
import type { Say } from './say.js';

/** An option that takes members of a closed list, by their codes or by their words in either language. */
export class ChoiceOption extends Option {
  readonly words: Vocabulary;

  /** @param others whether it takes other codes too */
  constructor(
    flags: string,
    description: string,
    choices: readonly string[],
    words: Vocabulary,
    others = false,
  ) {
    super(flags, description);
    this.words = words;
    this.choices(choices);
    this.argParser((value, before: unknown) => {
      const code = codeOf(value, choices, words) ?? (others ? value : undefined);
      if (code === undefined) throw new InvalidArgumentError('');
      if (!this.variadic) return code;
      return Array.isArray(before) ? [...(before as unknown[]), code] : [code];
    });
  }
}

/** The code that a text names, itself or by its word; undefined for none, and for a word that several have. */
export function codeOf(
  text: string,
  choices: readonly string[],
  words: Vocabulary,
): string | undefined {
  if (choices.includes(text)) return text;
  const named = choices.filter((choice) => {
    const word = new Map(Object.entries(words)).get(choice);
    return word?.zh === text || word?.en === text;
  });
  return named.length === 1 ? named[0] : undefined;
}

/** The members of a closed list as they can be given: codes, for a Chinese reader their words where a word has one meaning. */
export function choiceText(choices: readonly string[], words: Vocabulary, say: Say): string {
  const each = choices.map((choice) => {
    const word = say.member(words, choice);
    if (say.language === 'en' || word === choice) return choice;
    return codeOf(word, choices, words) === choice ? word : say.aside(choice, word);
  });
  // Words that enumerate something themselves are told apart by another mark.
  const all = each.some((word) => word.includes('、')) ? say.facts(each) : say.list(each);
  return say({ zh: `可用：${all}`, en: `choices: ${all}` });
}

/** A value that an option or argument does not take, and what it takes. */
export class InvalidValueError extends InvalidArgumentError {
  readonly takes: Words;

  constructor(takes: Words) {
    super(takes.en);
    this.takes = takes;
  }
}
