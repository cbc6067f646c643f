import type { ComparedValue } from '@yici/client/web';
import {
  fieldCode,
  roleWords,
  usualReaders,
  type ShareReaders,
  type ShareRecord,
} from '@yici/domain/model';
import { App, Button, Card, Flex, Tag, Typography } from 'antd';
import { useState } from 'react';
import { ConsoleError } from '../../errors.js';
import { tones } from '../../ledger/tones.js';
import { Value } from '../../records/value.js';
import { useNames } from '../../session/names.js';
import { useRead } from '../../session/reads.js';
import { usePresent } from '../../session/session.js';
import { Failure } from '../../shell/failed.js';
import { Rows } from '../../shell/rows.js';
import { useApproval, type Proposal } from '../../session/approval.js';
import { Decoded } from '../../signing/decoded.js';
import { useWords } from '../../words/language.js';

type Side = keyof ShareReaders;

interface ShareProps {
  readonly share: ShareRecord;
}

/**
 * The confidential values of a share, for the readers that its grant names: the department's own peer gives them for a signed query. They
 * are on this page alone, until it is left or they are put away, and nowhere kept.
 */
export function ShareValuesCard({ share }: ShareProps) {
  return share.granted === undefined ? null : <Granted share={share} />;
}

function Granted({ share }: ShareProps) {
  const { t } = useWords();
  const { session } = usePresent();
  const { data: grant } = useRead('shares.grant', { shareId: share.shareId });
  if (grant === undefined) return null;
  const readers = grant.terms.readers ?? usualReaders;
  const side = (['provider', 'requester'] as const).find(
    (one) => share[one] === session.department?.id,
  );
  const isNamed = side !== undefined && readers[side].some((role) => role === session.role);
  return (
    <Card title={t('values.title')} className="no-print" data-testid="values">
      <Flex vertical gap={12} align="start">
        <Typography.Text>{t('values.how')}</Typography.Text>
        <Readers share={share} readers={readers} />
        {isNamed ? <Values shareId={share.shareId} /> : t('values.notNamed')}
      </Flex>
    </Card>
  );
}

interface ReadersProps {
  readonly share: Pick<ShareRecord, Side>;
  readonly readers: ShareReaders;
}

function Readers({ share, readers }: ReadersProps) {
  const { t, say } = useWords();
  const names = useNames();
  const ofSide = (side: Side) =>
    `${names(share[side])} ${readers[side].map((role) => say(roleWords[role])).join(' ')}`;
  return (
    <Typography.Text>
      {t('values.readers', { provider: ofSide('provider'), requester: ofSide('requester') })}
    </Typography.Text>
  );
}

function Values({ shareId }: { readonly shareId: string }) {
  const { t } = useWords();
  const readAll = useReading(shareId);
  const [rows, setRows] = useState<readonly ComparedValue[]>();
  const [error, setError] = useState<Error>();
  const read = async () => {
    setError(undefined);
    try {
      setRows(await readAll());
    } catch (failure) {
      if (!isNo(failure) && failure instanceof Error) setError(failure);
    }
  };
  const forget = () => {
    setRows(undefined);
  };
  return (
    <>
      {rows === undefined ? (
        <Button onClick={() => void read()}>{t('values.read')}</Button>
      ) : (
        <Button onClick={forget}>{t('values.forget')}</Button>
      )}
      <Failure error={error} again={() => void read()} />
      {rows?.length === 0 ? t('values.none') : null}
      {rows === undefined || rows.length === 0 ? null : <Compared rows={rows} />}
    </>
  );
}

function Compared({ rows }: { readonly rows: readonly ComparedValue[] }) {
  const { t } = useWords();
  return (
    <Rows
      keyOf={({ no, code }) => `${no} ${code}`}
      rows={rows}
      columns={[
        [t('values.delivery'), ({ no }) => no],
        [t('values.field'), ({ code }) => <Value name="code" value={code} schema={fieldCode} />],
        [t('values.value'), ({ value }) => value],
        [
          t('values.digest'),
          ({ match }) => (
            <Tag color={match ? tones.good : tones.bad}>
              {t(match ? 'values.same' : 'values.another')}
            </Tag>
          ),
        ],
      ]}
    />
  );
}

/** Reads them once the visitor has seen and signed the query; each is compared with its digest on the ledger here. */
function useReading(shareId: string): () => Promise<readonly ComparedValue[]> {
  const { client } = usePresent();
  const { setAsker } = useApproval();
  const asked = useAsked();
  return async () => {
    // A query is endorsed and never submitted: nothing follows it.
    setAsker({ proposal: asked, mayFollow: () => false });
    try {
      const held = await client.shareValues(shareId);
      const { comparedValues } = await import('@yici/client/web');
      return comparedValues(held, await client.read('shares.grant', { shareId }));
    } finally {
      setAsker(undefined);
    }
  };
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
