import { commands, roleWords, type CommandSpec } from '@yici/domain/model';
import { Collapse, Flex, Typography } from 'antd';
import { useMemo, useState } from 'react';
import { Rows } from '../../shell/rows.js';
import { Seek } from '../../shell/seek.js';
import { useWords } from '../../words/language.js';
import { fieldsOf } from './fields.js';

const all = Object.entries<CommandSpec>(commands);

/** Every act of the domain: who may do it, and what each of its fields is called and has to be. */
export function ActsHelp() {
  const { t, say } = useWords();
  const [sought, setSought] = useState('');
  const shown = useMemo(
    () =>
      all.filter(([name, { summary }]) =>
        `${name} ${summary.zh} ${summary.en}`.toLowerCase().includes(sought),
      ),
    [sought],
  );
  return (
    <Flex vertical gap={12}>
      <Seek testId="seek" label={t('help.seek')} onSeek={setSought} />
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
          children: <Act command={name} roles={roles} />,
        }))}
      />
    </Flex>
  );
}

function Act({ command, roles }: Pick<CommandSpec, 'roles'> & { readonly command: string }) {
  const { t, say, language } = useWords();
  const rows = useMemo(() => fieldsOf(command, language), [command, language]);
  return (
    <Flex vertical gap={8}>
      <Typography.Text>
        {t('help.roles', { roles: roles.map((role) => say(roleWords[role])).join(' · ') })}
      </Typography.Text>
      <Rows
        keyOf={({ path }) => path}
        rows={rows}
        columns={[
          [t('help.field'), ({ words }) => words],
          [t('help.path'), ({ path }) => path, 'mono'],
          [t('help.must'), ({ isRequired }) => (isRequired ? t('file.required') : '')],
          [t('help.form'), ({ form }) => form],
        ]}
      />
    </Flex>
  );
}
