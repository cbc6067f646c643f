import { Input } from 'antd';

interface SeekProps {
  readonly label: string;
  readonly testId: string;
  /** What it is narrowed to at first. */
  readonly sought?: string;
  readonly onSeek: (sought: string) => void;
}

/** Narrows what is shown to what has the text in it, whichever way it is written. */
export function Seek({ label, testId, sought = '', onSeek }: SeekProps) {
  return (
    <Input
      allowClear
      data-testid={testId}
      aria-label={label}
      placeholder={label}
      defaultValue={sought}
      style={{ maxWidth: 480 }}
      onChange={({ target }) => onSeek(target.value.toLowerCase())}
    />
  );
}
