import { Alert, Flex, Typography } from 'antd';
import { useState } from 'react';
import { jsonIn } from '../documents/json-in.js';
import { FilePick } from './file-pick.js';
import { useWords } from '../words/language.js';

interface FromFileProps {
  readonly onInput: (input: Readonly<Record<string, unknown>>) => void;
}

/** Fills in a form from a JSON file with its whole input, as `--file` on the command line takes it. */
export function FromFile({ onInput }: FromFileProps) {
  const { t } = useWords();
  const [wrong, setWrong] = useState(false);
  const take = async (file: File) => {
    const input = objectIn(await file.text());
    setWrong(input === undefined);
    if (input !== undefined) onInput(input);
  };
  return (
    <Flex vertical gap={4} style={{ marginTop: 16 }}>
      <label>
        <Typography.Text>{t('acts.fromFile')}</Typography.Text>{' '}
        <FilePick accept=".json" testId="from-file" onFile={(file) => void take(file)} />
      </label>
      {wrong ? <Alert type="error" showIcon title={t('acts.notJson')} /> : null}
    </Flex>
  );
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  const value = jsonIn(text);
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? { ...value } : undefined;
}
