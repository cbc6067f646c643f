import { Form } from '@rjsf/antd';
import { PlusOutlined } from '@ant-design/icons';
import type { IconButtonProps, RJSFSchema } from '@rjsf/utils';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { choosers } from './choosers.js';
import { CitedField, DocumentField } from './document-field.js';
import { givenOf } from './given.js';
import type { ActForm } from './schema.js';
import { ValueField } from './value-field.js';
import { useWords } from '../words/language.js';
import { validator } from './validator.js';

interface BaseFormProps extends ActForm {
  readonly typed: unknown;
  readonly onType: (typed: unknown) => void;
  readonly onSubmit: (typed: unknown) => void;
  /** What the button says. */
  readonly submit: string;
  readonly children?: ReactNode;
}

const fields = { document: DocumentField, cited: CitedField, value: ValueField };

/** In words: what a plus alone adds is anybody's guess. */
function AddButton({ onClick, disabled = false, id = '' }: IconButtonProps) {
  const { t } = useWords();
  return (
    <Button disabled={disabled} id={id} onClick={onClick} icon={<PlusOutlined />}>
      {t('acts.add')}
    </Button>
  );
}

const templates = { ButtonTemplates: { AddButton } };

/** The library copies a list's schema, but not that of its lines. */
const hasSameLines = ({ items }: RJSFSchema, list: RJSFSchema): boolean =>
  items !== undefined && items === list.items;

/** Whether a list must be given with the form, in it or in a part that must be: it begins with its first line. */
const mustBegin = (
  list: RJSFSchema,
  { required = [], properties = {} }: RJSFSchema = {},
): boolean =>
  required.some((name) => {
    const own = properties[name];
    return typeof own === 'object' && (hasSameLines(own, list) || mustBegin(list, own));
  });

/** A part that may be left out is left out until somebody writes in it: an empty one, or an empty line in it, would lack what it must have. */
const defaults = {
  emptyObjectFields: 'skipEmptyDefaults',
  arrayMinItems: {
    computeSkipPopulate: (_: unknown, list: RJSFSchema, form?: RJSFSchema) =>
      !mustBegin(list, form),
  },
} as const;

/** What is wrong is shown beside its field, and needs no line on the browser's console. */
const shown = () => undefined;

/** A form from a schema, checked by the same schema that the rules use. What was typed is its owner's, and stays. */
export function BaseForm(props: BaseFormProps) {
  const { schema, ui, typed, onType, onSubmit, submit, children } = props;
  return (
    <Form
      schema={schema}
      uiSchema={ui}
      fields={fields}
      widgets={choosers}
      templates={templates}
      validator={validator}
      formData={typed}
      showErrorList={false}
      // What is wrong is said in the page's language, and not in the browser's.
      noHtml5Validate
      onError={shown}
      experimental_defaultFormStateBehavior={defaults}
      onChange={({ formData }) => onType(formData)}
      onSubmit={({ formData }) => onSubmit(givenOf(formData, schema))}
    >
      {children}
      <Button type="primary" htmlType="submit" data-testid="act">
        {submit}
      </Button>
    </Form>
  );
}
