import { Typography } from 'antd';
import { useState } from 'react';
import { useWords } from '../words/language.js';

interface FilePickProps {
  readonly onFile: (file: File, all: readonly File[]) => void;
  readonly accept?: string;
  readonly testId?: string;
  readonly disabled?: boolean;
  readonly multiple?: boolean;
  /** All files of a folder. */
  readonly folder?: boolean;
}

/** Chooses a file, or several, and says which, in the page's language. */
export function FilePick(props: FilePickProps) {
  const { onFile, accept, testId, disabled = false, multiple = false, folder = false } = props;
  const { t } = useWords();
  const [name, setName] = useState('');
  return (
    <span className="file-pick">
      <input
        type="file"
        accept={accept}
        disabled={disabled}
        multiple={multiple || folder}
        ref={(input) => {
          if (folder) input?.setAttribute('webkitdirectory', '');
        }}
        data-testid={testId}
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          setName(folder ? '' : files.map((file) => file.name).join(' '));
          if (files[0] !== undefined) onFile(files[0], files);
        }}
      />
      <span className="file-button">{t(folder ? 'verify.files' : 'acts.chooseFile')}</span>
      <Typography.Text type="secondary">{name}</Typography.Text>
    </span>
  );
}
