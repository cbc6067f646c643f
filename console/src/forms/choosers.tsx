import type { WidgetProps } from '@rjsf/utils';
import { businessLinesIn, type DatasetRecord, type MatterRecord } from '@yici/domain/model';
import { AutoComplete, Select } from 'antd';
import { useDepartments } from '../session/names.js';
import { useDatasetOfForm } from '../records/dataset.js';
import { usePages } from '../session/reads.js';
import { useWords } from '../words/language.js';
import { useFormValues } from '../signing/sealed-values.js';

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A department by its name, in place of its id. */
function Department({ id, value, required, label, onChange }: WidgetProps) {
  const departments = useDepartments();
  return (
    <Select
      id={id}
      aria-label={label}
      allowClear={required !== true}
      showSearch={{ optionFilterProp: 'label' }}
      style={{ width: '100%' }}
      value={(value as string | undefined) ?? null}
      options={departments}
      onChange={(chosen: string | null) => onChange(chosen ?? undefined)}
    />
  );
}

/** One of those that there are, by name or code, or a new code. */
function Known({ choices, id, value, label, onChange }: WidgetProps & { choices: Choice[] }) {
  return (
    <AutoComplete
      id={id}
      aria-label={label}
      style={{ width: '100%' }}
      value={(value as string | undefined) ?? ''}
      options={choices}
      showSearch={{
        filterOption: (typed, option) =>
          `${option?.value ?? ''} ${option?.label ?? ''}`.includes(typed),
      }}
      onChange={(chosen: string) => onChange(chosen === '' ? undefined : chosen)}
    />
  );
}

function Dataset(props: WidgetProps) {
  const { items } = usePages<DatasetRecord>('datasets.list', { limit: 200 });
  const choices = items.map(({ datasetId }) => ({ value: datasetId, label: datasetId }));
  return <Known {...props} choices={choices} />;
}

/** A line of business that some matter has, or another: there is no register of them. */
function BusinessLine(props: WidgetProps) {
  const { items } = usePages<MatterRecord>('matters.list', { limit: 200 });
  const choices = businessLinesIn(items).map((line) => ({ value: line, label: line }));
  return <Known {...props} choices={choices} />;
}

function Matter(props: WidgetProps) {
  const { say } = useWords();
  const { items } = usePages<MatterRecord>('matters.list', { limit: 200 });
  const choices = items.map(({ taskCode, content }) => ({
    value: taskCode,
    label: `${taskCode} ${say(content.name)}`,
  }));
  return <Known {...props} choices={choices} />;
}

function useDataset() {
  const { input = {}, given = {} } = useFormValues() ?? {};
  return useDatasetOfForm(input, given);
}

/** A field of the data set that the form is about, or a code that is new. */
function Field(props: WidgetProps) {
  const { say } = useWords();
  const { fields = [] } = useDataset() ?? {};
  const choices = fields.map(({ code, name }) => ({ value: code, label: `${code} ${say(name)}` }));
  return <Known {...props} choices={choices} />;
}

/** One of the conditions that the data set lists. */
function Condition(props: WidgetProps) {
  const { conditions } = useDataset() ?? {};
  const choices = (conditions?.terms ?? []).map(({ code, text }) => ({
    value: code,
    label: `${code} ${text}`,
  }));
  return <Known {...props} choices={choices} />;
}

/** Widgets by the formats of `schema.ts`. */
export const choosers = {
  department: Department,
  dataset: Dataset,
  matter: Matter,
  businessLine: BusinessLine,
  field: Field,
  condition: Condition,
};
