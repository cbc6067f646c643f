import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Flex, Input, Space } from 'antd';
import { useState } from 'react';
import { allKept, forget, type Kept, type Named } from '../../identity/kept.js';
import { useWords } from '../../words/language.js';
import type { Entering } from './entering.js';

/** Identities kept in this browser: whichever is opened takes the place of the present one. */
export function KeptIdentities({ onEnter }: { readonly onEnter: Entering }) {
  const { t } = useWords();
  const [chosen, setChosen] = useState<string>();
  const { data = [] } = useQuery({ queryKey: ['kept'], queryFn: allKept });
  const one = data.find(({ id }) => id === chosen) ?? data[0];
  if (one === undefined) return null;
  return (
    <Card title={t('who.kept')}>
      <Flex vertical gap={12}>
        <Space wrap>
          {data.map(({ id, kept }) => (
            <Button
              key={id}
              type={id === one.id ? 'primary' : 'default'}
              aria-pressed={id === one.id}
              data-testid={`kept-${nameOf(kept)}`}
              onClick={() => setChosen(id)}
            >
              {nameOf(kept)}
            </Button>
          ))}
        </Space>
        <Unlock key={one.id} one={one} onEnter={onEnter} />
      </Flex>
    </Card>
  );
}

/** Those kept before there could be several say nothing of their user. */
const nameOf = ({ user, connection }: Kept): string => {
  if (user !== undefined) return user;
  const { mspId } = JSON.parse(connection) as { readonly mspId?: string };
  return mspId ?? '?';
};

interface UnlockProps {
  readonly one: Named<Kept>;
  readonly onEnter: Entering;
}

function Unlock({ one: { id }, onEnter }: UnlockProps) {
  const { t } = useWords();
  const [passphrase, setPassphrase] = useState('');
  const queries = useQueryClient();
  const unlock = () => {
    const opened = import('../../identity/vault.js').then((vault) => vault.unlock(id, passphrase));
    onEnter(opened, () => t('who.wrong'));
  };
  return (
    <Space.Compact style={{ width: '100%' }}>
      <Input.Password
        data-testid="passphrase"
        aria-label={t('who.passphrase')}
        value={passphrase}
        onChange={({ target }) => setPassphrase(target.value)}
        onPressEnter={unlock}
      />
      <Button type="primary" data-testid="unlock" onClick={unlock}>
        {t('who.unlock')}
      </Button>
      <Button
        danger
        data-testid="forget"
        onClick={() => {
          if (!confirm(t('who.forgetAsked'))) return;
          void forget(id).then(() => queries.invalidateQueries({ queryKey: ['kept'] }));
        }}
      >
        {t('who.forget')}
      </Button>
    </Space.Compact>
  );
}
