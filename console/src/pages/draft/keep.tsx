import { useMutation } from '@tanstack/react-query';
import { commandWords } from '@yici/domain/model';
import { Button, Flex, Input } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { usePresent } from '../../session/session.js';
import { Failure } from '../../shell/failed.js';
import { useWords } from '../../words/language.js';

interface KeepProps {
  readonly command: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Keeps what is typed at the gateway, for others of the department or for another time. */
export function Keep({ command, input }: KeepProps) {
  const { t, language } = useWords();
  const { client } = usePresent();
  const navigate = useNavigate();
  const [title, setTitle] = useState(commandWords(command, language));
  const { mutate, error, reset, isPending } = useMutation({
    mutationFn: async (kind: 'draft' | 'template') => {
      const { id } = await client.newDraft({ kind, command, title: title.trim(), input });
      await navigate(`/drafts/${id}`);
    },
  });
  const keepAs = (kind: 'draft' | 'template') => (
    <Button
      data-testid={`keep-${kind}`}
      loading={isPending}
      disabled={title.trim() === ''}
      onClick={() => mutate(kind)}
    >
      {t(`drafts.${kind}`)}
    </Button>
  );
  return (
    <Flex gap={8} wrap align="center" style={{ marginTop: 16 }}>
      <Input
        aria-label={t('drafts.title')}
        style={{ maxWidth: 320 }}
        value={title}
        maxLength={200}
        onChange={({ target }) => setTitle(target.value)}
      />
      {keepAs('draft')}
      {keepAs('template')}
      <Failure error={error} again={reset} />
    </Flex>
  );
}
