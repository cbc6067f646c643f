import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Flex, Typography } from 'antd';
import { useState } from 'react';
import { allKept } from '../../identity/kept.js';
import { useSm2Key } from '../../session/app-signer.js';
import { usePresent } from '../../session/session.js';
import { useAct } from '../../signing/act.js';
import { useWords } from '../../words/language.js';
import type { Entering } from './entering.js';
import { Passphrase } from './passphrase.js';

/** The visitor's SM2 key: made here, registered on the ledger, and from then on used beside Fabric's own signature. */
export default function Sm2({ onEnter }: { readonly onEnter: Entering }) {
  const { t } = useWords();
  const { held } = usePresent();
  const { data: kept = [] } = useQuery({ queryKey: ['kept'], queryFn: allKept });
  // A demo's role is not kept here, so there is nowhere to keep a key of its own.
  if (!kept.some((one) => one.kept.certificate === held.certificate)) return null;
  return (
    <Card title={t('sm2.title')}>
      {held.sm2 === undefined ? <Make onEnter={onEnter} /> : <Registration text={held.sm2} />}
    </Card>
  );
}

function Make({ onEnter }: { readonly onEnter: Entering }) {
  const { t } = useWords();
  const { held } = usePresent();
  const [passphrase, setPassphrase] = useState('');
  return (
    <Flex vertical gap={12}>
      <Typography.Text>{t('sm2.how')}</Typography.Text>
      <Passphrase
        testid="sm2-passphrase"
        label={t('sm2.passphrase')}
        value={passphrase}
        onChange={setPassphrase}
      />
      <Button
        data-testid="sm2-make"
        disabled={passphrase === ''}
        onClick={() => {
          const made = import('../../identity/sm2.js').then(({ addSm2Key }) =>
            addSm2Key(held.certificate, passphrase),
          );
          onEnter(made, () => t('who.wrong'));
        }}
      >
        {t('sm2.make')}
      </Button>
    </Flex>
  );
}

function Registration({ text }: { readonly text: string }) {
  const { t } = useWords();
  const { session } = usePresent();
  const { data } = useSm2Key();
  const act = useAct();
  const queries = useQueryClient();
  const department = session.department?.id ?? '';
  const { data: input } = useQuery({
    queryKey: ['sm2-registration', department, data?.signer.keyId],
    queryFn: async () => (await import('../../identity/sm2.js')).registrationOf(text, department),
  });
  if (data?.isRegistered === true)
    return <Alert type="success" title={t('sm2.registered', { id: data.signer.keyId })} />;
  if (input === undefined) return null;
  return (
    <Flex vertical gap={12}>
      <Typography.Text>{t('sm2.unregistered')}</Typography.Text>
      <Typography.Text className="mono" copyable={{ text: JSON.stringify(input) }}>
        {data?.signer.keyId}
      </Typography.Text>
      <Button
        type="primary"
        data-testid="sm2-register"
        onClick={() => {
          void act('appKey.register', input).then(() => queries.invalidateQueries());
        }}
      >
        {t('sm2.register')}
      </Button>
    </Flex>
  );
}
