import { Button, Flex, Input } from 'antd';
import { useWords } from '../words/language.js';

interface AskForProps {
  /** Names the field, and the button behind it, for tests. */
  readonly name: 'case' | 'tx' | 'paper';
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isBusy: boolean;
  readonly mayAsk: boolean;
  readonly onAsk: () => void;
}

/** What is to be verified, by its number. */
export function AskFor({ name, label, value, onChange, isBusy, mayAsk, onAsk }: AskForProps) {
  const { t } = useWords();
  return (
    <Flex gap={8} wrap>
      <Input
        className="mono"
        data-testid={name}
        aria-label={label}
        placeholder={label}
        style={{ flex: '1 1 300px' }}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
      <Button
        type="primary"
        data-testid={`verify-${name}`}
        loading={isBusy}
        disabled={!mayAsk}
        onClick={onAsk}
      >
        {t('verify.run')}
      </Button>
    </Flex>
  );
}
