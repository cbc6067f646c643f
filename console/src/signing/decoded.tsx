import { pathWords } from '@yici/domain/model';
import { Descriptions, Typography } from 'antd';
import { useWords } from '../words/language.js';

interface DecodedProps {
  readonly value: unknown;
  /** Whose input it is: some fields are called by it. */
  readonly command?: string;
}

/** Any JSON value as rows of path and value, in the order it was signed. */
export function Decoded({ value, command }: DecodedProps) {
  const { language } = useWords();
  return (
    <Descriptions
      bordered
      column={1}
      size="small"
      items={rowsOf(value, '').map(([path, text]) => ({
        key: path,
        label: pathWords(path, language, command),
        children: <Typography.Text style={{ wordBreak: 'break-all' }}>{text}</Typography.Text>,
      }))}
    />
  );
}

function rowsOf(value: unknown, path: string): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) =>
    rowsOf(inner, path === '' ? key : `${path}.${key}`),
  );
}
