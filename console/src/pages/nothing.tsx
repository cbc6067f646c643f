import { Result } from 'antd';
import { Link } from 'react-router';
import { useWords } from '../words/language.js';

/** An address that is no page's. */
export function Nothing() {
  const { t } = useWords();
  return (
    <Result
      status="404"
      title={t('records.nothing')}
      extra={<Link to="/">{t('menu.workbench')}</Link>}
    />
  );
}
