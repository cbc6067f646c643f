import { Input } from 'antd';
import { useWords } from '../words/language.js';

interface CommentProps {
  readonly value: string;
  readonly testId?: string;
  readonly onChange: (value: string) => void;
}

/** What somebody says to the others of a sign-off. */
export function Comment({ value, testId = 'comment', onChange }: CommentProps) {
  const { t } = useWords();
  return (
    <Input.TextArea
      aria-label={t('signoff.comment')}
      placeholder={t('signoff.comment')}
      data-testid={testId}
      value={value}
      maxLength={2000}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}

export const saidOf = (comment: string) =>
  comment.trim() === '' ? {} : { comment: comment.trim() };

export const officeOf = (under: unknown) => (typeof under === 'string' ? { under } : {});
