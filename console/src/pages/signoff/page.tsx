import { signoffStateWords, type SignoffView } from '@yici/api';
import { commandWords } from '@yici/domain/model';
import { Alert, Card, Flex, Steps, Typography } from 'antd';
import { lazy, Suspense } from 'react';
import { useParams } from 'react-router';
import { usePages, useRead } from '../../session/reads.js';
import { Copied } from '../../shell/copied.js';
import { Facts } from '../../shell/facts.js';
import { Failure } from '../../shell/failed.js';
import { Waiting } from '../../shell/waiting.js';
import { Decoded } from '../../signing/decoded.js';
import { useWords } from '../../words/language.js';
import { Rounds } from './rounds.js';
import { officeText } from './words.js';

const Desk = lazy(() => import('./desk.js'));

/** One sign-off: the act as it stands, who did what with it, and what the visitor may do. */
export default function SignoffPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useRead('signoffs.get', { id });
  const waiting = usePages<{ readonly id: string }>('signoffs.list', { waiting: 'true' });
  if (error !== null && data === undefined)
    return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined || waiting.isPending) return <Waiting />;
  const isTurn = waiting.items.some((one) => one.id === id);
  return (
    <Flex vertical gap={16}>
      <Head view={data} />
      <Suspense fallback={<Waiting />}>
        {/* A newer version is read anew: nobody signs what somebody else has changed meanwhile. */}
        <Desk key={data.version} view={data} isTurn={isTurn} />
      </Suspense>
      <Rest view={data} />
    </Flex>
  );
}

function Head({ view }: { readonly view: SignoffView }) {
  const { t, say, language } = useWords();
  const { title, command, state, level, levels, txId } = view;
  return (
    <Card>
      <Typography.Title level={3} style={{ marginTop: 0 }}>
        {title}
      </Typography.Title>
      <Steps
        size="small"
        current={state === 'issued' ? levels.length : level}
        items={levels.map((office, at) => ({
          title: officeText(office, language),
          content: view.acted[at]?.join('、') ?? '',
        }))}
      />
      <Facts
        facts={[
          [t('table.act'), commandWords(command, language)],
          [
            t('table.state'),
            <span key="state" data-testid="signoff-state">
              {say(signoffStateWords[state])}
            </span>,
          ],
          ...(txId === undefined
            ? []
            : [[t('table.txId'), <Copied key="txId" text={txId} />] as const]),
        ]}
      />
    </Card>
  );
}

function Rest({ view }: { readonly view: SignoffView }) {
  const { t } = useWords();
  const { command, input, signoff } = view;
  return (
    <>
      <Card title={t('signoff.content')}>
        <Decoded value={input} command={command} />
      </Card>
      <Card title={t('signoff.rounds')}>
        <Rounds view={view} />
        {signoff === null ? null : (
          <Alert type="info" title={t('signoff.digest', { digest: signoff.digest })} />
        )}
      </Card>
    </>
  );
}
