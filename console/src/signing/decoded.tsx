import { pathWords } from '@yici/domain/model';
import { Typography } from 'antd';
import { OfDataset } from '../records/dataset.js';
import { schemaAt } from '../records/shapes.js';
import { useSaid } from '../records/value.js';
import { Facts } from '../shell/facts.js';
import { specOf } from '../specs.js';
import { useWords } from '../words/language.js';

interface DecodedProps {
  readonly value: unknown;
  /** Whose input it is: some fields are called by it. */
  readonly command?: string;
}

/** Any JSON value as rows of path and value, in the order it was signed; a code stands behind what it is called. */
export function Decoded(props: DecodedProps) {
  return (
    <OfDataset about={{ ...(props.value as object) }}>
      <Signed {...props} />
    </OfDataset>
  );
}

function Signed({ value, command = '' }: DecodedProps) {
  const { language } = useWords();
  const said = useSaid();
  const shown = (path: string, text: string) => {
    const names = path.split('.');
    const word = said(names.at(-1) ?? '', text, schemaAt(specOf(command)?.input, names));
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
