import {
  definesForm,
  digest,
  filledForm,
  mergedFields,
  padded,
  type FormField,
} from '@yici/domain/model';
import { z } from 'zod';
import type { CommandCall } from '../commands/transitions.js';
import type { RecordLookup } from '../index-store/index-entry.js';
import { knownMatter, knownOneThing } from '../index-store/known-records.js';
import type { IndexReader } from '../index-store/reader.js';
import { validated } from '../validate.js';
import type { DocumentRecord } from './model.js';
import type { DocumentStore } from './store.js';

const ofMatter = z.object({ taskCode: z.string(), matterVersion: z.number(), form: digest });
const ofOneThing = z.object({ code: z.string(), version: z.number(), form: digest });

/** More than any form that is defined can hold. */
const longest = 4_000_000;

/**
 * A form that is filed as a JSON file which the caller's department keeps here is filled in as the version that it is filed
 * against has it. Any other file is what it is, and of one that is not here nothing is known but its digest.
 * @throws GatewayError VALIDATION_FAILED with every field that is not as the version has it, and never a value
 */
export async function checkFiledForm(
  { documents, index }: { readonly documents: DocumentStore; readonly index: IndexReader },
  { route, input }: Pick<CommandCall, 'route' | 'input'>,
  department: string | null,
): Promise<void> {
  if (department === null || !documents.keepsAnyOf(department)) return;
  const filed = formFiled(index.lookup, route.name, input);
  if (filed === undefined || !definesForm(filed.fields)) return;
  const kept = await documents.withDigest(filed.digest);
  const isForm = ({ by, type, size, erased }: DocumentRecord) =>
    by.department === department && type === 'application/json' && size <= longest && !erased;
  const record = kept.find(isForm);
  if (record === undefined) return;
  const schema = z.strictObject({ form: filledForm(filed.fields) });
  validated(schema, { form: await jsonIn(await documents.content(record)) }, 'form');
}

interface FormFiled {
  readonly digest: string;
  readonly fields: readonly FormField[];
}

function formFiled(lookup: RecordLookup, command: string, input: unknown): FormFiled | undefined {
  if (command === 'case.submit') {
    const { data } = ofMatter.safeParse(input);
    if (data === undefined) return undefined;
    const fields = fieldsOf(lookup, data);
    return { digest: data.form.digest, fields };
  }
  const { data } = ofOneThing.safeParse(input);
  if (command !== 'oneThing.submit' || data === undefined) return undefined;
  const nodes = knownOneThing(lookup, data.code, padded(data.version))?.nodes ?? [];
  const parts = nodes.map((node) => [node.id, fieldsOf(lookup, node)] as const);
  return { digest: data.form.digest, fields: mergedFields(new Map(parts)) };
}

const fieldsOf = (
  lookup: RecordLookup,
  matter: Parameters<typeof knownMatter>[1],
): readonly FormField[] => knownMatter(lookup, matter)?.formFields ?? [];

/** What is no JSON is nothing that a form could be. */
async function jsonIn(content: AsyncIterable<Uint8Array>): Promise<unknown> {
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8'));
  } catch {
    return undefined;
  }
}
