import { commands, roleWords, type Role, type Words } from '@yici/domain/model';
import { Collapse, Flex, Input, Table, Typography } from 'antd';
import { useMemo, useState } from 'react';
import { useWords } from '../../words/language.js';
import { fieldsOf, type FieldRow } from './fields.js';

interface Spec {
  readonly summary: Words;
  readonly roles: readonly Role[];
}

const known: Readonly<Record<string, Spec>> = commands;

/** Every act of the domain: who may do it, and what each of its fields is called and has to be. */
export function ActsHelp() {
  const { t, say } = useWords();
  const [sought, setSought] = useState('');
  const shown = useMemo(
    () =>
      Object.entries(known).filter(([name, { summary }]) =>
        `${name} ${summary.zh} ${summary.en}`.toLowerCase().includes(sought.toLowerCase()),
      ),
    [sought],
  );
  return (
    <Flex vertical gap={12}>
      <Input
        allowClear
        data-testid="seek"
        aria-label={t('help.seek')}
        placeholder={t('help.seek')}
        value={sought}
        onChange={({ target }) => setSought(target.value)}
      />
      <Typography.Text type="secondary">{t('help.count', { count: shown.length })}</Typography.Text>
      <Collapse
        destroyOnHidden
        items={shown.map(([name, { summary, roles }]) => ({
          key: name,
          label: (
            <>
              {say(summary)}{' '}
              <Typography.Text type="secondary" className="mono">
                {name}
              </Typography.Text>
            </>
          ),
          children: (
            <Flex vertical gap={8}>
              <Typography.Text>
                {t('help.roles', { roles: roles.map((role) => say(roleWords[role])).join(' · ') })}
              </Typography.Text>
              <Fields command={name} />
            </Flex>
          ),
        }))}
      />
    </Flex>
  );
}

function Fields({ command }: { readonly command: string }) {
  const { t, language } = useWords();
  const rows = useMemo(() => fieldsOf(command, language), [command, language]);
  return (
    <Table<FieldRow>
      size="small"
      pagination={false}
      rowKey="path"
      dataSource={[...rows]}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: t('help.field'), dataIndex: 'words' },
        { title: t('help.path'), dataIndex: 'path', className: 'mono' },
        {
          title: t('help.must'),
          render: (_, { isRequired }) => (isRequired ? t('file.required') : ''),
        },
        { title: t('help.form'), dataIndex: 'form' },
      ]}
    />
  );
}
