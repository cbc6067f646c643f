import { Tabs } from 'antd';
import { lazy, Suspense } from 'react';
import { useWords } from '../../words/language.js';
import { ImportFiles } from './import.js';
import type { Entering } from './entering.js';

const Enrol = lazy(() => import('./enrol.js'));

/** An identity that this browser does not have yet. */
export default function NewIdentity({ onEnter }: { readonly onEnter: Entering }) {
  const { t } = useWords();
  return (
    <Tabs
      items={[
        { key: 'files', label: t('who.files'), children: <ImportFiles onEnter={onEnter} /> },
        {
          key: 'enrol',
          label: t('enrol.title'),
          children: (
            <Suspense>
              <Enrol />
            </Suspense>
          ),
        },
      ]}
    />
  );
}
