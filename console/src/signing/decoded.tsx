import { pathWords } from '@yici/domain/model';
import { Typography } from 'antd';
import { useSaid } from '../records/value.js';
import { Facts } from '../shell/facts.js';
import { useWords } from '../words/language.js';

interface DecodedProps {
  readonly value: unknown;
  /** Whose input it is: some fields are called by it. */
  readonly command?: string;
}

/** Any JSON value as rows of path and value, in the order it was signed; a code stands behind what it is called. */
export function Decoded({ value, command }: DecodedProps) {
  const { language } = useWords();
  const said = useSaid();
  const shown = (path: string, text: string) => {
    const word = said(path.split('.').at(-1) ?? '', text);
    return word === text ? text : `${word}（${text}）`;
  };
  return (
    <Facts
      bordered
      facts={rowsOf(value, '').map(([path, text]) => [
        pathWords(path, language, command),
        <Typography.Text key={path} style={{ wordBreak: 'break-all' }}>
          {shown(path, text)}
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
