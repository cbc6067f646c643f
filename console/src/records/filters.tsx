import { commandOptions } from '@yici/api';
import { commandWords, departmentId, pathWords } from '@yici/domain/model';
import { Button, Flex, Input, Select } from 'antd';
import type { z } from 'zod';
import { useDepartments } from '../session/names.js';
import { useWords } from '../words/language.js';
import { bare, membersOf, wordsOf } from './shapes.js';

export type Asked = Readonly<Record<string, string>>;

interface FiltersProps {
  /** The query of the list. */
  readonly shape: Readonly<Record<string, z.ZodType>>;
  readonly asked: Asked;
  readonly onChange: (asked: Asked) => void;
}

const paging: ReadonlySet<string> = new Set(['limit', 'cursor', 'source', 'format']);

/** What a list can be narrowed by, from the list's own definition. */
export function Filters({ shape, asked, onChange }: FiltersProps) {
  const { t } = useWords();
  const fields = Object.entries(shape).filter(([name]) => !paging.has(name));
  if (fields.length === 0) return null;
  const set = (name: string) => (value: string | undefined) => {
    const others = Object.entries(asked).filter(([other]) => other !== name);
    const own = value === undefined || value === '' ? [] : [[name, value] as const];
    onChange(Object.fromEntries([...others, ...own]));
  };
  return (
    <Flex wrap gap={8} align="end" className="no-print">
      {fields.map(([name, schema]) => (
        <Filter key={name} {...{ name, schema }} value={asked[name]} onChange={set(name)} />
      ))}
      <Button disabled={Object.keys(asked).length === 0} onClick={() => onChange({})}>
        {t('records.clear')}
      </Button>
    </Flex>
  );
}

interface FilterProps {
  readonly name: string;
  readonly schema: z.ZodType;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

function Filter({ name, schema, value, onChange }: FilterProps) {
  const { language, say } = useWords();
  const options = useChoices(schema);
  const note = say(commandOptions.get(schema)?.note);
  const word = pathWords(name, language);
  // What has examples in it is the command line's.
  const isShort = note !== '' && note.length <= 24 && !/[，,]/.test(note);
  const label = isShort || (word === name && note !== '') ? note : word;
  return (
    <label className="filter">
      <span>{label}</span>
      {options === undefined ? (
        <Input
          allowClear
          defaultValue={value}
          type={isDate(schema) ? 'date' : 'text'}
          onPressEnter={({ currentTarget }) => onChange(currentTarget.value)}
          onBlur={({ currentTarget }) => {
            if (currentTarget.value !== (value ?? '')) onChange(currentTarget.value);
          }}
        />
      ) : (
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          style={{ minWidth: 160 }}
          aria-label={label}
          value={value ?? null}
          options={options}
          onChange={onChange}
        />
      )}
    </label>
  );
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** What a filter can be, where that is a closed list or a department. */
function useChoices(schema: z.ZodType): Choice[] | undefined {
  const { say, t, language } = useWords();
  const departments = useDepartments();
  if (bare(schema) === departmentId) return departments;
  const words = wordsOf(schema);
  return membersOf(schema)?.map((value) => ({
    value,
    label:
      value === 'true' ? t('records.yes') : say(words?.[value]) || commandWords(value, language),
  }));
}

const isDate = (schema: z.ZodType): boolean => {
  const found = bare(schema);
  return typeof found === 'object' && found !== null && Reflect.get(found, 'format') === 'date';
};
