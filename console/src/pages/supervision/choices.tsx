import { Button, Select } from 'antd';
import { saveFile } from '../../documents/save.js';
import { useDepartments } from '../../session/names.js';
import { printPage } from '../../shell/paper.js';
import { useWords } from '../../words/language.js';

export interface ChoiceProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

interface OneOfProps extends ChoiceProps {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

/** A choice under what it is called, which can be typed where there are many. */
export function OneOf({ label, value, options, onChange }: OneOfProps) {
  return (
    <label className="filter">
      <span>{label}</span>
      <Select
        aria-label={label}
        style={{ minWidth: 160 }}
        showSearch={{ optionFilterProp: 'label' }}
        value={value}
        options={[...options]}
        onChange={onChange}
      />
    </label>
  );
}

/** One department, or all of them. */
export function Department(props: ChoiceProps) {
  const { t } = useWords();
  const whole = { value: '', label: t('supervision.whole') };
  return <OneOf label={t('table.department')} options={[whole, ...useDepartments()]} {...props} />;
}

interface ExportsProps {
  /** What the file is called. */
  readonly name: string;
  readonly csv: () => Promise<Uint8Array>;
}

/** What is shown, as a file and on paper. */
export function Exports({ name, csv }: ExportsProps) {
  const { t } = useWords();
  const save = async () => {
    saveFile(name, (await csv()).slice());
  };
  return (
    <>
      <Button onClick={() => void save()}>{t('supervision.csv')}</Button>
      <Button onClick={() => void printPage()}>{t('supervision.print')}</Button>
    </>
  );
}
