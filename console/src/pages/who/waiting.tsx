import { shanghaiTime } from '@yici/domain/model';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Flex, Space, Typography } from 'antd';
import type { Collected } from '../../identity/enrol.js';
import { forgetWaiting, type Named, type Waiting } from '../../identity/kept.js';
import { Copied } from '../../shell/copied.js';
import { Failure } from '../../shell/failed.js';
import { useWords } from '../../words/language.js';

interface WaitingProps {
  readonly waiting: readonly Named<Waiting>[];
}

/** Certificates that were asked for from this browser and have not come yet. */
export default function WaitingIdentities({ waiting }: WaitingProps) {
  const { t } = useWords();
  return (
    <Card title={t('enrol.waiting')}>
      <Flex vertical gap={16}>
        {waiting.map((one) => (
          <OneWaiting key={one.id} one={one} />
        ))}
      </Flex>
    </Card>
  );
}

/** Milliseconds between two questions; nothing tells of the answer by itself, since who waits has no session. */
const between = 5_000;

function OneWaiting({ one }: { readonly one: Named<Waiting> }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const { user, request } = one.kept;
  const { data, error } = useQuery({
    queryKey: ['waiting', one.id],
    queryFn: async () => (await import('../../identity/enrol.js')).collect(one),
    refetchInterval: ({ state }) => (state.data?.state === 'issued' ? false : between),
    retry: false,
  });
  const changed = async () => {
    await queries.invalidateQueries({ queryKey: ['waiting'] });
    await queries.invalidateQueries({ queryKey: ['kept'] });
  };
  return (
    <Flex vertical gap={8}>
      <Typography.Text strong>{user}</Typography.Text>
      <Typography.Text>
        {t('enrol.number')}{' '}
        <span data-testid="enrol-number">
          <Copied text={request} />
        </span>
      </Typography.Text>
      <Failure error={error} />
      <Answer data={data} waiting={one.kept} />
      <Space>
        {data?.state === 'issued' ? <Take onTake={() => data.take().then(changed)} /> : null}
        <Button danger onClick={() => void forgetWaiting(one.id).then(changed)}>
          {t('who.forget')}
        </Button>
      </Space>
    </Flex>
  );
}

function Take({ onTake }: { readonly onTake: () => Promise<void> }) {
  const { t } = useWords();
  return (
    <Button type="primary" data-testid="enrol-take" onClick={() => void onTake()}>
      {t('enrol.take')}
    </Button>
  );
}

interface AnswerProps {
  readonly data: Collected | undefined;
  readonly waiting: Waiting;
}

/** What is known of the answer: nothing yet, the check to compare, or that there will be none. */
function Answer({ data, waiting: { request, expiresAt } }: AnswerProps) {
  const { t } = useWords();
  if (data?.state !== 'issued') {
    const text =
      data?.state === 'gone'
        ? t('enrol.gone')
        : t('enrol.until', { number: request, at: shanghaiTime(expiresAt) });
    return <Typography.Text type="secondary">{text}</Typography.Text>;
  }
  return (
    <Alert
      type="success"
      title={
        <>
          {t('enrol.issued')}{' '}
          <strong className="mono" data-testid="enrol-check">
            {data.check}
          </strong>
        </>
      }
    />
  );
}
