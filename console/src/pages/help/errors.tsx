import {
  citationsOf,
  citationWords,
  contractErrorCodes,
  contractErrors,
  meaningWords,
} from '@yici/domain/model';
import { Flex, Input, Table, Typography } from 'antd';
import { useMemo, useState } from 'react';
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
  const [sought, setSought] = useState('');
  const rows = useMemo(
    () =>
      contractErrorCodes.map((code): ErrorRow => {
        const basis = citationWords(citationsOf(contractErrors[code].basis))[language];
        return { code, ...meaningWords(code, language), basis };
      }),
    [language],
  );
  const shown = rows.filter((row) =>
    JSON.stringify(row).toLowerCase().includes(sought.toLowerCase()),
  );
  return (
    <Flex vertical gap={12}>
      <Typography.Paragraph>{t('help.refusals')}</Typography.Paragraph>
      <Input
        allowClear
        data-testid="seek-error"
        aria-label={t('help.seekError')}
        placeholder={t('help.seekError')}
        value={sought}
        onChange={({ target }) => setSought(target.value)}
      />
      <Table<ErrorRow>
        size="small"
        pagination={{ pageSize: 20, showSizeChanger: false }}
        rowKey="code"
        dataSource={shown}
        columns={[
          { title: t('verify.finding'), dataIndex: 'code', className: 'mono' },
          {
            title: t('help.means'),
            render: (_, { sentences }) => sentences.map((each) => <div key={each}>{each}</div>),
          },
          { title: t('help.next'), dataIndex: 'next' },
          { title: t('help.basis'), dataIndex: 'basis' },
        ]}
      />
    </Flex>
  );
}
