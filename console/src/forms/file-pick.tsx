import { Typography } from 'antd';
import { useState } from 'react';
import { useWords } from '../words/language.js';

interface FilePickProps {
  readonly onFile: (file: File, all: readonly File[]) => void;
  readonly accept?: string;
  readonly testId?: string;
  readonly disabled?: boolean;
  readonly multiple?: boolean;
}

/** Chooses a file, or several, and says which, in the page's language. */
export function FilePick({
  onFile,
  accept,
  testId,
  disabled = false,
  multiple = false,
}: FilePickProps) {
  const { t } = useWords();
  const [name, setName] = useState('');
  return (
    <span className="file-pick">
      <input
        type="file"
        accept={accept}
        disabled={disabled}
        multiple={multiple}
        data-testid={testId}
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          setName(files.map((file) => file.name).join(' '));
          if (files[0] !== undefined) onFile(files[0], files);
        }}
      />
      <span className="file-button">{t('acts.chooseFile')}</span>
      <Typography.Text type="secondary">{name}</Typography.Text>
    </span>
  );
}
