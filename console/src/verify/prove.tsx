import { useMutation } from '@tanstack/react-query';
import { Button, Flex, Input, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { useSession, type Present } from '../session/session.js';
import { Failure } from '../shell/failed.js';
import { useWords } from '../words/language.js';
import { isPin } from './pin.js';

/** What the page verifies from, and what its address names. */
export interface PanelProps {
  readonly pin: string;
  readonly given: string;
}

interface ProveProps<Proof> extends PanelProps {
  /** Names the field, and the button behind it, for tests. */
  readonly name: 'case' | 'tx' | 'paper';
  readonly label: string;
  readonly prove: (present: Present, text: string) => Promise<Proof>;
  /** While it goes on. */
  readonly busy?: ReactNode;
  readonly children: (proof: Proof) => ReactNode;
}

/** Asks for what is to be verified by its number, and shows what comes of it; the gateway gives it to who has entered alone. */
export function Prove<Proof>(props: ProveProps<Proof>) {
  const { name, label, pin, given, prove, busy, children } = props;
  const { t } = useWords();
  const { present } = useSession();
  const [typed, setTyped] = useState(given);
  const text = typed.trim();
  const { data, error, mutate, isPending } = useMutation({
    mutationFn: async () => present && prove(present, text),
  });
  if (present === undefined)
    return <Typography.Text type="secondary">{t('verify.enterFirst')}</Typography.Text>;
  return (
    <Flex vertical gap={16}>
      <Flex gap={8} wrap>
        <Input
          className="mono"
          data-testid={name}
          aria-label={label}
          placeholder={label}
          style={{ flex: '1 1 300px' }}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        <Button
          type="primary"
          data-testid={`verify-${name}`}
          loading={isPending}
          disabled={!isPin(pin) || text === ''}
          onClick={() => mutate()}
        >
          {t('verify.run')}
        </Button>
      </Flex>
      {isPending ? busy : null}
      <Failure error={error} again={() => mutate()} />
      {data === undefined ? null : children(data)}
    </Flex>
  );
}
