import { renderFields, type Field, type Say } from '@yici/terminal';
import { z } from 'zod';
import { wordsOf } from '../form/choices.js';
import { isNamed } from '../form/registers.js';
import { offeredFor } from '../form/offered.js';
import type { FiledDocument } from '../documents/filed-documents.js';
import type { Input } from '../spec/prepare.js';
import { plainOf, textOf, type Calling } from './value.js';

interface Showing extends Calling {
  /** What was sealed: a digest is shown with its file. */
  readonly documents: readonly FiledDocument[];
}

/** The lines of an input as it will be sent, in words. */
export function shownInput(schema: z.ZodType, input: Input, showing: Showing): string[] {
  return renderFields(fieldsIn(schema, input, [], showing), showing.say);
}

const objectValue = z.record(z.string(), z.unknown());
const digestValue = z.looseObject({ digestAlg: z.string(), digest: z.string() });

function fieldsIn(
  schema: unknown,
  value: unknown,
  place: readonly string[],
  showing: Showing,
): Field[] {
  const { say } = showing;
  const plain = fitting(schema, value);
  if (Array.isArray(value)) {
    const element = plain instanceof z.ZodArray ? plain.element : undefined;
    const plainItems = value.every((item) => typeof item !== 'object');
    if (plainItems) {
      return [[textOf(place, showing), say.list(value.map((one) => textIn(element, one, say)))]];
    }
    return value.flatMap((item: unknown) => fieldsIn(element, item, place, showing));
  }
  const digest = digestValue.safeParse(value);
  const fields = digest.success ? digestField(digest.data.digest, place, showing) : [];
  const parts = objectValue.safeParse(value);
  if (!parts.success) return [[textOf(place, showing), textIn(plain, value, say)]];
  const shape = plain instanceof z.ZodObject ? new Map(Object.entries(plain.shape)) : undefined;
  const others = Object.entries(parts.data).filter(
    ([name]) => !digest.success || !['digestAlg', 'digest', 'sm3'].includes(name),
  );
  return [
    ...others.flatMap(([name, part]) =>
      fieldsIn(shape?.get(name), part, [...place, name], showing),
    ),
    ...fields,
  ];
}

function digestField(digest: string, place: readonly string[], showing: Showing) {
  const { say, documents } = showing;
  const file = documents.find(({ sealed }) => sealed.digest === digest)?.label;
  const short = `${digest.slice(0, 16)}…`;
  return [[textOf(place, showing), file === undefined ? short : say.aside(file, short)] as const];
}

/** The one of several shapes that a value has. */
function fitting(schema: unknown, value: unknown): z.ZodType {
  const plain = plainOf(schema);
  if (!(plain instanceof z.ZodUnion)) return plain;
  const options = plain.options.map(plainOf);
  return options.find((option) => option.safeParse(value).success) ?? plain;
}

function textIn(schema: unknown, value: unknown, say: Say): string {
  const plain = plainOf(schema);
  if (typeof value === 'boolean') return say.yesNo(value);
  const text = String(value);
  if (plain instanceof z.ZodEnum) return say.member(wordsOf(plain.options.map(String)), text);
  const offered = offeredFor(plain);
  if (!isNamed(offered)) return text;
  const name = say.nameOf(offered, text);
  return name === text ? text : say.aside(name, text);
}
