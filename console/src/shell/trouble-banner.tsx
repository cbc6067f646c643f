import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useEffect } from 'react';
import { useSession } from '../session/session.js';
import { noteTrouble, setTrouble, settleTrouble, useTrouble } from '../session/trouble.js';
import { useWords } from '../words/language.js';

/** On every page, while it lasts: what keeps everybody from working, and what can be done about it. What was typed stays. */
export function TroubleBanner() {
  const { t } = useWords();
  const trouble = useTrouble();
  const { renew } = useSession();
  const queries = useQueryClient();
  useReadiness(trouble === 'full');
  if (trouble === undefined) return null;
  const act = () => {
    if (trouble === 'expired') {
      renew().catch(noteTrouble);
      return;
    }
    setTrouble(undefined);
    void queries.invalidateQueries();
  };
  return (
    <Alert
      banner
      role="alert"
      type={trouble === 'expired' ? 'warning' : 'error'}
      title={t(`trouble.${trouble}`)}
      data-testid={`trouble-${trouble}`}
      style={{ marginBottom: 12 }}
      action={
        <Button size="small" data-testid="recover" onClick={act}>
          {trouble === 'expired' ? t('trouble.renew') : t('errors.again')}
        </Button>
      }
    />
  );
}

/** Milliseconds between two questions whether the gateway can write again: nothing else would tell. */
const between = 5_000;

function useReadiness(asks: boolean): void {
  useEffect(() => {
    if (!asks) return undefined;
    const timer = setInterval(() => {
      fetch('/readyz').then(
        ({ ok }) => {
          if (ok) settleTrouble('full');
        },
        () => undefined,
      );
    }, between);
    return () => clearInterval(timer);
  }, [asks]);
}
