import { definesForm, fieldTypeWords, type FormField, type Words } from '@yici/domain/model';
import type { Column, Say } from '@yici/terminal';
import { labels, section } from './words.js';

const columns: readonly Column<FormField>[] = [
  [{ zh: '字段代码', en: 'field' }, ({ code }) => code],
  [labels.name, ({ name }) => name],
  [{ zh: '必填', en: 'required' }, ({ required = false }, say) => say.yesNo(required)],
  [{ zh: '填写要求', en: 'how it is filled in' }, takenText],
];

/** The fields of the form (一张表) that a filing is filled in by; nothing where the form is a file of any shape. */
export const presentForm = (fields: readonly FormField[], say: Say): string[] =>
  definesForm(fields) ? section(columns, fields, say) : [];

function takenText({ schema, suppliedBy, note }: FormField, say: Say): string {
  if (suppliedBy !== undefined) {
    const { datasetId } = suppliedBy;
    const from = say.nameOf('dataset', datasetId);
    return say({ zh: `共享取得：${from}，不必填写`, en: `by sharing from ${from}: not filled in` });
  }
  return say.facts([
    fieldTypeWords[schema?.type ?? 'string'],
    schema && boundsOf(schema, say),
    note,
  ]);
}

/** What else a value keeps to: its range, its length, the list that it is of. */
function boundsOf(schema: NonNullable<FormField['schema']>, say: Say): Words | string | undefined {
  switch (schema.type) {
    case 'boolean':
      return undefined;
    case 'string': {
      const { oneOf, format, maxLength: most } = schema;
      if (oneOf !== undefined) return say.list(oneOf.map((one) => say.aside(one.title, one.const)));
      if (format === 'date') return { zh: '年-月-日', en: 'yyyy-mm-dd' };
      return most === undefined
        ? most
        : { zh: `不超过 ${most} 字`, en: `at most ${most} characters` };
    }
    default: {
      const { minimum: least, maximum: most } = schema;
      if (least === undefined || most === undefined) return atOneEnd(least, most);
      return say.span(String(least), String(most));
    }
  }
}

function atOneEnd(least: number | undefined, most: number | undefined): Words | undefined {
  if (least !== undefined) return { zh: `不小于 ${least}`, en: `${least} or more` };
  return most === undefined ? undefined : { zh: `不大于 ${most}`, en: `${most} or less` };
}
