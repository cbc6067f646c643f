import { Tabs, Typography } from 'antd';
import { useNavigate, useParams } from 'react-router';
import { useWords } from '../../words/language.js';
import { ActsHelp } from './acts.js';
import { ErrorsHelp } from './errors.js';
import { Glossary } from './glossary.js';
import { Tour } from './tour.js';

const parts = [
  ['tour', Tour],
  ['acts', ActsHelp],
  ['terms', Glossary],
  ['errors', ErrorsHelp],
] as const;

/** How to begin, what each act asks for, and what each refusal means: all from what the rules themselves say. */
export default function HelpPage() {
  const { t } = useWords();
  const { part = 'tour' } = useParams();
  const navigate = useNavigate();
  return (
    <div style={{ maxWidth: 1000, margin: '0 auto' }}>
      <Typography.Title level={2}>{t('menu.help')}</Typography.Title>
      <Tabs
        activeKey={part}
        onChange={(key) => void navigate(`/help/${key}`)}
        items={parts.map(([key, Part]) => ({
          key,
          label: t(`help.${key}`),
          children: <Part />,
        }))}
      />
    </div>
  );
}
