import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Collapse, Flex, Typography } from 'antd';
import { FilePick } from '../forms/file-pick.js';
import { usePresent } from '../session/session.js';
import { Failure } from '../shell/failed.js';
import { useWords } from '../words/language.js';
import { forgetOwn, keepOwn, keptOwn } from './own.js';

/** The templates and fonts of the visitor's department that papers are made with in this browser. */
export function OwnTemplates() {
  const { t } = useWords();
  const { session } = usePresent();
  const { data: kept, refetch } = useQuery({
    queryKey: [session.user, 'own-templates'],
    queryFn: () => keptOwn(session),
  });
  const change = useMutation({
    mutationFn: (to: () => Promise<void>) => to(),
    onSettled: () => refetch(),
  });
  const content = (
    <Flex vertical gap={8} align="start">
      <Typography.Text type="secondary">{t('papers.ownHow')}</Typography.Text>
      {[...(kept?.keys() ?? [])].map((name) => (
        <Flex key={name} gap={12} align="center">
          <code data-testid="own-template">{name}</code>
          <Button size="small" onClick={() => change.mutate(() => forgetOwn(session, name))}>
            {t('papers.remove', { name })}
          </Button>
        </Flex>
      ))}
      <label>
        {t('papers.add')}{' '}
        <FilePick
          multiple
          accept=".md,.ttf,.otf"
          testId="own-templates"
          onFile={(_, files) => change.mutate(() => keepOwn(session, files))}
        />
      </label>
      <Failure error={change.error} />
    </Flex>
  );
  return <Collapse ghost items={[{ key: 'own', label: t('papers.own'), children: content }]} />;
}
