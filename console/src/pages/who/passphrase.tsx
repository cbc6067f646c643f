import { Input } from 'antd';
import { useWords } from '../../words/language.js';

export const leastPassphrase = 12;

interface PassphraseProps {
  readonly value: string;
  readonly label: string;
  readonly testid: string;
  readonly onChange: (value: string) => void;
}

export function Passphrase({ value, label, testid, onChange }: PassphraseProps) {
  return (
    <Input.Password
      data-testid={testid}
      placeholder={label}
      aria-label={label}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}

/** A new passphrase, under which something is kept. */
export function NewPassphrase(props: Pick<PassphraseProps, 'value' | 'testid' | 'onChange'>) {
  const { t } = useWords();
  return <Passphrase {...props} label={t('who.passphrase')} />;
}
