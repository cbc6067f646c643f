import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Flex, Typography } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { allWaiting } from '../../identity/kept.js';
import type { HeldIdentity } from '../../identity/keys.js';
import { useSession } from '../../session/session.js';
import { useWords } from '../../words/language.js';
import { DemoRoles } from './demo-roles.js';
import type { Entering } from './entering.js';
import { KeptIdentities } from './kept.js';

const NewIdentity = lazy(() => import('./new.js'));
const Sm2 = lazy(() => import('./sm2.js'));
// Loaded only where somebody waits: the words of refusals bring the rules with them.
const WaitingIdentities = lazy(() => import('./waiting.js'));

/** Who the visitor is: one of the identities kept here, files dropped in, a certificate asked for, or one of the demo's roles. */
export function WhoPage() {
  const { t } = useWords();
  const { entering, failure } = useEntering();
  const { present } = useSession();
  const { data: waiting = [] } = useQuery({ queryKey: ['waiting'], queryFn: allWaiting });
  if (!isSecureContext) return <Alert type="error" showIcon title={t('who.insecure')} />;
  return (
    <Flex vertical gap={16} style={{ maxWidth: 900, margin: '0 auto' }}>
      <Typography.Title level={2}>{t('who.title')}</Typography.Title>
      {failure === undefined ? null : (
        <Alert type="error" showIcon title={failure} data-testid="who-failure" />
      )}
      <DemoRoles onEnter={entering} />
      <KeptIdentities onEnter={entering} />
      <Suspense fallback={null}>
        {waiting.length === 0 ? null : <WaitingIdentities waiting={waiting} />}
        {present === undefined ? null : <Sm2 onEnter={entering} />}
        <NewIdentity onEnter={entering} />
      </Suspense>
    </Flex>
  );
}

function useEntering() {
  const { language } = useWords();
  const { enter } = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [failure, setFailure] = useState<string>();
  const entered = async (identity: HeldIdentity) => {
    try {
      await enter(identity);
      // Whoever came to a page of its own stays there.
      if (pathname === '/who') await navigate('/');
    } catch (error) {
      const { errorWords } = await import('../../words/refusals.js');
      setFailure(error instanceof Error ? errorWords(error, language).title : String(error));
    }
  };
  const entering: Entering = (opened, wrong) => {
    setFailure(undefined);
    void opened.then(
      async (identity) => {
        await queries.invalidateQueries({ queryKey: ['kept'] });
        await entered(identity);
      },
      (error: unknown) => setFailure(wrong(error)),
    );
  };
  return { entering, failure };
}
