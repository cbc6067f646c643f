import type { Language } from '@yici/domain/model';
import { Button, Flex, Layout, Segmented, Typography } from 'antd';
import { Link, useLocation } from 'react-router';
import { useSession } from '../session/session.js';
import { languages, setLanguage, useWords } from '../words/language.js';

const pages = [
  ['/', 'workbench'],
  ['/cases', 'cases'],
  ['/file', 'file'],
  ['/records', 'records'],
  ['/acts', 'acts'],
  ['/supervision', 'supervision'],
  ['/ledger', 'ledger'],
  ['/verify', 'verify'],
  ['/who', 'who'],
  ['/help', 'help'],
] as const;

const names: Readonly<Record<Language, string>> = { zh: '中文', en: 'English' };

export function Header() {
  const { t, language } = useWords();
  const { pathname } = useLocation();
  const here = pages.find(([path]) => path !== '/' && pathname.startsWith(path))?.[0] ?? '/';
  return (
    <Layout.Header className="no-print header">
      <Typography.Text strong style={{ color: '#fff', fontSize: 18, whiteSpace: 'nowrap' }}>
        {t('title')}
      </Typography.Text>
      <nav className="menu" aria-label={t('menu.label')}>
        {pages.map(([path, name]) => (
          <Link key={path} to={path} aria-current={path === here ? 'page' : undefined}>
            {t(`menu.${name}`)}
          </Link>
        ))}
      </nav>
      <Segmented
        aria-label="语言 Language"
        value={language}
        options={languages.map((value) => ({ value, label: names[value] }))}
        onChange={(value) => void setLanguage(value)}
      />
      <Who />
    </Layout.Header>
  );
}

function Who() {
  const { t, say } = useWords();
  const { present, leave } = useSession();
  if (present === undefined) return null;
  const { user, department } = present.session;
  return (
    <Flex align="center" gap={8}>
      <Typography.Text style={{ color: '#fff' }} data-testid="who">
        {say(department?.name)} {user}
      </Typography.Text>
      <Button size="small" data-testid="lock" onClick={() => void leave()}>
        {t('who.lock')}
      </Button>
    </Flex>
  );
}
