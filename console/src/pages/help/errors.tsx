import {
  citationsOf,
  citationWords,
  contractErrorCodes,
  contractErrors,
  meaningWords,
} from '@yici/domain/model';
import { Flex, Typography } from 'antd';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { Rows } from '../../shell/rows.js';
import { Seek } from '../../shell/seek.js';
import { useWords } from '../../words/language.js';

interface ErrorRow {
  readonly code: string;
  readonly sentences: readonly string[];
  readonly next: string;
  readonly basis: string;
}

/** What each refusal of the rules means, what to do then, and the law it rests on. */
export function ErrorsHelp() {
  const { t, language } = useWords();
  const asked = useSearchParams()[0].get('code') ?? '';
  const [sought, setSought] = useState(asked.toLowerCase());
  const rows = useMemo(
    () =>
      contractErrorCodes.map((code): ErrorRow => {
        const basis = citationWords(citationsOf(contractErrors[code].basis))[language];
        return { code, ...meaningWords(code, language), basis };
      }),
    [language],
  );
  const shown = rows.filter((row) => JSON.stringify(row).toLowerCase().includes(sought));
  return (
    <Flex vertical gap={12}>
      <Typography.Paragraph>{t('help.refusals')}</Typography.Paragraph>
      <Seek testId="seek-error" label={t('help.seekError')} sought={asked} onSeek={setSought} />
      <Rows
        className="wrapped"
        keyOf={({ code }) => code}
        rows={shown}
        columns={[
          [t('verify.finding'), ({ code }) => code, 'mono'],
          [
            t('help.means'),
            ({ sentences }) => sentences.map((each) => <div key={each}>{each}</div>),
          ],
          [t('help.next'), ({ next }) => next],
          [t('help.basis'), ({ basis }) => basis],
        ]}
      />
    </Flex>
  );
}
