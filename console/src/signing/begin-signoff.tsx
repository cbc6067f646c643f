import { commandWords } from '@yici/domain/model';
import { Alert, Button, Flex, Input } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { usePresent } from '../session/session.js';
import { noteTrouble } from '../session/trouble.js';
import { errorWords } from '../words/refusals.js';
import { useWords } from '../words/language.js';
import type { Wanted } from './run.js';

interface BeginSignoffProps {
  readonly wanted: Wanted;
  readonly onBegun: () => void;
}

/** Passes an act that the department wants signed off to the next level, as it was typed. */
export function BeginSignoff({ wanted, onBegun }: BeginSignoffProps) {
  const { t, language } = useWords();
  const { client } = usePresent();
  const navigate = useNavigate();
  const { command, input, key = '' } = wanted;
  const [title, setTitle] = useState(commandWords(command, language));
  const [comment, setComment] = useState('');
  const [error, setError] = useState<Error>();
  const begin = async () => {
    try {
      const said = comment.trim() === '' ? {} : { comment: comment.trim() };
      const { under, ...own } = input;
      const office = typeof under === 'string' ? { under } : {};
      const begun = { command, title, input: own, ...said, ...office };
      const { id } = await client.beginSignoff(begun, key);
      onBegun();
      await navigate(`/signoffs/${id}`);
    } catch (failure) {
      noteTrouble(failure);
      if (failure instanceof Error) setError(failure);
    }
  };
  return (
    <Flex vertical gap={12}>
      <Alert type="info" showIcon title={t('signoff.required')} data-testid="signoff-required" />
      {error === undefined ? null : (
        <Alert type="error" showIcon title={errorWords(error, language).title} />
      )}
      <Input
        aria-label={t('signoff.title')}
        value={title}
        maxLength={200}
        onChange={({ target }) => setTitle(target.value)}
      />
      <Input.TextArea
        aria-label={t('signoff.comment')}
        placeholder={t('signoff.comment')}
        data-testid="draft-comment"
        value={comment}
        maxLength={2000}
        onChange={({ target }) => setComment(target.value)}
      />
      <Button
        type="primary"
        data-testid="begin-signoff"
        disabled={title.trim() === ''}
        onClick={() => void begin()}
      >
        {t('signoff.begin')}
      </Button>
    </Flex>
  );
}
