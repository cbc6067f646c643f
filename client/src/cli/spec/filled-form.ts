import {
  canonicalJson,
  definesForm,
  filledForm,
  issueWords,
  type FormField,
  type RefusedIssue,
  type Words,
} from '@yici/domain/model';
import { z } from 'zod';
import type { YiciClient } from '../../api/client.js';
import { formToFill, type Filed } from '../../api/form-to-fill.js';
import { ClientError } from '../../errors.js';
import { parseJson } from '../../terminal/terminal.js';
import { inputIssues, readBoolean, readNumber, splitPair } from '../form/values.js';
import type { Input, Prepare, Sealing } from './prepare.js';

const option = { flag: 'field' };
const formDigest = z.object({ digest: z.string() });

/**
 * The form of a filing, checked by the definition that is filed against before anything is sent: of `--form` where it is a
 * JSON file, or made of what `--field` gives.
 */
export const withForm = (about: Prepare, filedIn: (input: Input) => Filed): Prepare => ({
  fills: about.fills,
  async run(given, values, client, sealing) {
    const input = await about.run(given, values, client);
    const { field: typed } = values;
    if (Array.isArray(typed) && sealing !== undefined) {
      if (input['form'] !== undefined) throw oneOfBoth();
      const fields = await definedFields(client, filedIn(input));
      const filled = checked(valuesTyped(typed.map(String), fields), fields);
      return { ...input, form: await sealing.seal(canonicalJson(filled), '申请表.json') };
    }
    const document = jsonForm(input, sealing);
    if (document === undefined) return input;
    const fields = await formToFill(client, filedIn(input));
    const text = new TextDecoder().decode(document.content);
    if (definesForm(fields)) checked(parseJson(document.label, text), fields);
    return input;
  },
});

/** A form that was given as a file of its values; any other file is what it is. */
function jsonForm({ form }: Input, sealing: Sealing | undefined) {
  const digest = formDigest.safeParse(form).data?.digest;
  return sealing
    ?.documents({ form })
    .find(({ label, sealed }) => sealed.digest === digest && label.endsWith('.json'));
}

const oneOfBoth = () =>
  new ClientError('USAGE', {
    zh: '--form 与 --field 只能选其一。',
    en: '--form and --field exclude each other.',
  });

/** @throws ClientError USAGE where the version defines no form */
async function definedFields(client: YiciClient, filed: Filed): Promise<readonly FormField[]> {
  const fields = await formToFill(client, filed);
  if (definesForm(fields)) return fields;
  throw new ClientError('USAGE', {
    zh: '该事项没有规定申请表的字段，请用 --form 提交申请表文件。',
    en: 'Its version defines no fields of a form: give the file with --form.',
  });
}

/** What was typed, by code or name; numbers and choices as such. @throws ClientError USAGE */
function valuesTyped(pairs: readonly string[], fields: readonly FormField[]): object {
  const values = pairs.map((pair) => {
    const [typed, text] = splitPair(option, pair);
    const field = fields.find(({ code, name }) => [code, name.zh, name.en].includes(typed));
    const code = field?.code ?? typed;
    return [code, valueOf(field, text)] as const;
  });
  return Object.fromEntries<unknown>(values);
}

function valueOf(field: FormField | undefined, text: string): unknown {
  if (field?.schema === undefined) return text;
  const { name, schema } = field;
  switch (schema.type) {
    case 'boolean':
      return readBoolean({ ...option, name }, text);
    case 'string': {
      const meant = schema.oneOf?.find(({ title }) => [title.zh, title.en].includes(text));
      return meant?.const ?? text;
    }
    default:
      return readNumber({ ...option, name }, text);
  }
}

/** @throws ClientError USAGE with every field that is not as its version has it */
function checked(values: unknown, fields: readonly FormField[]): unknown {
  const schema = z.strictObject({ form: filledForm(fields) });
  const issues = inputIssues({ form: values }, { schema }).map((issue) => ({
    ...issue,
    words: wordsOf(issue, fields),
  }));
  if (issues.length === 0) return values;
  const message = {
    zh: '申请表填写有误，未提交。',
    en: 'The form is not filled in as required; nothing was sent.',
  };
  throw new ClientError('USAGE', message, { details: { issues } });
}

/** A field by what its version calls it, and its code, which `--field` takes. */
function wordsOf(issue: RefusedIssue, fields: readonly FormField[]): Words {
  const [, , code = ''] = issue.path.split('/');
  const name = fields.find((one) => one.code === code)?.name;
  return {
    zh: issueWords(issue, 'zh', () =>
      name === undefined ? `“${code}”` : `“${name.zh}”（${code}）`,
    ),
    en: issueWords(issue, 'en', () => (name === undefined ? code : `${name.en} (${code})`)),
  };
}
