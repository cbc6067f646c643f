import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Flex, Input, Typography } from 'antd';
import { useState } from 'react';
import { errorWords } from '../../words/refusals.js';
import { useWords } from '../../words/language.js';
import { leastPassphrase, NewPassphrase } from './passphrase.js';

const userName = /^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/;

/** Asks the department's registrar for a certificate, for a key that is made here and stays here. */
export default function Enrol() {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [user, setUser] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [error, setError] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const ask = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const { enrol } = await import('../../identity/enrol.js');
      await enrol(user, passphrase);
      setUser('');
      setPassphrase('');
      await queries.invalidateQueries({ queryKey: ['waiting'] });
    } catch (failure) {
      if (failure instanceof Error) setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card>
      <Flex vertical gap={12}>
        <Typography.Text>{t('enrol.how')}</Typography.Text>
        {error === undefined ? null : (
          <Alert type="error" showIcon title={errorWords(error, language).title} />
        )}
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
          loading={busy}
          disabled={!userName.test(user) || passphrase.length < leastPassphrase}
          onClick={() => void ask()}
        >
          {t('enrol.ask')}
        </Button>
      </Flex>
    </Card>
  );
}
