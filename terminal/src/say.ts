import type { Language, Vocabulary, Words } from '@yici/domain/model';

/** Words in both languages, or a text that has none: a code, a number, what somebody wrote. */
export type Text = string | Words;

/**
 * What ids and codes are called, by the register they are from; those of materials are of one matter, of steps of one case, of parts of one one thing.
 * A matter's step is one of the newest version's, by its matter's code and its own, a blank between.
 */
export type Names = Readonly<Partial<Record<Register, ReadonlyMap<string, Words>>>>;
export type Register =
  | 'department'
  | 'dataset'
  | 'matter'
  | 'material'
  | 'field'
  | 'condition'
  | 'step'
  | 'matterStep'
  | 'part';

/** Says words in one language, with its punctuation. Pure: of the language and the names it was made with. */
export interface Say {
  (text: Text): string;
  readonly language: Language;
  /** A member of a closed list; one that is newer than this program by its name. */
  member(words: Vocabulary, name: string): string;
  /** What the ledger calls an id; the id where it has no name. */
  nameOf(register: Register, id: string): string;
  names(register: Register, ids: Iterable<string>): string;
  /** What the ledger calls an id, and the id itself, by which it is typed. */
  withId(register: Register, id: string): string;
  /** The same with the names of more registers. */
  knowing(more: Names): Say;
  /** An enumeration: 、 or a comma. */
  list(items: Iterable<Text>): string;
  /** Several facts in a line: ； or a semicolon. */
  facts(items: Iterable<Text | undefined>): string;
  /** A remark after a text, in brackets. */
  aside(text: Text, remark: Text): string;
  /** From one day or instant to another; open where the second is absent. */
  span(from: Text, to: Text | undefined): string;
  workingDays(count: number): string;
  yesNo(is: boolean): string;
}

const marks = {
  zh: { list: '、', facts: '；', to: ' 至 ', open: '（', close: '）' },
  en: { list: ', ', facts: '; ', to: ' to ', open: ' (', close: ')' },
} as const satisfies Record<Language, unknown>;

/** Says words in `language`. */
export function sayIn(language: Language, names: Names = {}): Say {
  const mark = marks[language];
  const say = (text: Text): string => (typeof text === 'string' ? text : text[language]);
  const all = (items: Iterable<Text>) => [...items].map(say).filter((item) => item !== '');
  const nameOf = (register: Register, id: string) => {
    const known = names[register]?.get(id);
    return known === undefined ? id : say(known);
  };
  const list = (items: Iterable<Text>) => all(items).join(mark.list);
  return Object.assign(say, {
    language,
    member: (words: Vocabulary, member: string) =>
      say(new Map(Object.entries(words)).get(member) ?? member),
    nameOf,
    names: (register: Register, ids: Iterable<string>) =>
      list([...ids].map((id) => nameOf(register, id))),
    withId: (register: Register, id: string) => {
      const name = nameOf(register, id);
      return name === id ? id : `${name}${mark.open}${id}${mark.close}`;
    },
    knowing: (more: Names) => sayIn(language, { ...names, ...more }),
    list,
    facts: (items: Iterable<Text | undefined>) =>
      all([...items].filter((item) => item !== undefined)).join(mark.facts),
    aside: (text: Text, remark: Text) => `${say(text)}${mark.open}${say(remark)}${mark.close}`,
    span: (from: Text, to: Text | undefined) =>
      `${say(from)}${to === undefined ? mark.to.trimEnd() : mark.to + say(to)}`,
    workingDays: (count: number) =>
      say({ zh: `${count} 个工作日`, en: `${count} working day${count === 1 ? '' : 's'}` }),
    yesNo: (is: boolean) => say(is ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' }),
  });
}
