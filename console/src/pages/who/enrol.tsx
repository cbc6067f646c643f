import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Flex, Input, Typography } from 'antd';
import { useState } from 'react';
import { Failure } from '../../shell/failed.js';
import { useWords } from '../../words/language.js';
import { leastPassphrase, NewPassphrase } from './passphrase.js';

const userName = /^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/;

/** Asks the department's registrar for a certificate, for a key that is made here and stays here. */
export default function Enrol() {
  const { t } = useWords();
  const queries = useQueryClient();
  const [user, setUser] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const { mutate, error, isPending } = useMutation({
    mutationFn: async () => {
      const { enrol } = await import('../../identity/enrol.js');
      await enrol(user, passphrase);
      setUser('');
      setPassphrase('');
      await queries.invalidateQueries({ queryKey: ['waiting'] });
    },
  });
  return (
    <Card>
      <Flex vertical gap={12}>
        <Typography.Text>{t('enrol.how')}</Typography.Text>
        <Failure error={error} />
        <Input
          data-testid="enrol-user"
          aria-label={t('enrol.user')}
          placeholder={t('enrol.user')}
          value={user}
          onChange={({ target }) => setUser(target.value.trim())}
        />
        <NewPassphrase testid="enrol-passphrase" value={passphrase} onChange={setPassphrase} />
        <Button
          type="primary"
          data-testid="enrol"
          loading={isPending}
          disabled={!userName.test(user) || passphrase.length < leastPassphrase}
          onClick={() => mutate()}
        >
          {t('enrol.ask')}
        </Button>
      </Flex>
    </Card>
  );
}
