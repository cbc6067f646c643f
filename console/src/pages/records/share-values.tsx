import type { ShareValues } from '@yici/domain/model';
import { App, Button, Card, Flex, Typography } from 'antd';
import { useState } from 'react';
import { ConsoleError } from '../../errors.js';
import { Fields } from '../../records/value.js';
import { usePresent } from '../../session/session.js';
import { Failure } from '../../shell/failed.js';
import { useApproval, type Proposal } from '../../signing/approval.js';
import { Decoded } from '../../signing/decoded.js';
import { useWords } from '../../words/language.js';

/**
 * The confidential values of a share, for the readers that it names: the department's own peer gives them for a signed query. They
 * are on this page alone and nowhere kept.
 */
export function ShareValuesCard({ shareId }: { readonly shareId: string }) {
  const { t } = useWords();
  const { client } = usePresent();
  const { setAsker } = useApproval();
  const asked = useAsked();
  const [values, setValues] = useState<ShareValues>();
  const [error, setError] = useState<Error>();
  const read = async () => {
    setError(undefined);
    // A query is endorsed and never submitted: nothing follows it.
    setAsker({ proposal: asked, mayFollow: () => false });
    try {
      setValues(await client.shareValues(shareId));
    } catch (failure) {
      if (!isNo(failure) && failure instanceof Error) setError(failure);
    } finally {
      setAsker(undefined);
    }
  };
  return (
    <Card title={t('values.title')} className="no-print">
      <Flex vertical gap={12} align="start">
        <Typography.Text>{t('values.how')}</Typography.Text>
        <Button onClick={() => void read()}>{t('values.read')}</Button>
        {error === undefined ? null : <Failure error={error} again={() => void read()} />}
        {values?.deliveries.length === 0 ? t('values.none') : null}
        {values === undefined ? null : <Fields value={values} />}
      </Flex>
    </Card>
  );
}

/** Shows the query that is to be signed, decoded from its bytes. */
function useAsked(): (proposal: Proposal) => Promise<void> {
  const { modal } = App.useApp();
  const { t } = useWords();
  return async (proposal) => {
    const signs = await modal.confirm({
      title: t('sign.title'),
      width: 640,
      content: <Decoded value={{ command: proposal.command, input: proposal.input }} />,
      okText: t('values.sign'),
      cancelText: t('sign.cancel'),
    });
    if (!signs) throw new ConsoleError('NOT_SIGNED', 'the visitor said no');
  };
}

const isNo = (error: unknown): boolean =>
  error instanceof ConsoleError && error.code === 'NOT_SIGNED';
