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
import { Flex } from 'antd';
import { useState } from 'react';
import { Rows } from '../../shell/rows.js';
import { Seek } from '../../shell/seek.js';
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
    `${code} ${zh} ${en}`.toLowerCase().includes(sought),
  );
  return (
    <Flex vertical gap={12}>
      <Seek testId="seek-term" label={t('help.seekTerm')} onSeek={setSought} />
      <Rows
        keyOf={({ of, code }) => `${of} ${code}`}
        rows={shown}
        columns={[
          [t('help.about'), ({ of }) => t(`help.vocabularies.${of}`)],
          ['中文', ({ zh }) => zh],
          ['English', ({ en }) => en],
          [t('help.path'), ({ code }) => code, 'mono'],
        ]}
      />
    </Flex>
  );
}
