import { Typography } from 'antd';
import { useState } from 'react';
import { useWords } from '../words/language.js';

interface FilePickProps {
  readonly onFile: (file: File) => void;
  readonly accept?: string;
  readonly testId?: string;
  readonly disabled?: boolean;
}

/** Chooses a file, and says which, in the page's language. */
export function FilePick({ onFile, accept, testId, disabled = false }: FilePickProps) {
  const { t } = useWords();
  const [name, setName] = useState('');
  return (
    <span className="file-pick">
      <input
        type="file"
        accept={accept}
        disabled={disabled}
        data-testid={testId}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          setName(file?.name ?? '');
          if (file !== undefined) onFile(file);
        }}
      />
      <span className="file-button">{t('acts.chooseFile')}</span>
      <Typography.Text type="secondary">{name}</Typography.Text>
    </span>
  );
}
