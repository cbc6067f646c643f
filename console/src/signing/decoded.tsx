import { pathWords } from '@yici/domain/model';
import { Typography } from 'antd';
import { Facts } from '../shell/facts.js';
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
    <Facts
      bordered
      facts={rowsOf(value, '').map(([path, text]) => [
        pathWords(path, language, command),
        <Typography.Text key={path} style={{ wordBreak: 'break-all' }}>
          {text}
        </Typography.Text>,
      ])}
    />
  );
}

function rowsOf(value: unknown, path: string): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) =>
    rowsOf(inner, path === '' ? key : `${path}.${key}`),
  );
}
