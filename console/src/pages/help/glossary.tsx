import {
  cardColourWords,
  caseClockWords,
  caseEventWords,
  caseStateWords,
  caseTypeWords,
  departmentFunctionWords,
  fieldWords,
  orderStatusWords,
  roleWords,
  shareClassWords,
  shareStateWords,
  todoWords,
  type Words,
} from '@yici/domain/model';
import { Flex, Input, Table } from 'antd';
import { useState } from 'react';
import { useWords } from '../../words/language.js';

/** The rules' own vocabularies, by what they are about. */
const vocabularies = {
  roles: roleWords,
  functions: departmentFunctionWords,
  caseTypes: caseTypeWords,
  caseStates: caseStateWords,
  caseEvents: caseEventWords,
  clocks: caseClockWords,
  todos: todoWords,
  shareClasses: shareClassWords,
  shareStates: shareStateWords,
  cards: cardColourWords,
  orders: orderStatusWords,
  fields: fieldWords,
} satisfies Readonly<Record<string, Readonly<Record<string, Words>>>>;

interface Term extends Words {
  readonly of: keyof typeof vocabularies;
  readonly code: string;
}

const terms: readonly Term[] = Object.entries(vocabularies).flatMap(([of, words]) =>
  Object.entries<Words>(words).map(([code, { zh, en }]) => ({
    of: of as keyof typeof vocabularies,
    ...{ code, zh, en },
  })),
);

/** Every word that the pages use of the domain, in both languages, with what it is called in records and the API. */
export function Glossary() {
  const { t } = useWords();
  const [sought, setSought] = useState('');
  const shown = terms.filter(({ code, zh, en }) =>
    `${code} ${zh} ${en}`.toLowerCase().includes(sought.toLowerCase()),
  );
  return (
    <Flex vertical gap={12}>
      <Input
        allowClear
        data-testid="seek-term"
        aria-label={t('help.seekTerm')}
        placeholder={t('help.seekTerm')}
        value={sought}
        onChange={({ target }) => setSought(target.value)}
      />
      <Table<Term>
        size="small"
        pagination={{ pageSize: 20, showSizeChanger: false }}
        rowKey={({ of, code }) => `${of} ${code}`}
        dataSource={shown}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: t('help.about'), render: (_, { of }) => t(`help.vocabularies.${of}`) },
          { title: '中文', dataIndex: 'zh' },
          { title: 'English', dataIndex: 'en' },
          { title: t('help.path'), dataIndex: 'code', className: 'mono' },
        ]}
      />
    </Flex>
  );
}
