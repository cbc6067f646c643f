import { useMutation, useQueryClient } from '@tanstack/react-query';
import { draftKindWords, type DraftView } from '@yici/api';
import { commandWords, shanghaiTime } from '@yici/domain/model';
import { Button, Card, Flex, Popconfirm, Typography } from 'antd';
import { Link, useNavigate, useParams } from 'react-router';
import ActForm from '../../forms/act-form.js';
import { useRead } from '../../session/reads.js';
import { usePresent } from '../../session/session.js';
import { Failure } from '../../shell/failed.js';
import { Waiting } from '../../shell/waiting.js';
import { useWords } from '../../words/language.js';

/** A draft that somebody goes on with, or a template that acts begin from. */
export default function DraftPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useRead('drafts.get', { id });
  if (error !== null) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined) return <Waiting />;
  // A newer version is read anew, so that nobody goes on with what somebody else has changed.
  return <Whole key={data.version} draft={data} />;
}

const nothing = {};

function Whole({ draft }: { readonly draft: DraftView }) {
  const { t, say, language } = useWords();
  const { client } = usePresent();
  const navigate = useNavigate();
  const { id, version, kind, command, title, input, changedBy, changedAt } = draft;
  const isDraft = kind === 'draft';
  const leave = async () => {
    if (isDraft) await client.discardDraft(id, version);
    await navigate('/records/drafts');
  };
  return (
    <Card style={{ maxWidth: 960, margin: '0 auto' }}>
      <Typography.Title level={3} style={{ marginTop: 0 }}>
        {title}
      </Typography.Title>
      <Flex gap={16} wrap style={{ marginBottom: 16 }}>
        <Typography.Text type="secondary" data-testid="draft-version">
          {say(draftKindWords[kind])} {commandWords(command, language)} {version} {changedBy}{' '}
          {shanghaiTime(changedAt)}
        </Typography.Text>
        <Link to="/records/drafts">{t('drafts.all')}</Link>
      </Flex>
      <ActForm
        command={command}
        given={nothing}
        begun={input}
        {...(isDraft && { actKey: `draft-${id}-${String(version)}` })}
        onDone={() => void leave()}
        beside={(typed) => <Changes draft={draft} typed={typed} />}
      />
    </Card>
  );
}

interface ChangesProps {
  readonly draft: DraftView;
  readonly typed: Readonly<Record<string, unknown>>;
}

function Changes({ draft: { id, version }, typed }: ChangesProps) {
  const { t } = useWords();
  const { client } = usePresent();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { mutate, error, reset } = useMutation({
    mutationFn: async (step: 'change' | 'discard') => {
      if (step === 'change') {
        await client.changeDraft(id, { version, input: { ...typed } });
        await queries.invalidateQueries();
        return;
      }
      await client.discardDraft(id, version);
      await navigate('/records/drafts');
      // What is gone may be shown a moment longer, and is not to be read again.
      await queries.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[1] !== 'drafts.get',
      });
    },
  });
  return (
    <Flex gap={8} wrap style={{ marginTop: 16 }}>
      <Button data-testid="change-draft" onClick={() => mutate('change')}>
        {t('drafts.change')}
      </Button>
      <Popconfirm title={t('drafts.discardAsked')} onConfirm={() => mutate('discard')}>
        <Button danger data-testid="discard-draft">
          {t('drafts.discard')}
        </Button>
      </Popconfirm>
      <Failure error={error} again={reset} />
    </Flex>
  );
}
