import { shanghaiTime } from '@yici/domain/model';
import { useMutation, useQuery } from '@tanstack/react-query';
import { consentWords, wordsOfChange, type Difference } from '@yici/client/web';
import { Alert, Button, Card, Empty, Flex, Popconfirm, Typography } from 'antd';
import { saveFile } from '../documents/save.js';
import { readChanges, signChange, type ReadChange } from '../ledger/change.js';
import { useRead } from '../session/reads.js';
import { usePresent } from '../session/session.js';
import { Failure } from '../shell/failed.js';
import { Rows } from '../shell/rows.js';
import { Waiting } from '../shell/waiting.js';
import { useWords } from '../words/language.js';

/** Changes of the channel that wait for administrators' signatures: what their bytes do, decoded here, and who has signed. */
export default function ChangesPage() {
  const { t } = useWords();
  const { client, session } = usePresent();
  const { data, error, refetch } = useQuery({
    queryKey: [session.user, 'channel changes'],
    queryFn: () => readChanges(client),
    // Others sign elsewhere meanwhile.
    refetchOnMount: 'always',
    refetchInterval: 15_000,
  });
  const again = () => void refetch();
  if (error !== null) return <Failure error={error} again={again} />;
  if (data === undefined) return <Waiting />;
  const { changes, isPinned } = data;
  return (
    <Flex vertical gap={16}>
      <Typography.Title level={2}>{t('chain.pending.title')}</Typography.Title>
      <Alert
        type={isPinned ? 'info' : 'error'}
        showIcon
        title={t(isPinned ? 'chain.pending.how' : 'chain.configFails')}
      />
      {changes.length === 0 ? <Empty description={t('chain.pending.none')} /> : null}
      {changes.map((change) => (
        <Change key={change.pending.id} change={change} maySign={isPinned} onDone={again} />
      ))}
    </Flex>
  );
}

interface Shown {
  readonly change: ReadChange;
  readonly maySign: boolean;
  readonly onDone: () => void;
}

function Change({ change, maySign, onDone }: Shown) {
  const { t, say } = useWords();
  const { pending, lines } = change;
  return (
    <Card
      data-testid="change"
      styles={{ title: { whiteSpace: 'normal' } }}
      title={say(wordsOfChange(pending.change.change.name))}
      extra={t('chain.pending.until', { day: shanghaiTime(pending.expiresAt) })}
    >
      <Flex vertical gap={12}>
        <span>
          {t('chain.pending.fingerprint')}{' '}
          <Typography.Text className="mono" copyable={{ text: pending.id }}>
            {pending.id.replace(/(.{4})(?!$)/g, '$1 ')}
          </Typography.Text>
        </span>
        <Lines lines={lines} />
        <ConsentText change={change} />
        <Acts change={change} maySign={maySign} onDone={onDone} />
      </Flex>
    </Card>
  );
}

function Lines({ lines }: { readonly lines: readonly Difference[] }) {
  const { t, say } = useWords();
  return (
    <Rows
      keyOf={({ element, words }) => `${element} ${words.en}`}
      rows={lines}
      columns={[
        [t('chain.pending.element'), ({ element }) => element, 'mono'],
        [t('chain.pending.what'), ({ words }) => say(words)],
      ]}
    />
  );
}

function ConsentText({ change: { consent } }: Pick<Shown, 'change'>) {
  const { t, say } = useWords();
  const { data } = useRead('network.get', {});
  const nameOf = (mspId: string) =>
    data?.departments.find((each) => each.mspId === mspId)?.name ?? { zh: mspId, en: mspId };
  const signed = consent.signed.map((mspId) => say(nameOf(mspId))).join(t('chain.pending.and'));
  return (
    <Flex vertical>
      {consent.policies.map((policy) => (
        <span key={policy.path}>{say(consentWords(policy, nameOf))}</span>
      ))}
      <span data-testid="signed">
        {t('chain.pending.signed', { names: signed === '' ? t('chain.pending.nobody') : signed })}
      </span>
    </Flex>
  );
}

function Acts({ change, maySign, onDone }: Shown) {
  const { t } = useWords();
  const { client, session, held } = usePresent();
  const { pending, consent } = change;
  const { mutate, error, isPending } = useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    onSettled: onDone,
  });
  const isOpen = session.admin && consent.missing.includes(session.mspId) && maySign;
  const save = () =>
    saveFile(`change-${pending.id.slice(0, 8)}.json`, JSON.stringify(pending.change));
  return (
    <Flex gap={8} wrap align="center">
      <Popconfirm
        title={t('chain.pending.sure')}
        okButtonProps={{ 'data-testid': 'sure' }}
        onConfirm={() => mutate(() => signChange(client, held, change))}
        disabled={!isOpen}
      >
        <Button type="primary" disabled={!isOpen} loading={isPending} data-testid="sign">
          {t('chain.pending.sign')}
        </Button>
      </Popconfirm>
      <Button
        disabled={!session.admin || !consent.satisfied}
        loading={isPending}
        onClick={() => mutate(() => client.submitChannelChange(pending.id))}
        data-testid="submit"
      >
        {t('chain.pending.submit')}
      </Button>
      <Button onClick={save}>{t('chain.pending.save')}</Button>
      {session.admin ? null : <span>{t('chain.pending.admins')}</span>}
      <Failure error={error} again={onDone} />
    </Flex>
  );
}
