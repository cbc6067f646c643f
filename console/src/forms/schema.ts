import {
  businessLine,
  conditionCode,
  datasetId,
  departmentId,
  digest,
  fieldCode,
  fieldWord,
  filledForm,
  gradesOf,
  taskCode,
  typedFields,
  vocabularyOf,
  wordOfAny,
} from '@yici/domain/model';
import type { FormField, Language } from '@yici/domain/model';
import type { RJSFSchema, UiSchema } from '@rjsf/utils';
import { z } from 'zod';
import { ConsoleError } from '../errors.js';
import { specOf } from '../specs.js';
import { ended, helpOf, hintOf, joined, namesOf, type Schema } from './requirement.js';

export interface ActForm {
  readonly schema: RJSFSchema;
  readonly ui: UiSchema;
}

/** How a schema says that its value names something that can be chosen: by a format of the forms' own. */
const chosen = new Map<unknown, string>([
  [departmentId, 'department'],
  [datasetId, 'dataset'],
  [taskCode, 'matter'],
  [businessLine, 'businessLine'],
  [fieldCode, 'field'],
  [conditionCode, 'condition'],
]);
const chosenFormats: ReadonlySet<unknown> = new Set(chosen.values());

/** Whether a command must have nothing beyond what is known and what the gateway fills in: somebody has only to want it. */
export function hasOnlyToBeConfirmed(command: string, given: readonly string[]): boolean {
  return (formOf(command, given, 'zh').schema.required ?? []).length === 0;
}

/** The form of a command: what of its input a person gives, which is neither known already nor filled in by the gateway. */
export function formOf(command: string, given: readonly string[], language: Language): ActForm {
  const spec = specOf(command);
  if (spec === undefined) throw new ConsoleError('COMMAND_UNKNOWN', `no command ${command}`);
  const { input, issued = [], internal = [] } = spec;
  const schema = jsonOf(input);
  const left = new Set([...given, ...issued, ...internal]);
  const own = Object.entries(schema.properties ?? {}).filter(([name]) => !left.has(name));
  const properties = Object.fromEntries(own);
  const required = (schema.required ?? []).filter((name) => !left.has(name));
  const form = { ...schema, properties, required };
  return {
    schema: titled(form, { of: command, language }),
    ui: uiOf({ properties }, language),
  };
}

/** What somebody fills in of a filing, under the names and notes that the version has for it. */
export function formOfFields(fields: readonly FormField[], language: Language): ActForm {
  const whole = jsonOf(filledForm(fields));
  const typed = typedFields(fields);
  const properties = typed.map(({ code, name, note }): [string, RJSFSchema] => {
    const own = whole.properties?.[code];
    const schema = typeof own === 'object' ? own : {};
    const hints = [ended(note?.[language], language), hintOf(schema as Schema, language)];
    const description = joined(hints, language);
    return [code, { ...schema, title: name[language], ...(description !== '' && { description }) }];
  });
  const ui = typed.map(({ code, schema: own }) => {
    if (own?.type !== 'string') return [code, {}] as const;
    if (own.oneOf !== undefined) {
      return [code, { 'ui:enumNames': own.oneOf.map(({ title }) => title[language]) }] as const;
    }
    return [code, (own.maxLength ?? 0) > 200 ? { 'ui:widget': 'textarea' } : {}] as const;
  });
  return {
    schema: { ...whole, properties: Object.fromEntries(properties) },
    ui: Object.fromEntries(ui) as UiSchema,
  };
}

/** A file in place of a salted digest. */
export const documentForm: ActForm = { schema: jsonOf(digest), ui: { 'ui:field': 'document' } };

/** Several forms as the parts of one. */
export function wholeOf(
  parts: readonly (readonly [string, ActForm, { readonly required?: boolean }?])[],
  title?: string,
): ActForm {
  const entries = <T>(of: (form: ActForm) => T) =>
    Object.fromEntries(parts.map(([name, form]) => [name, of(form)]));
  return {
    schema: {
      type: 'object',
      ...(title !== undefined && { title }),
      properties: entries(({ schema }) => schema),
      required: parts.filter(([, , own]) => own?.required !== false).map(([name]) => name),
    },
    ui: entries(({ ui }) => ui) as UiSchema,
  };
}

function jsonOf(input: z.ZodType): RJSFSchema {
  const schema = z.toJSONSchema(input, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const format = chosen.get(zodSchema);
      if (format !== undefined) jsonSchema.format = format;
      // Of a code that the rules take from a closed list alone.
      const closed = jsonSchema.examples?.filter((one) => typeof one === 'string');
      if (closed !== undefined) jsonSchema.enum = closed;
    },
  });
  // The library's type of the same thing.
  return schema as RJSFSchema;
}

type Fields = NonNullable<RJSFSchema['properties']>;

/** Where a field stands: in a command's input, or in an object of that name. */
interface Place {
  readonly of: string;
  readonly language: Language;
}

/** The fields under what officials call them, and the members of closed lists. */
function titled(schema: RJSFSchema, place: Place): RJSFSchema {
  const { properties, items, anyOf, oneOf } = schema;
  const fields = Object.entries(properties ?? {}).map(([name, property]) => {
    if (typeof property !== 'object') return [name, property] as const;
    const isOptional = !(schema.required ?? []).includes(name);
    return [
      name,
      fieldOf(name, isOptional ? optional(property, place) : asked(property), place),
    ] as const;
  });
  const each = (all: RJSFSchema['anyOf']) =>
    all?.map((one) => (typeof one === 'object' ? optionOf(titled(one, place), place) : one));
  return {
    ...schema,
    ...(properties && { properties: Object.fromEntries(fields) as Fields }),
    ...(typeof items === 'object' && !Array.isArray(items) && { items: titled(items, place) }),
    ...(anyOf && { anyOf: each(anyOf) ?? [] }),
    ...(oneOf && { oneOf: each(oneOf) ?? [] }),
  };
}

const withoutWords = { zh: '不填', en: 'nothing' } as const;

/** What may be left out begins as left out: of several shapes none is taken, and a value that it alone can have is not given. */
function optional({ const: only, ...property }: RJSFSchema, { language }: Place): RJSFSchema {
  if (only !== undefined) return { ...property, enum: [only] };
  const { oneOf } = property;
  if (oneOf === undefined) return property;
  const none = { type: 'object', maxProperties: 0, title: withoutWords[language] } as const;
  return { ...property, oneOf: [none, ...oneOf] };
}

/** A yes or no that must be given is asked for: the library would answer no by itself. */
function asked({ type, ...property }: RJSFSchema): RJSFSchema {
  const isOpen = type === 'boolean' && property.const === undefined;
  return isOpen ? { ...property, enum: [true, false] } : { ...property, ...(type && { type }) };
}

const yesOrNo = { zh: ['是', '否'], en: ['yes', 'no'] } as const;

const nameOf = (name: string, { of, language }: Place): string =>
  fieldWord(name, of)?.[language] ?? name;

/** Schemas describe themselves to programmers; officials are told what a field is about and takes. */
function fieldOf(name: string, property: RJSFSchema, place: Place): RJSFSchema {
  const inner = titled(property, { ...place, of: name });
  const schema = { title: nameOf(name, place), ...inner };
  delete schema.description;
  const grades = gradesOf[name];
  if (grades !== undefined) return { ...schema, enum: Object.keys(grades).map(Number) };
  const fixed = fixedIn(property).map((one) => wordOfAny(one)?.[place.language] ?? one);
  if (fixed.length > 0) schema.title = `${schema.title}（${fixed.join('、')}）`;
  const help = helpOf(name, property as Schema, place);
  return help === undefined ? schema : { ...schema, description: help };
}

/** What somebody has no choice about in an object: the unit of a limit, which of several shapes it is. */
const fixedIn = ({ properties = {} }: RJSFSchema): string[] =>
  Object.values(properties).flatMap((one) =>
    typeof one === 'object' && typeof one.const === 'string' ? [one.const] : [],
  );

/** One of several shapes is called by what tells it apart: the value that it alone has. */
function optionOf(schema: RJSFSchema, place: Place): RJSFSchema {
  if (schema.title !== undefined) return schema;
  const fixed = fixedIn(schema);
  const fields = Object.keys(schema.properties ?? {}).map((name) => nameOf(name, place));
  const words = vocabularyOf(fixed);
  const title = fixed.map((one) => words?.[one]?.[place.language] ?? one).join(' ');
  const named = title === '' ? fields.join('、') : title;
  return named === '' ? schema : { ...schema, title: named };
}

/** Documents are chosen as files wherever a schema wants their digest; members of closed lists are called by their words. */
function uiOf(schema: RJSFSchema, language: Language): UiSchema {
  const fields = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const grades = Object.values(gradesOf[name] ?? {}).map((grade) => grade[language]);
    if (grades.length > 0) return [name, { 'ui:enumNames': grades }] as const;
    return [name, typeof property === 'object' ? uiOfField(property, language) : {}] as const;
  });
  return Object.fromEntries(fields) as UiSchema;
}

function uiOfField(property: RJSFSchema, language: Language): UiSchema {
  if (isDigest(property)) {
    if (isCited(property)) return uiOfCited(property, language);
    return isValue(property) ? { 'ui:field': 'value' } : documentForm.ui;
  }
  const widget = widgetOf(property);
  if (widget !== undefined) return { 'ui:widget': widget };
  const { type, items, enum: members } = property;
  if (type === 'boolean') return { 'ui:enumNames': [...yesOrNo[language]] };
  if (members !== undefined) return { 'ui:enumNames': namesOf(members, language) };
  if (typeof items === 'object' && !Array.isArray(items)) {
    const { enum: each } = items;
    // Several of a closed list are one choice.
    if (each !== undefined) return { 'ui:enumNames': namesOf(each, language) };
    return { items: uiOfField(items, language) };
  }
  return uiOf(property, language);
}

/** What there is no choice about is not shown; what names a record is chosen. */
function widgetOf({ const: only, format }: RJSFSchema): string | undefined {
  if (only !== undefined) return 'hidden';
  return chosenFormats.has(format) ? format : undefined;
}

/** A public document: its number and title are typed, its digest is that of its file. */
const uiOfCited = (property: RJSFSchema, language: Language): UiSchema => ({
  ...uiOf(property, language),
  ...{ digestAlg: { 'ui:widget': 'hidden' }, digest: { 'ui:field': 'cited' } },
});

/** The digest of a field's value, under the field's code. */
const isValue = ({ properties = {} }: RJSFSchema): boolean => 'code' in properties;

const isCited = ({ properties = {} }: RJSFSchema): boolean => 'number' in properties;

const isDigest = ({ properties }: RJSFSchema): boolean =>
  properties !== undefined && 'digest' in properties && 'digestAlg' in properties;
