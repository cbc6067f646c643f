import { lazy } from 'react';
import { Route, Routes } from 'react-router';
import { WhoPage } from '../pages/who/page.js';
import { WorkbenchPage } from '../pages/workbench/page.js';
import { LiveProvider } from '../session/live.js';
import { ActProvider } from '../signing/act.js';
import { TroubleBanner } from '../shell/trouble-banner.js';

const record = '/records/:collection/:first';

/** Each page with the addresses that it has. */
const pages = [
  [lazy(() => import('../pages/records/list.js')), '/cases', '/records/:collection'],
  [lazy(() => import('../pages/case/page.js')), '/cases/:caseNo'],
  [lazy(() => import('../pages/signoff/page.js')), '/signoffs/:id'],
  [lazy(() => import('../pages/draft/page.js')), '/drafts/:id'],
  [lazy(() => import('../pages/file/page.js')), '/file'],
  [lazy(() => import('../pages/records/index.js')), '/records'],
  [lazy(() => import('../pages/records/record.js')), record, `${record}/:second`],
  [
    lazy(() => import('../pages/records/compare.js')),
    ...[`${record}/compare`, `${record}/:second/compare`],
  ],
  [lazy(() => import('../pages/acts/index.js')), '/acts'],
  [lazy(() => import('../pages/acts/act.js')), '/acts/:command'],
  [lazy(() => import('../pages/supervision/page.js')), '/supervision'],
  [lazy(() => import('../pages/supervision/dwell.js')), '/supervision/dwell'],
  [lazy(() => import('../pages/supervision/measure.js')), '/supervision/:measure'],
  [lazy(() => import('../pages/ledger.js')), '/ledger'],
  [lazy(() => import('../pages/verify.js')), '/verify'],
  [lazy(() => import('../pages/channel.js')), '/ledger/channel'],
  [lazy(() => import('../pages/changes.js')), '/ledger/changes'],
  [lazy(() => import('../pages/transaction.js')), '/ledger/tx/:txId'],
  [lazy(() => import('../pages/block.js')), '/ledger/:number'],
] as const;

/** Pages of whoever has entered. */
export default function OwnPages() {
  return (
    <LiveProvider>
      <TroubleBanner />
      <ActProvider>
        <Routes>
          <Route path="/" element={<WorkbenchPage />} />
          <Route path="/who" element={<WhoPage />} />
          {pages.flatMap(([Page, ...paths]) =>
            paths.map((path) => <Route key={path} path={path} element={<Page />} />),
          )}
        </Routes>
      </ActProvider>
    </LiveProvider>
  );
}
