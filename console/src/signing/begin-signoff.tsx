import { useMutation } from '@tanstack/react-query';
import { commandWords } from '@yici/domain/model';
import { Alert, Button, Flex, Input } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { handedOver } from './sealed-values.js';
import { usePresent } from '../session/session.js';
import { noteTrouble } from '../session/trouble.js';
import { Failure } from '../shell/failed.js';
import { useWords } from '../words/language.js';
import { Comment, officeOf, saidOf } from './comment.js';
import type { Wanted } from './run.js';

interface BeginSignoffProps {
  readonly wanted: Wanted;
  readonly onBegun: () => void;
}

/** Passes an act that the department wants signed off to the next level, as it was typed. */
export function BeginSignoff({ wanted, onBegun }: BeginSignoffProps) {
  const { t, language } = useWords();
  const { command, input } = wanted;
  const [title, setTitle] = useState(commandWords(command, language));
  const [comment, setComment] = useState('');
  const { mutate, error, isPending } = useBegin({ wanted, onBegun });
  return (
    <Flex vertical gap={12}>
      <Alert
        type="info"
        showIcon
        title={t('signoff.required')}
        data-testid="signoff-required"
        description={'private' in input ? t('acts.valuesSaved') : undefined}
      />
      <Failure error={error} />
      <Input
        aria-label={t('signoff.title')}
        value={title}
        maxLength={200}
        onChange={({ target }) => setTitle(target.value)}
      />
      <Comment testId="draft-comment" value={comment} onChange={setComment} />
      <Button
        type="primary"
        data-testid="begin-signoff"
        disabled={title.trim() === ''}
        loading={isPending}
        onClick={() => mutate({ title, comment })}
      >
        {t('signoff.begin')}
      </Button>
    </Flex>
  );
}

function useBegin({ wanted: { command, input, key = '' }, onBegun }: BeginSignoffProps) {
  const { client } = usePresent();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async ({ title, comment }: { title: string; comment: string }) => {
      const { under, ...own } = handedOver(input);
      const said = { ...saidOf(comment), ...officeOf(under) };
      const { id } = await client.beginSignoff({ command, title, input: own, ...said }, key);
      onBegun();
      await navigate(`/signoffs/${id}`);
    },
    onError: (error) => noteTrouble(error),
  });
}
